using System.Collections.Immutable;
using AutoDiff.Plots;

namespace AutoDiff.Tests.Plots;

/// <summary>A panel for each mark.</summary>
internal static class Samples
{
    private static readonly ImmutableArray<double> Grid = [.. Enumerable.Range(0, 17).Select(i => -2 + i / 4.0)];
    private static readonly ImmutableArray<double> Steps = [.. Enumerable.Range(0, 24).Select(i => (double)i)];

    public static IReadOnlyDictionary<string, Panel> All { get; } =
        new Dictionary<string, Panel>
        {
            ["line"] = new(
                "Losses",
                new("step"),
                new("loss") { Scale = Scale.Log },
                [Line("SGD", 0.9), Line("Adam", 0.7) with { Dashed = true }]
            ),
            ["path"] = new(
                "A walk down x²/2 + 2y²",
                new("x"),
                new("y"),
                [Bowl, new Mark.Path([-1.8, -1.2, -0.6, -0.2, 0], [1.5, -1, 0.6, -0.2, 0]) { Name = "momentum" }]
            ),
            ["step"] = new(
                "Rates",
                new("time") { Scale = Scale.Time },
                new("rate"),
                [new Mark.Step([0, 600, 1200], [0.1, 0.01, 0.001]) { Name = "schedule" }]
            ),
            ["scatter"] = new(
                "Points <&\">",
                new("x"),
                new("y"),
                [
                    .. Enum.GetValues<Symbol>()
                        .Select((symbol, i) => new Mark.Scatter([i, i + 1], [1, i]) { Symbol = symbol, Name = $"{symbol}" }),
                ]
            ),
            ["bar"] = new(
                "Errors",
                new("optimizer"),
                new("error / %"),
                [new Mark.Bar(["SGD", "Adam"], [4, -2]) { Name = "train" }, new Mark.Bar(["SGD", "Adam"], [5, 3]) { Name = "test" }]
            ),
            ["bar-long"] = new(
                "Long names",
                new("optimizer"),
                new("error / %"),
                [new Mark.Bar(["stochastic gradient descent", "Nesterov's accelerated gradient", "saddle-free Newton method"], [4, 2, 1])]
            ),
            ["histogram"] = new("Weights", new("weight"), new("count"), [new Mark.Histogram([1, 2, 2, 3, 3, 3, 4, 4, 5]) { Bins = 5 }]),
            ["box"] = new(
                "Scores",
                new("optimizer"),
                new("score"),
                [new Mark.Box("SGD", [1, 2, 3, 4, 20]), new Mark.Box("Adam", [3, 4, 5])]
            ),
            ["error-bar"] = new(
                "Means",
                new("epoch"),
                new("loss"),
                [new Mark.ErrorBar([1, 2, 3], [3, 2, 1], [2, 1.5, 0.8], [4, 2.5, 1.2]) { Name = "mean ± deviation" }]
            ),
            ["band"] = new(
                "Spread",
                new("epoch"),
                new("loss"),
                [
                    new Mark.Band([1, 2, 3], [1, 0.5, 0.2], [3, 2, 1]) { Name = "runs" },
                    new Mark.Line([1, 2, 3], [2, 1, 0.5]) { Name = "runs" },
                ]
            ),
            ["heat-map"] = new(
                "Losses",
                new("rate") { Scale = Scale.Log },
                new("batch"),
                [new Mark.HeatMap([0.001, 0.01, 0.1], [16, 32], [1, 2, 3, 4, double.NaN, 6]) { Name = "loss" }]
            ),
            ["contour"] = new("A bowl", new("x"), new("y"), [Bowl with { Name = "loss" }]),
            ["arrows"] = new("A field", new("x"), new("y"), [new Mark.Arrows([-1, 1, 0], [0, 0, 1], [0.5, -0.5, 0], [0, 0.25, -0.5])]),
            ["text"] = new(
                "Critical points",
                new("x"),
                new("y") { Scale = Scale.SymmetricLog(0.1) },
                [new Mark.Text([0, 1], [-5, 5], ["saddle", "minimum"])]
            ),
            ["empty"] = new("Nothing", new("x"), new("y"), []),
        };

    private static Mark.Contour Bowl => new(Grid, Grid, [.. Grid.SelectMany(y => Grid.Select(x => x * x / 2 + 2 * y * y))]);

    private static Mark.Line Line(string name, double rate) =>
        new(Steps, [.. Steps.Select(step => Math.Round(Math.Pow(rate, step), 6))]) { Name = name };
}
