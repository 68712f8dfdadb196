using System.CommandLine;
using System.Globalization;
using System.Numerics;
using static AutoDiff.Ops;

namespace AutoDiff.Benchmarks;

/// <summary>Elementwise functions, nanoseconds an element; over fresh processes too, since compiled code may differ from one to the next.</summary>
internal static class FunctionsCommand
{
    private const int Elements = 8192;
    private const double Seconds = 0.1;

    private static readonly string[] Columns = ["function", "double ns", "min..max", "float ns", "min..max"];

    public static readonly (string Name, Func<Tensor, Tensor> Function, double Low, double High)[] Rows =
    [
        ("exp", Exp, -2, 2),
        ("expm1", Expm1, -2, 2),
        ("log", Log, 0.5, 2.5),
        ("log1p", Log1p, -0.5, 2),
        ("tanh", Tanh, -2, 2),
        ("sigmoid", Sigmoid, -2, 2),
        ("softplus", Softplus, -2, 2),
        ("sin", Sin, -2, 2),
        ("cos", Cos, -2, 2),
        ("erf", Erf, -2, 2),
        ("sqrt", Sqrt, 0.5, 2.5),
        ("square", Square, -2, 2),
        ("exp2", Exp2, -2, 2),
        ("log2", Log2, 0.5, 2.5),
        ("log10", Log10, 0.5, 2.5),
        ("cbrt", Cbrt, -2, 2),
        ("hypot", x => Hypot(x, 1.5), -2, 2),
        ("asinh", Asinh, -2, 2),
        ("acosh", Acosh, 1.25, 3),
        ("atanh", Atanh, -0.75, 0.75),
        ("sinc", Sinc, -2, 2),
        ("erfinv", ErfInv, -0.75, 0.75),
        ("loggamma", LogGamma, 0.5, 5),
        ("digamma", Digamma, 0.5, 5),
        ("i0e", BesselI0e, -2, 2),
        ("i1e", BesselI1e, -2, 2),
    ];

    public static Command Create()
    {
        var processes = Options.Count("--processes", 1, "Fresh processes to take the least and the most of.");
        var plain = new Option<bool>("--plain") { Description = "Bare numbers, for the process that gathers them.", Hidden = true };
        var command = new Command("functions", $"Time elementwise functions of {Elements} numbers.") { processes, plain };
        command.SetAction(parse =>
        {
            if (parse.GetValue(plain))
            {
                foreach (var time in Times())
                    Terminal.Say(time.ToString("R", CultureInfo.InvariantCulture));
                return;
            }
            var count = parse.GetValue(processes);
            var runs = count == 1 ? [Times()] : Enumerable.Range(0, count).Select(_ => Child.Numbers("functions", "--plain")).ToArray();
            Terminal.Write(1, Columns, Rows.Select((row, i) => (string[])[row.Name, .. Cells(runs, 2 * i), .. Cells(runs, (2 * i) + 1)]));
        });
        return command;
    }

    /// <summary>For each function the times in double and in single precision.</summary>
    private static double[] Times() => [.. Rows.SelectMany(row => new[] { Time<double>(row), Time<float>(row) })];

    private static double Time<T>((string Name, Func<Tensor, Tensor> Function, double Low, double High) row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var kernel = Kernel<T>.Of(x => row.Function(x[0]), Key.Of(4).Uniform([Elements], row.Low, row.High));
        return Clock.Time(kernel.Run, Seconds).Microseconds * 1e3 / Elements;
    }

    private static string[] Cells(double[][] runs, int place)
    {
        var times = Array.ConvertAll(runs, run => run[place]);
        return [Terminal.Number(Clock.Median(times)), $"{Terminal.Number(times.Min())}..{Terminal.Number(times.Max())}"];
    }
}
