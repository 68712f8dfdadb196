using System.CommandLine;
using System.Numerics;

namespace AutoDiff.Benchmarks;

/// <summary>Random numbers of a key that a plan is given, beside NumPy's Philox generator and PyTorch's.</summary>
internal static class RandomCommand
{
    private const int Elements = 65536;
    private const double Seconds = 0.1;

    private static readonly string[] Columns = ["numbers", "double ns", "GB/s", "float ns", "NumPy ns", "ratio", "PyTorch ns", "ratio"];

    private static readonly (string Name, Func<Key, Tensor> Draw)[] Rows =
    [
        ("uniform", key => key.Uniform([Elements])),
        ("normal", key => key.Normal([Elements])),
        ("exponential", key => key.Exponential([Elements])),
        ("bernoulli", key => key.Bernoulli([Elements], 0.3)),
        ("integers", key => key.Integers([Elements], 1000)),
        ("permutation", key => key.Permutation(Tensor.Range(Elements))),
        ("gamma", key => key.Gamma([Elements], 2.5)),
    ];

    public static Command Create()
    {
        var command = new Command("random", $"Time {Elements} random numbers of each kind, on one thread.");
        command.SetAction(_ =>
        {
            var peer = Peer.Find(Peer.Script("random_numbers.py"), "numpy, torch", 1, out var problem);
            if (peer is null)
                Terminal.Say(problem);
            var times = peer?.Time("random", Seconds);
            Terminal.Write(1, Columns, Rows.Select(row => Cells(row.Name, Time<double>(row.Draw), Time<float>(row.Draw), times)));
        });
        return command;
    }

    /// <summary>Nanoseconds a number.</summary>
    private static double Time<T>(Func<Key, Tensor> draw)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var kernel = Kernel<T>.Of(x => draw(Key.FromWords(x[0])), Key.Of(4).Words);
        return Clock.Time(kernel.Run, Seconds).Microseconds * 1e3 / Elements;
    }

    private static string[] Cells(string name, double own, double single, Dictionary<string, double>? peers)
    {
        var (numpy, torch) = (Of("numpy"), Of("torch"));
        return
        [
            name,
            Terminal.Number(own),
            Terminal.Number(sizeof(double) / own),
            Terminal.Number(single),
            Terminal.Number(numpy),
            Terminal.Number(numpy / own),
            Terminal.Number(torch),
            Terminal.Number(torch / own),
        ];

        double? Of(string peer) => peers?.TryGetValue($"{peer} {name}", out var time) == true ? time * 1e3 / Elements : null;
    }
}
