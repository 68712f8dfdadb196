using System.Collections.Immutable;
using AutoDiff.Plots;

namespace AutoDiff.Tests.Examples;

/// <summary>Figures with every mark and every scale.</summary>
internal static class MarkGallery
{
    private static readonly ImmutableArray<double> Steps = [.. Enumerable.Range(0, 41).Select(i => i / 4.0)];
    private static readonly ImmutableArray<double> Grid = [.. Enumerable.Range(0, 21).Select(i => (i - 10) / 5.0)];
    private static readonly ImmutableArray<double> Bowl = [.. Grid.SelectMany(y => Grid.Select(x => (x * x / 20) + (y * y)))];
    private static readonly ImmutableArray<double> Draws = [.. Enumerable.Range(0, 400).Select(i => Math.Sin(i * 1.7) + Math.Sin(i * 0.9))];

    public static ImmutableArray<Figure> Figures { get; } =
    [
        new(
            "Curves: lines, steps, a band with its middle, points with the bars of their errors.",
            [
                new(
                    "Loss of two optimizers",
                    new("updates"),
                    new("loss") { Scale = Scale.Log },
                    [
                        new Mark.Line(Steps, Curve(x => Math.Exp(-x))) { Name = "descent" },
                        new Mark.Line(Steps, Curve(x => Math.Exp(-x / 2))) { Name = "momentum", Dashed = true },
                    ]
                ),
                new(
                    "Rate and its spread",
                    new("time") { Scale = Scale.Time },
                    new("rate"),
                    [
                        new Mark.Band(Steps, Curve(x => x - 1), Curve(x => x + 1)) { Name = "quartiles", Colour = 1 },
                        new Mark.Step(Steps, Curve(Math.Floor)) { Name = "median", Colour = 1 },
                    ]
                ),
                new(
                    "Accuracy by batch size",
                    new("batch") { Scale = Scale.Log },
                    new("accuracy in %"),
                    [
                        new Mark.ErrorBar([1, 10, 100, 1000], [90, 92, 95, 91], [89, 91, 93, 86], [91, 94, 96, 94]) { Name = "5 runs" },
                        new Mark.Scatter([1, 10, 100, 1000], [88, 89, 92, 85]) { Name = "worst", Symbol = Symbol.Diamond },
                    ]
                ),
            ]
        )
        {
            Columns = 3,
        },
        new(
            "Surfaces: colours, lines of equal height, paths on them, arrows down them, words.",
            [
                new("A bowl by colour", new("x"), new("y"), [new Mark.HeatMap(Grid, Grid, Bowl)]),
                new(
                    "A path down the bowl",
                    new("x"),
                    new("y"),
                    [
                        new Mark.Contour(Grid, Grid, Bowl),
                        new Mark.Path([-1.9, -1.2, -0.6, -0.2], [1.8, -0.8, 0.4, 0]) { Name = "descent" },
                        new Mark.Text([0.9], [1.1], ["minimum"]),
                    ]
                ),
                new(
                    "Where descent leads",
                    new("x"),
                    new("y"),
                    [new Mark.Arrows([-1, 0, 1], [1, 1, 1], [0.05, 0, -0.05], [-0.8, -0.8, -0.8]) { Name = "steps" }]
                ),
            ]
        )
        {
            Columns = 3,
        },
        new(
            "Distributions: bars, counts, boxes.",
            [
                new(
                    "Share by class",
                    new("class"),
                    new("share"),
                    [
                        new Mark.Bar(["cat", "dog", "horse"], [0.2, 0.5, 0.3]) { Name = "train" },
                        new Mark.Bar(["cat", "dog", "horse"], [0.25, 0.4, 0.35]) { Name = "test" },
                    ]
                ),
                new("Activations", new("activation"), new("count"), [new Mark.Histogram(Draws)]),
                new(
                    "Scores by optimizer",
                    new("optimizer"),
                    new("score") { Scale = Scale.SymmetricLog(0.1) },
                    [new Mark.Box("descent", Draws[..100]), new Mark.Box("momentum", Draws[100..]), new Mark.Box("Adam", Draws[50..90])]
                ),
            ]
        ),
    ];

    private static ImmutableArray<double> Curve(Func<double, double> of) => [.. Steps.Select(of)];
}
