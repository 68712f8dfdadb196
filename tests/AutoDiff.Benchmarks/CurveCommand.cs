using System.CommandLine;

namespace AutoDiff.Benchmarks;

/// <summary>What derivatives cost over five decades of parameters and of examples.</summary>
internal static class CurveCommand
{
    private const int MostForHessian = 3000;
    private const double MostProduct = 2e9; // parameters times examples: a gradient of seconds
    private const double MostActivations = 1e8; // an array of 0.8 GB
    private const double MostHessianProduct = 1e9; // parameters, squared, times examples
    private const double Seconds = 0.1;

    private static readonly string[] Columns =
    [
        "parameters",
        "batch",
        "gradient µs",
        "ns/p·e",
        "HVP µs",
        "ns/p·e",
        "Hessian µs",
        "ns/p²·e",
    ];

    private static readonly int[] Decades = [10, 100, 1000, 10_000, 100_000, 1_000_000];

    public static Command Create()
    {
        var json = Options.Json();
        var command = new Command("curve", "Time gradient, HVP and Hessian over parameters and batches from 10 to 10⁶.") { json };
        command.SetAction(parse =>
        {
            var pairs = Decades.SelectMany(parameters => Decades.Select(batch => Of(parameters, batch))).ToArray();
            var points = pairs.Where(IsAffordable).Select(Measure).ToArray();
            Terminal.Write(0, Columns, points.Select(Line));
            foreach (var net in pairs.Where(net => !IsAffordable(net)))
                Terminal.Say($"left out for its time or memory: {net.Size} parameters, {net.Rows} examples");
            Terminal.Say($"no Hessian above {MostForHessian} parameters, nor above {MostHessianProduct:0} parameters² · examples");
            JsonFile.Write(parse.GetValue(json), points);
        });
        return command;
    }

    /// <summary>A net of about so many parameters: one hidden layer half as wide as the input, two classes.</summary>
    private static NetCase Of(int parameters, int batch)
    {
        // 2h inputs, h hidden, 2 classes: 2h² + 3h + 2 parameters.
        var hidden = Math.Max(1, (int)Math.Round((Math.Sqrt(9 + (8.0 * (parameters - 2))) - 3) / 4));
        return new("curve", [2 * hidden, hidden, 2], batch);
    }

    private static bool IsAffordable(NetCase net) =>
        (double)net.Size * net.Rows <= MostProduct && (double)net.Widths[0] * net.Rows <= MostActivations;

    private static CurvePoint Measure(NetCase net)
    {
        var sample = Sample.Of(net);
        var withHessian = net.Size <= MostForHessian && (double)net.Size * net.Size * net.Rows <= MostHessianProduct;
        return new(
            net.Size,
            net.Rows,
            Clock.Time(sample.Gradient().Run, Seconds).Microseconds,
            Clock.Time(sample.Product().Run, Seconds).Microseconds,
            withHessian ? Clock.Time(sample.Matrix().Run, Seconds).Microseconds : null
        );
    }

    private static string[] Line(CurvePoint point)
    {
        var scale = 1e3 / ((double)point.Parameters * point.Examples);
        return
        [
            $"{point.Parameters}",
            $"{point.Examples}",
            Terminal.Number(point.Gradient),
            Terminal.Number(point.Gradient * scale),
            Terminal.Number(point.Product),
            Terminal.Number(point.Product * scale),
            Terminal.Number(point.Hessian),
            Terminal.Number(point.Hessian * scale / point.Parameters),
        ];
    }

    /// <summary>The microseconds of each at one size.</summary>
    private sealed record CurvePoint(int Parameters, int Examples, double Gradient, double Product, double? Hessian);
}
