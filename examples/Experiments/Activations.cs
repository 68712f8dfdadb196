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
        ("Xavier", Initializers.LeCunNormal), // √(1/n) of n inputs, as the source has it.
        ("He", Initializers.HeNormal()),
    ];

    public static Experiment Experiment { get; } =
        new(
            "activations",
            ["19"],
            "What reaches each layer, by its initial weights?",
            "Techniques of learning, 1.2.2 and 1.2.3, figures 1.3 and 1.5: with weights of deviation 1 the outputs of sigmoids crowd at 0 and 1; with Xavier's, √(1/n), they spread wider, though more "
                + "lopsided from layer to layer, which tanh mends: its outputs are bells about 0. For ReLU He's, √(2/n), are the ones. With 0.01 the values that are passed on are too small (1.2.4).",
            Run
        );

    /// <summary>The outputs of one layer.</summary>
    private sealed record Outputs(string Function, string Start, int Layer, double[] Values, double Saturated)
    {
        public double Mean { get; } = Values.Average();

        public double Deviation { get; } = Deviate(Values);

        /// <summary>The mean of the squares.</summary>
        public double Square { get; } = Values.Average(y => y * y);

        /// <summary>The part of the variance that lies between the units' means: what makes a distribution lopsided.</summary>
        public double Lopsided =>
            Values.Index().GroupBy(one => one.Index % Width, one => one.Item).Select(unit => unit.Average()).ToArray() is var units
                ? units.Average(mean => (mean - Mean) * (mean - Mean)) / (Deviation * Deviation)
                : 0;

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
                Histograms("Sigmoids, weights of deviation 0.01", "std 0.01"),
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
                Check.All(
                    "sigmoid: layers that spread wider by Xavier's weights than by deviation 0.01",
                    [.. Of("sigmoid", "Xavier").Zip(Of("sigmoid", "std 0.01"))],
                    pair => pair.First.Deviation > pair.Second.Deviation
                ),
                Check.Above(
                    "sigmoid, Xavier: part of the fifth layer's variance that is between its units",
                    Of("sigmoid", "Xavier").First().Lopsided,
                    Of("sigmoid", "Xavier").Last().Lopsided,
                    "the first's: it is more lopsided"
                ),
                Check.Below(
                    "tanh, Xavier: the same",
                    Of("sigmoid", "Xavier").Last().Lopsided,
                    Of("tanh", "Xavier").Last().Lopsided,
                    "sigmoid's"
                ),
                Ratio("He", 1),
                Ratio("Xavier", 1.0 / 2),
                Ratio("std 0.01", Width * 0.01 * 0.01 / 2),
            ],
        };

        IEnumerable<Outputs> Of(string function, string start) =>
            all.Where(outputs => outputs.Function == function && outputs.Start == start);

        Check Least(string what, double least, string function, string start, Func<Outputs, double> value) =>
            new(what, $"at least {least}", $"{Of(function, start).Min(value):G4} or more", Of(function, start).Min(value) >= least);

        // Weights of variance v multiply the mean square by v·n/2 on average (He et al. 2015), and in one net of n units by a factor whose relative variance is at most 5/n:
        // of z normal, max(z, 0)² has the mean ½ and the variance 5/4. What is expected is within four deviations of that.
        Check Ratio(string start, double perLayer)
        {
            var (expected, factor) = (Math.Pow(perLayer, Layers - 1), Math.Exp(4 * Math.Sqrt(5.0 / Width * (Layers - 1))));
            return Check.Between(
                $"ReLU, {start}: mean square of layer 5 / layer 1, on average {Check.Text(expected)}",
                expected / factor,
                expected * factor,
                Of("ReLU", start).Last().Square / Of("ReLU", start).First().Square
            );
        }

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
