using System.Collections.Immutable;
using AutoDiff.Curvature;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>Paths of least loss between minima, by two methods, with the saddles that they pass.</summary>
internal static class PathsBetweenMinima
{
    private static readonly double[][] _starts =
    [
        [-0.6, 1.4],
        [-0.1, 0.5],
        [0.6, 0.0],
    ];

    public static Experiment Experiment { get; } =
        new(
            "paths-between-minima",
            ["ours"],
            "Over which saddle does the lowest way from one minimum to another go?",
            "The string method (E, Ren, Vanden-Eijnden 2007) and the climbing elastic band (Henkelman, Uberuaga, Jonsson 2000) find it. "
                + "Mueller and Brown's surface (1979) has its passes at -40.6648 and -72.2489; a pass is a saddle of index 1.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        var surface = Objective.Of(ClassicalFunctions.MuellerBrown, Tensor.Zeros([2]));
        var minima = Array.ConvertAll(_starts, start => TrustRegion.Minimize(surface, Tensor.Of(start)).Point);
        var options = new PathOptions { Images = run.IsWhole ? 81 : 25, Cancellation = run.Cancellation };
        var (higher, lower) = (Both(surface, minima[0], minima[1], options), Both(surface, minima[1], minima[2], options));
        run.Done(0.2);
        var net = Objective.Of(SmallNet.Loss, Tensor.Zeros([SmallNet.Size]));
        var found = SmallNet.Find(run, net, 0.2, 0.7);
        run.Done(0.7);
        var lowest = found.Points.Select(one => one.Point).First(point => point.Index == 1);
        var (left, right) = (Downhill(net, lowest, 1), Downhill(net, lowest, -1));
        var besides = found.Points.Select(one => one.Point).Where(point => point.Kind == CriticalPointKind.Minimum).ElementAt(1).Point;
        var zero = Tensor.Zeros([SmallNet.Size]);
        // The loss at weights 0 is 1, and the lowest pass above it the least that any way out has to climb.
        var aboveZero = found.Points.Select(one => one.Point).First(point => point.Index == 1 && point.Loss > 1);
        var (known, toZero) = (Both(net, left, right, options, [lowest.Point]), Both(net, besides, zero, options));
        run.Done(0.95);
        return new()
        {
            Figures =
            [
                new(
                    "Müller and Brown's surface: both methods lay the same way through two passes",
                    [Map(surface, minima, higher, lower, run.Cancellation), Profile(higher, lower)]
                ),
                new(
                    "A net of nine weights: the way over a pass, and the straight line between its ends",
                    [
                        Heights("Two minima on either side of the lowest saddle", net, known, left, right),
                        Heights("A minimum, and all weights 0", net, toZero, besides, zero),
                    ]
                ),
            ],
            Listings =
            [
                Table([
                    ("Müller-Brown, higher pass", higher),
                    ("Müller-Brown, lower pass", lower),
                    ("net, lowest saddle", known),
                    ("net, to 0", toZero),
                ]),
            ],
            Checks =
            [
                .. Passes("Müller-Brown, higher pass", higher, -40.6648, 5e-5),
                .. Passes("Müller-Brown, lower pass", lower, -72.2489, 5e-5),
                Check.Near("climb to the higher pass from the lowest minimum", -40.6648 + 146.6995, higher.String.BarrierFromFirst, 1e-4),
                Check.Near("climb to the lower pass from the lower side", -72.2489 + 108.1667, lower.String.BarrierFromLast, 1e-4),
                .. Passes("net, lowest saddle", known, lowest.Loss, 1e-9),
                .. Passes("net, to weights 0", toZero, aboveZero.Loss, 1e-9),
                Check.Below(
                    "net, lowest saddle: its height",
                    Straight(net, left, right).Losses.Max(),
                    known.String.Peak,
                    "the straight line's"
                ),
                Check.Below(
                    "net, to weights 0: its height",
                    Straight(net, besides, zero).Losses.Max(),
                    toZero.String.Peak,
                    "the straight line's"
                ),
            ],
        };
    }

    private static Ways Both(Objective<Tensor> loss, Tensor from, Tensor to, PathOptions options, Tensor[]? via = null) =>
        new(StringMethod.Connect(loss, from, to, options, via), ElasticBand.Connect(loss, from, to, options, via));

    /// <summary>The minimum below a saddle on one side.</summary>
    private static Tensor Downhill(Objective<Tensor> loss, CriticalPoint<Tensor> saddle, int side) =>
        TrustRegion.Minimize(loss, Transforms.Evaluate(saddle.Point + (side * 0.05 * saddle.Lowest.Vector))).Point;

    private static LandscapeLine Straight(Objective<Tensor> loss, Tensor from, Tensor to) =>
        Landscape.Between(loss, from, to, SurfacePlot.Steps(0, 1, 101));

