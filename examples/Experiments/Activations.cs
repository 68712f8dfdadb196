using System.Collections.Immutable;
using AutoDiff.Nets;
using AutoDiff.Plots;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>What reaches each of five layers of 100 units, of 1,000 normal inputs, by the initial weights.</summary>
internal static class Activations
{
    private const int Layers = 5;
    private const int Width = 100;

    // Of 100,000 values as many as a figure needs; no divisor of the layer's width, so that all units are among them.
    private const int Thinning = 51;

    private static readonly (string Name, Func<Tensor, Tensor> Of, Func<double, bool> IsSaturated)[] _functions =
    [
        ("sigmoid", Sigmoid, y => y is < 0.01 or > 0.99),
        ("tanh", Tanh, y => Math.Abs(y) > 0.98),
        ("ReLU", Relu, y => y == 0),
    ];

    private static readonly (string Name, Initializer Weights)[] _starts =
    [
        ("std 1", Initializers.Normal()),
        ("std 0.01", Initializers.Normal(0.01)),
        ("Xavier", Initializers.XavierNormal()),
        ("He", Initializers.HeNormal()),
    ];

    public static Experiment Experiment { get; } =
        new(
            "activations",
            ["19"],
            "What reaches each layer, by its initial weights?",
            "Techniques of learning, 1.2.2, figures 1.3 to 1.5: with weights of deviation 1 the outputs of sigmoids crowd at 0 and 1, with 0.01 at 0.5, with Xavier's they spread in every layer. Tanh and Xavier's give bells about 0; for ReLU He's are the ones.",
            Run
        );

    /// <summary>The outputs of one layer.</summary>
    private sealed record Outputs(string Function, string Start, int Layer, double[] Values, double Saturated)
    {
        public double Mean { get; } = Values.Average();

        public double Deviation { get; } = Deviate(Values);

        /// <summary>The part of the values between two others.</summary>
        public double Between(double low, double high) => Values.Count(y => low <= y && y <= high) / (double)Values.Length;

        private static double Deviate(double[] values)
        {
            var mean = values.Average();
            return Math.Sqrt(values.Average(y => (y - mean) * (y - mean)));
        }
    }

    private static Answer Run(ExperimentRun run)
    {
        var all = _functions.SelectMany(function => _starts.SelectMany(start => Through(run, function, start))).ToArray();
        return new()
        {
            Figures =
            [
                Histograms("Figure 1.3: sigmoids, weights of deviation 1", "std 1"),
                Histograms("Figure 1.4: sigmoids, weights of deviation 0.01", "std 0.01"),
                Histograms("Figure 1.5: sigmoids, Xavier's weights", "Xavier"),
                new(
                    "The spread of the outputs, layer by layer",
                    [
                        .. _functions.Select(function => new Panel(
                            function.Name,
                            new("layer"),
                            new("standard deviation of the outputs") { Scale = Scale.Log },
                            [
                                .. _starts.Select(start => new Mark.Line(
                                    [.. Of(function.Name, start.Name).Select(outputs => (double)outputs.Layer)],
                                    [.. Of(function.Name, start.Name).Select(outputs => outputs.Deviation)]
                                )
                                {
                                    Name = start.Name,
                                }),
                            ]
                        )),
                    ]
                )
                {
                    Columns = 3,
                },
            ],
            Listings =
            [
                new(
                    "saturated: below 0.01 or above 0.99 of a sigmoid, the same of a tanh's range, 0 of a ReLU; in percent",
                    ["", "layer", "mean", "deviation", "saturated"],
                    [
                        .. all.Select(o =>
                            Cells.Row(
                                $"{o.Function}, {o.Start}",
                                $"{o.Layer}",
                                $"{o.Mean:G4}",
                                $"{o.Deviation:G4}",
                                Cells.Percent(o.Saturated)
                            )
                        ),
                    ]
                ),
            ],
            Checks =
            [
                Least("sigmoid, std 1: part within 0.1 of 0 or 1, each layer", 0.5, "sigmoid", "std 1", o => 1 - o.Between(0.1, 0.9)),
                Least("sigmoid, std 0.01: part within 0.1 of 0.5, each layer", 0.99, "sigmoid", "std 0.01", o => o.Between(0.4, 0.6)),
                Least("sigmoid, Xavier: deviation, each layer", 0.1, "sigmoid", "Xavier", o => o.Deviation),
                Least("sigmoid, Xavier: part not saturated, each layer", 0.99, "sigmoid", "Xavier", o => 1 - o.Saturated),
                Least("tanh, Xavier: part not saturated, each layer", 0.95, "tanh", "Xavier", o => 1 - o.Saturated),
                Check.Near("tanh, Xavier: mean of the fifth layer", 0, Of("tanh", "Xavier").Last().Mean, 0.05),
                Ratio("He", 0.7, 1.4),
                Ratio("Xavier", 0, 0.5),
                Ratio("std 0.01", 0, 0.01),
            ],
        };

        IEnumerable<Outputs> Of(string function, string start) =>
            all.Where(outputs => outputs.Function == function && outputs.Start == start);

        Check Least(string what, double least, string function, string start, Func<Outputs, double> value) =>
            new(what, $"at least {least}", $"{Of(function, start).Min(value):G4} or more", Of(function, start).Min(value) >= least);

        Check Ratio(string start, double low, double high) =>
            Check.Between(
                $"ReLU, {start}: deviation of the fifth layer in that of the first",
                low,
                high,
                Of("ReLU", start).Last().Deviation / Of("ReLU", start).First().Deviation
            );

        Figure Histograms(string caption, string start) =>
            new(
                caption,
                [
                    .. Of("sigmoid", start)
                        .Select(outputs => new Panel(
                            $"Layer {outputs.Layer}",
                            new("output") { From = 0, To = 1 },
                            new($"values, one of {Thinning}"),
                            [new Mark.Histogram([.. outputs.Values.Where((_, i) => i % Thinning == 0)]) { Bins = 30, Colour = 0 }]
                        )),
                ]
            )
            {
                Columns = 3,
            };
    }

    private static IEnumerable<Outputs> Through(
        ExperimentRun run,
        (string Name, Func<Tensor, Tensor> Of, Func<double, bool> IsSaturated) function,
        (string Name, Initializer Weights) start
    )
    {
        var x = run.Key.FoldIn(0).Normal([1000, Width]);
        for (var layer = 1; layer <= Layers; layer++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            var weight = start.Weights.Draw(run.Key.FoldIn((ulong)layer), [Width, Width], new(Width, Width));
            x = Transforms.Evaluate(function.Of(MatMul(x, weight)));
            var values = x.ToArray();
            yield return new(function.Name, start.Name, layer, values, values.Count(function.IsSaturated) / (double)values.Length);
        }
    }
}
