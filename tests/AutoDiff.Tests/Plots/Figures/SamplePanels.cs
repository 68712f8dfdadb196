using System.Collections.Immutable;
using AutoDiff.Plots;

namespace AutoDiff.Tests.Plots;

/// <summary>A panel for each mark, and such whose numbers are hard.</summary>
internal static class SamplePanels
{
    private static readonly ImmutableArray<double> Grid = [-1, 0, 1, 2];

    /// <summary>By the kind of its mark.</summary>
    public static readonly ImmutableArray<(string Kind, Mark Mark)> Marks =
    [
        ("line", new Mark.Line([0, 1, 2, 3, 4], [0, 1, double.NaN, 9, 16])),
        ("path", new Mark.Path([0, 2, 1], [0, 0, 1])),
        ("step", new Mark.Step([0, 1, 3], [1, 3, 2])),
        ("scatter", new Mark.Scatter([1, 2, 3], [3, 1, 2]) { Symbol = Symbol.Triangle, Labels = ["one", "two, \"2\"", "three\r\nlines"] }),
        ("bar", new Mark.Bar(["red", "green", "blue"], [3, -1, 2.5])),
        ("histogram", new Mark.Histogram([1, 2, 2, 3, 3, 3, 4, 4, 5, double.NaN]) { Bins = 4 }),
        ("box", new Mark.Box("box", [1, 2, 3, 4, 5, 20])),
        ("errorBar", new Mark.ErrorBar([1, 2], [2, 3], [1, 2.5], [3, 4])),
        ("band", new Mark.Band([0, 1, 2], [0, 1, 0], [2, 4, 3])),
        ("heatMap", new Mark.HeatMap(Grid, Grid, Bowl())),
        ("contour", new Mark.Contour(Grid, Grid, Bowl()) { Levels = [1, 3] }),
        ("arrows", new Mark.Arrows([0, 0, 0, 0], [0, 0, 0, 0], [1, -1, 0, 0], [0, 0, 1, -1])),
        ("text", new Mark.Text([0, 1], [0, 1], ["low", "high"])),
    ];

    public static readonly ImmutableArray<(string Kind, Scale Scale)> Scales =
    [
        ("linear", Scale.Linear),
        ("log", Scale.Log),
        ("symlog", Scale.SymmetricLog(0.01)),
        ("time", Scale.Time),
    ];

    public static Panel Of(params ReadOnlySpan<Mark> marks) => new("title", new("across [m]"), new("up [s]"), [.. marks]);

    /// <summary>Each mark with numbers that are not finite, huge, tiny, or not there, on every scale.</summary>
    public static IEnumerable<Panel> Extremes()
    {
        ImmutableArray<double>[] numbers =
        [
            [],
            [0],
            [double.NaN, double.NaN],
            [double.PositiveInfinity, 1, double.NegativeInfinity],
            [-1e308, 0, 1e308],
            [5e-324, 1e-300, 1e300],
            [-0.0, 0, 1],
            [3, 3, 3],
        ];
        return from n in numbers
            from scale in Scales
            from mark in With(n)
            select new Panel("", new("") { Scale = scale.Scale }, new("") { Scale = scale.Scale }, [mark]);
    }

    private static IEnumerable<Mark> With(ImmutableArray<double> n)
    {
        ImmutableArray<string> words = [.. n.Select((_, i) => $"word {i}")];
        ImmutableArray<double> rising = [.. n.Where(double.IsFinite).Distinct().Order()];
        ImmutableArray<double> values = [.. rising.SelectMany(_ => rising.Select((_, i) => n[i]))];
        return
        [
            new Mark.Line(n, n),
            new Mark.Path(n, n),
            new Mark.Step(n, n),
            new Mark.Scatter(n, n),
            new Mark.Bar(words, n),
            new Mark.Histogram(n),
            new Mark.Box("box", n),
            new Mark.ErrorBar(n, n, n, n),
            new Mark.Band(n, n, n),
            new Mark.HeatMap(rising, rising, values),
            new Mark.Contour(rising, rising, values),
            new Mark.Arrows(n, n, n, n),
            new Mark.Text(n, n, words),
        ];
    }

    private static ImmutableArray<double> Bowl() => [.. Grid.SelectMany(y => Grid.Select(x => (x * x) + (y * y)))];
}
