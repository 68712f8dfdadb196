using System.CommandLine;
using System.Numerics;

namespace AutoDiff.Benchmarks;

/// <summary>Our matrix products and OpenBLAS's, each shape turn by turn in one process.</summary>
internal static class BlasCommand
{
    public const string Name = "blas";

    private const double Seconds = 0.1;

    private static readonly string[] Columns =
    [
        "precision",
        "m×n×k",
        "ours GFLOP/s",
        "BLAS GFLOP/s",
        "ratio",
        "min..max",
        "in a plan",
        "min..max",
        "of peak",
    ];

    public static Command Create()
    {
        var rounds = Options.Rounds(5);
        var only = new Option<string?>("--precision") { Description = "Double or float alone." };
        only.AcceptOnlyFromAmong("double", "float");
        var command = new Command(Name, "Time matrix products against OpenBLAS, called directly.") { rounds, only };
        command.SetAction(parse =>
        {
            var blas = OpenBlas.Find(out var problem);
            Terminal.Say(blas is null ? problem : $"OpenBLAS with its kernels for {blas.Kernels}");
            var peak = Peak.Announced();
            var (count, precision) = (parse.GetValue(rounds), parse.GetValue(only));
            if (precision != "float")
                Terminal.Write(2, Columns, Rows<double>("double", blas, count, peak.Gigaflops));
            if (precision != "double")
                Terminal.Write(2, Columns, Rows<float>("float", blas, count, 2 * peak.Gigaflops));
        });
        return command;
    }

    private static IEnumerable<string[]> Rows<T>(string precision, OpenBlas? blas, int rounds, double peak)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        ProductShape.All.Select(shape =>
        {
            var plan = Kernel<T>.Product(shape);
            var ours = new ProductCall<T>(shape, plan.Inputs[0], plan.Inputs[1]);
            var result = new T[shape.M * shape.N];
            Action? theirs = blas is null ? null : () => blas.Multiply(shape, plan.Inputs[0], plan.Inputs[1], result);
            if (theirs is not null)
                Verify($"{precision} {shape}", plan, ours, theirs, result, shape.K);
            var times = Enumerable
                .Range(0, rounds)
                .Select(_ => (Time(ours.Run), Time(plan.Run), theirs is null ? 0 : Time(theirs)))
                .ToArray();
            double[] peers = theirs is null ? [] : Array.ConvertAll(times, time => time.Item3);
            var (alone, planned) = (
                new Turns([.. times.Select(time => time.Item1)], peers),
                new Turns([.. times.Select(time => time.Item2)], peers)
            );
            var rate = shape.Flops / (alone.OursMicroseconds * 1e3);
            return (string[])
                [
                    precision,
                    $"{shape}",
                    Terminal.Number(rate),
                    Terminal.Number(shape.Flops / (alone.PeerMicroseconds * 1e3)),
                    Terminal.Number(alone.Ratio),
                    alone.Range,
                    Terminal.Number(planned.Ratio),
                    planned.Range,
                    $"{rate / peak:P0}",
                ];
        });

    private static double Time(Action call) => Clock.Time(call, Seconds).Microseconds;

    private static void Verify<T>(string what, Kernel<T> plan, ProductCall<T> ours, Action theirs, T[] result, int k)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        plan.Run();
        ours.Run();
        theirs();
        var epsilon = double.CreateTruncating(T.BitIncrement(T.One) - T.One);
        foreach (var values in (T[][])[ours.Result, plan.Output])
        {
            Check.Close(
                what,
                Array.ConvertAll(result, double.CreateTruncating),
                Array.ConvertAll(values, double.CreateTruncating),
                k * epsilon
            );
        }
    }
}
