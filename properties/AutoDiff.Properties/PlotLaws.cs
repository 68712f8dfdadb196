using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AutoDiff.Plots;
using Xunit;
using Mark = AutoDiff.Plots.Mark;

namespace AutoDiff.Properties;

/// <summary>What holds of every figure, whatever its data.</summary>
public sealed partial class PlotLaws
{
    private const int Seed = 20261122; // each case adds its number
    private const int Panels = 100_000;

    private static readonly double[] Extremes =
    [
        double.NaN,
        double.PositiveInfinity,
        double.NegativeInfinity,
        double.MaxValue,
        double.MinValue,
        1e308,
        -1e308,
        double.Epsilon,
        -double.Epsilon,
        1e-310,
        1e-308,
        0,
        -0.0,
        1,
        1,
        1 + 1e-15,
    ];

    private static readonly ImmutableArray<Scale> Scales =
    [
        Scale.Linear,
        Scale.Log,
        Scale.Time,
        Scale.SymmetricLog(1e-3),
        Scale.SymmetricLog(1e300),
    ];

    [Fact]
    public void Any_data_can_be_drawn() =>
        Each(
            Panels,
            (random, i) =>
            {
                var panel = AnyPanel(random);
                var svg = Svg.Of(panel);
                if (i % 16 == 0)
                {
                    XElement.Parse(svg);
                    Assert.Equal(svg, Svg.Of(panel));
                }
                foreach (Match path in Coordinates().Matches(svg))
                    Assert.True(Legal().IsMatch(path.Groups[1].ValueSpan), path.Value);
            }
        );

    [Fact]
    public void Every_datum_lies_within_its_axes() =>
        Each(
            20_000,
            (random, _) =>
            {
                var panel = AnyPanel(random, told: false);
                var frame = Frame.Of(panel);
                Assert.True(double.IsFinite(frame.X.From) && frame.X.From < frame.X.To && double.IsFinite(frame.X.To));
                foreach (var mark in panel.Marks.OfType<Mark.Series>())
                    for (var i = 0; i < mark.X.Length; i++)
                    {
                        var (x, y) = (frame.X.Place(mark.X[i]), frame.Y.Place(mark.Y[i]));
                        if (double.IsFinite(x + y) && frame.Categories.IsEmpty)
                            Assert.True(
                                x is > -1e-9 and < 1 + 1e-9 && y is > -1e-9 and < 1 + 1e-9,
                                $"({mark.X[i]:R}, {mark.Y[i]:R}) at ({x}, {y})"
                            );
                    }
                foreach (
                    var point in frame.Layers.SelectMany(layer => layer.Shapes).SelectMany(Points).Where(point => !double.IsNaN(point.X))
                )
                    Assert.True(point is { X: > -1e-9 and < 1 + 1e-9, Y: > -1e-9 and < 1 + 1e-9 }, $"{point}");
            }
        );

    [Fact]
    public void Places_and_numbers_invert_each_other() =>
        Each(
            20_000,
            (random, _) =>
            {
                var domain = AnyDomain(random);
                var place = random.NextDouble();
                var (value, further) = (Number(place), Number(Math.Min(1, place + 0.01)));
                Assert.Equal(place, domain.Place(value), Math.Abs(value) < 1e-300 ? 1 : 1e-8); // few digits are left there
                Assert.True(domain.Place(value) <= domain.Place(further));

                double Number(double share)
                {
                    var (from, to) = (domain.Scale.Forward(domain.From), domain.Scale.Forward(domain.To));
                    return Math.Clamp(domain.Scale.Number(from + share * (to - from)), domain.From, domain.To);
                }
            }
        );

    [Fact]
    public void Ticks_rise_within_the_axis_and_say_their_value() =>
        Each(
            20_000,
            (random, _) =>
            {
                var domain = AnyDomain(random);
                var count = random.Next(1, 12);
                var ticks = domain.Ticks(count);
                Assert.InRange(ticks.Length, count > 4 ? 2 : 0, count + 1);
                Assert.All(ticks, tick => Assert.InRange(tick.Value, domain.From, domain.To));
                Assert.All(ticks.Zip(ticks.Skip(1)), pair => Assert.True(pair.First.Value < pair.Second.Value));
                if (domain.Scale != Scale.Time)
                    Assert.All(
                        ticks,
                        tick => Assert.Equal(tick.Value, double.Parse(tick.Label.Replace('−', '-'), CultureInfo.InvariantCulture))
                    );
                Assert.Equal(ticks.Length, ticks.Select(tick => tick.Label).Distinct().Count());
                Assert.All(ticks, tick => Assert.InRange(tick.Label.Length, 1, 16));
            }
        );

