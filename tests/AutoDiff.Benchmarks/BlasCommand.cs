using System.CommandLine;
using System.Numerics;

namespace AutoDiff.Benchmarks;

/// <summary>Our matrix products and OpenBLAS's, each shape turn by turn in one process.</summary>
internal static class BlasCommand
{
    private const double Seconds = 0.1;

    private static readonly string[] Columns = ["precision", "m×n×k", "ours GFLOP/s", "BLAS GFLOP/s", "ratio", "min..max", "of peak"];

    public static Command Create()
    {
        var rounds = Options.Rounds(5);
        var command = new Command("blas", "Time matrix products against OpenBLAS, called directly.") { rounds };
        command.SetAction(parse =>
        {
            var blas = OpenBlas.Find(out var problem);
            if (blas is null)
                Terminal.Say(problem);
            var peak = Peak.Announced();
            Terminal.Write(2, Columns, Rows<double>("double", blas, parse.GetValue(rounds), peak.Gigaflops));
            Terminal.Write(2, Columns, Rows<float>("float", blas, parse.GetValue(rounds), 2 * peak.Gigaflops));
        });
        return command;
    }

    private static IEnumerable<string[]> Rows<T>(string precision, OpenBlas? blas, int rounds, double peak)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        ProductShape.All.Select(shape =>
        {
            var ours = Kernel<T>.Product(shape);
            var result = new T[shape.M * shape.N];
            Action? theirs = blas is null ? null : () => blas.Multiply(shape, ours.Inputs[0], ours.Inputs[1], result);
            if (theirs is not null)
                Verify($"{precision} {shape}", ours, theirs, result, shape.K);
            var turns = Turns.Take(ours.Run, theirs, rounds, Seconds);
            var rate = shape.Flops / (turns.OursMicroseconds * 1e3);
            return (string[])
                [
                    precision,
                    $"{shape}",
                    Terminal.Number(rate),
                    Terminal.Number(shape.Flops / (turns.PeerMicroseconds * 1e3)),
                    Terminal.Number(turns.Ratio),
                    turns.Range,
                    $"{rate / peak:P0}",
                ];
        });

    private static void Verify<T>(string what, Kernel<T> ours, Action theirs, T[] result, int k)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ours.Run();
        theirs();
        var epsilon = double.CreateTruncating(T.BitIncrement(T.One) - T.One);
        Check.Close(
            what,
            Array.ConvertAll(result, double.CreateTruncating),
            Array.ConvertAll(ours.Output, double.CreateTruncating),
            k * epsilon
        );
    }
}