    private static Panel Map(Objective<Tensor> surface, Tensor[] minima, Ways higher, Ways lower, CancellationToken cancellation)
    {
        var plane = SurfacePlot.Grid(surface, (-1.4, 1.1), (-0.3, 1.9), 80, cancellation);
        CriticalPoint<Tensor>[] points =
        [
            .. minima.Select(minimum => CriticalPoint.Classify(surface, minimum)),
            .. new[] { higher.String.Saddle, lower.String.Saddle }.OfType<CriticalPoint<Tensor>>(),
        ];
        return new(
            "The surface, its minima, and the ways between",
            new("x"),
            new("y"),
            [
                SurfacePlot.Contour(plane, SurfacePlot.Levels(-146.7, 12, 1.4, 10)),
                Walk(higher.String, lower.String) with
                {
                    Name = "string",
                    Colour = 2,
                },
                Points(higher.Band, lower.Band) with
                {
                    Name = "band",
                    Colour = 4,
                },
                .. SurfacePlot.Marks(points.Select(SurfacePlot.Place)),
            ]
        );
    }

    private static Mark.Path Walk(params MinimumPath<Tensor>[] parts) => new(Coordinates(parts, 0), Coordinates(parts, 1));

    private static Mark.Scatter Points(params MinimumPath<Tensor>[] parts) =>
        new(Coordinates(parts, 0), Coordinates(parts, 1)) { Symbol = Symbol.Diamond };

    private static ImmutableArray<double> Coordinates(MinimumPath<Tensor>[] parts, int which) =>
        [.. parts.SelectMany(part => part.Images).Select(image => image[which].Item())];

    private static Panel Profile(Ways higher, Ways lower)
    {
        var length = higher.String.ArcLength[^1];
        return new(
            "Height along the way",
            new("length of the way"),
            new("value"),
            [
                new Mark.Line(
                    [.. higher.String.ArcLength, .. lower.String.ArcLength.Select(at => at + length)],
                    [.. higher.String.Losses, .. lower.String.Losses]
                )
                {
                    Name = "string",
                    Colour = 2,
                },
                new Mark.Scatter(
                    [.. Along(higher), .. Along(lower).Select(at => at + length)],
                    [.. higher.Band.Losses, .. lower.Band.Losses]
                )
                {
                    Name = "band",
                    Colour = 4,
                    Symbol = Symbol.Diamond,
                },
                Level(higher, length + lower.String.ArcLength[^1]),
                Level(lower, length + lower.String.ArcLength[^1]),
            ]
        );
    }

    /// <summary>Where a band's images are, its way as long as the string's.</summary>
    private static IEnumerable<double> Along(Ways ways) =>
        ways.Band.ArcLength.Select(at => at * ways.String.ArcLength[^1] / ways.Band.ArcLength[^1]);

    private static Mark.Line Level(Ways ways, double length) =>
        new([0, length], [ways.String.Peak, ways.String.Peak])
        {
            Name = "saddle, index 1",
            Colour = 1,
            Dashed = true,
        };

    private static Panel Heights(string title, Objective<Tensor> net, Ways ways, Tensor from, Tensor to)
    {
        var straight = Straight(net, from, to);
        return new(
            title,
            new("share of the way"),
            new("loss"),
            [
                new Mark.Line(straight.Steps, straight.Losses) { Name = "straight", Colour = 0 },
                new Mark.Line([.. ways.String.ArcLength.Select(at => at / ways.String.ArcLength[^1])], ways.String.Losses)
                {
                    Name = "string",
                    Colour = 2,
                },
                new Mark.Scatter([.. ways.Band.ArcLength.Select(at => at / ways.Band.ArcLength[^1])], ways.Band.Losses)
                {
                    Name = "band",
                    Colour = 4,
                    Symbol = Symbol.Diamond,
                },
                Level(ways, 1),
            ]
        );
    }

    private static IEnumerable<Check> Passes(string name, Ways ways, double height, double within)
    {
        foreach (var (method, path) in new[] { ("string", ways.String), ("band", ways.Band) })
        {
            yield return Check.Near($"{name}: height by the {method}", height, path.Saddle?.Loss ?? double.NaN, within);
            yield return Check.Equal($"{name}: index of its saddle by the {method}", 1, path.Saddle?.Index ?? -1);
        }
    }

    private static Listing Table((string Name, Ways Ways)[] rows) =>
        new(
            "ways between minima",
            ["way", "method", "from", "to", "highest", "climb there", "climb back", "saddle", "moves", "products"],
            [
                .. rows.SelectMany(row =>
                    new[] { ("string", row.Ways.String), ("band", row.Ways.Band) }.Select(way => Row(row.Name, way.Item1, way.Item2))
                ),
            ]
        );

    private static ImmutableArray<string> Row(string name, string method, MinimumPath<Tensor> path) =>
        [
            name,
            method,
            Check.Text(path.Losses[0]),
            Check.Text(path.Losses[^1]),
            Check.Text(path.Peak),
            Check.Text(path.BarrierFromFirst),
            Check.Text(path.BarrierFromLast),
            path.Saddle is { } saddle ? $"{SurfacePlot.Name(saddle.Kind)}, index {saddle.Index}" : "none",
            $"{path.Iterations}",
            $"{path.Products}",
        ];

    /// <summary>A way by both methods.</summary>
    private sealed record Ways(MinimumPath<Tensor> String, MinimumPath<Tensor> Band);
}