    private static void Each(int count, Action<System.Random, int> holds) =>
        Parallel.For(
            0,
            count,
            i =>
            {
                try
                {
                    holds(new(Seed + i), i);
                }
                catch (Exception problem)
                {
                    throw new InvalidOperationException($"seed {Seed + i}: {problem.Message}", problem);
                }
            }
        );

    private static double Any(System.Random random) =>
        random.Next(4) switch
        {
            0 => Extremes[random.Next(Extremes.Length)],
            1 => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-320, 308)),
            _ => random.Next(-5, 100),
        };

    private static Domain AnyDomain(System.Random random) =>
        Domain.Of(new("x") { Scale = Scales[random.Next(Scales.Length)] }, Many(random, random.Next(1, 4)));

    private static ImmutableArray<double> Many(System.Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => Any(random))];

    private static Panel AnyPanel(System.Random random, bool told = true)
    {
        ImmutableArray<Mark> marks = [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => AnyMark(random))];
        var ends = told && random.Next(8) == 0 ? (From: (double?)random.Next(1, 5), To: (double?)random.Next(5, 500)) : (null, null);
        return new(
            "Any data",
            new("x") { Scale = AnyScale() },
            new("y")
            {
                Scale = AnyScale(),
                From = ends.From,
                To = ends.To,
            },
            marks
        );

        Scale AnyScale() => Scales[Math.Max(0, random.Next(-4, Scales.Length))];
    }

    private static Mark AnyMark(System.Random random)
    {
        var n = random.Next(5);
        var (x, y, values) = (Rising(random, n), Rising(random, random.Next(4)), Many(random, n));
        ImmutableArray<string> words = [.. values.Select((_, i) => $"{i}")];
        var grid = Many(random, x.Length * y.Length);
        Mark mark = random.Next(13) switch
        {
            0 => new Mark.Line(Many(random, n), values),
            1 => new Mark.Path(Many(random, n), values),
            2 => new Mark.Step(Many(random, n), values),
            3 => new Mark.Scatter(Many(random, n), values) { Symbol = (Symbol)random.Next(5) },
            4 => new Mark.Bar(words, values),
            5 => new Mark.Histogram(values) { Bins = random.Next(1, 6) },
            6 => new Mark.Box("box", values),
            7 => new Mark.ErrorBar(Many(random, n), values, Many(random, n), Many(random, n)),
            8 => new Mark.Band(Many(random, n), values, Many(random, n)),
            9 => new Mark.HeatMap(x, y, grid) { Scale = Scales[random.Next(Scales.Length)] },
            10 => new Mark.Contour(x, y, grid),
            11 => new Mark.Arrows(Many(random, n), values, Many(random, n), Many(random, n)),
            _ => new Mark.Text(Many(random, n), values, words),
        };
        return mark with { Name = random.Next(2) == 0 ? null : "name", Colour = random.Next(3) == 0 ? random.Next(20) : null };
    }

    private static ImmutableArray<double> Rising(System.Random random, int count) =>
        [.. Many(random, count).Where(double.IsFinite).Distinct().Order()];

    private static IEnumerable<AutoDiff.Plots.Point> Points(AutoDiff.Plots.Shape shape) =>
        shape switch
        {
            AutoDiff.Plots.Shape.Stroke s => s.Points,
            AutoDiff.Plots.Shape.Area a => a.Points,
            AutoDiff.Plots.Shape.Block b => [b.Low, b.High],
            AutoDiff.Plots.Shape.Dots d => d.Points,
            AutoDiff.Plots.Shape.Heads h => h.Points.Select(head => head.At),
            AutoDiff.Plots.Shape.Words w => [w.At],
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    [GeneratedRegex(" d=\"([^\"]*)\"")]
    private static partial Regex Coordinates();

    [GeneratedRegex("^[-MLlmhvHVazZ0-9. ]*$")]
    private static partial Regex Legal();
}
