using System.Collections.Immutable;

namespace AutoDiff.Plots;

/// <summary>Where marks reach to.</summary>
internal static class Extents
{
    /// <summary>The categories that a mark stands at.</summary>
    public static ImmutableArray<string> Categories(Mark mark) =>
        mark switch
        {
            Mark.Bar bar => bar.Categories,
            Mark.Box box => [box.Category],
            _ => [],
        };

    /// <summary>Points that the axes must hold, and those that they may end at.</summary>
    public static (IEnumerable<Point> Points, IEnumerable<Point> Ends) Of(Mark mark, Scale x, Scale y)
    {
        IEnumerable<Point> ground = [new(double.NaN, 0)];
        return mark switch
        {
            Mark.Line m => (Zip(m.X, m.Y), []),
            Mark.Path m => (Zip(m.X, m.Y), []),
            Mark.Step m => (Zip(m.X, m.Y), []),
            Mark.Scatter m => (Zip(m.X, m.Y), []),
            Mark.Text m => (Zip(m.X, m.Y), []),
            Mark.Bar m => (m.Heights.Append(0).Select(height => new Point(0, height)), ground),
            Mark.Histogram m => (
                m.Bins(x).SelectMany(bin => new Point[] { new(bin.From, 0), new(bin.To, bin.Count), new(bin.From, bin.Count) }),
                ground
            ),
            Mark.Box m => (m.Values.Select(value => new Point(0, value)), []),
            Mark.ErrorBar m => (Zip(m.X, m.Y).Concat(Zip(m.X, m.Low)).Concat(Zip(m.X, m.High)), []),
            Mark.Band m => (Zip(m.X, m.Low).Concat(Zip(m.X, m.High)), []),
            Mark.HeatMap m => Corners(Edges(m.X, x), Edges(m.Y, y)),
            Mark.Contour m => Corners(m.X, m.Y),
            Mark.Arrows m => (Zip(m.X, m.Y).Concat(Tips(m)), []),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    public static IEnumerable<Point> Zip(ImmutableArray<double> x, ImmutableArray<double> y) => x.Zip(y, (a, b) => new Point(a, b));

    /// <summary>Where arrows end.</summary>
    public static IEnumerable<Point> Tips(Mark.Arrows m) => m.X.Select((x, i) => new Point(x + m.Dx[i], m.Y[i] + m.Dy[i]));

    /// <summary>The edges of cells, halfway on the scale between their middles.</summary>
    public static ImmutableArray<double> Edges(ImmutableArray<double> middles, Scale scale)
    {
        var places = middles.Select(scale.Forward).ToArray();
        if (places.Length < 2)
            return [.. places.SelectMany(place => new[] { place - scale.Room(place), place + scale.Room(place) }).Select(Number)];
        var between = places.Zip(places.Skip(1), (a, b) => a / 2 + b / 2);
        return [.. between.Prepend(1.5 * places[0] - places[1] / 2).Append(1.5 * places[^1] - places[^2] / 2).Select(Number)];

        double Number(double place) => Math.Clamp(scale.Inverse(place), -double.MaxValue, double.MaxValue);
    }

    private static (IEnumerable<Point>, IEnumerable<Point>) Corners(ImmutableArray<double> x, ImmutableArray<double> y)
    {
        IEnumerable<Point> corners = x.IsEmpty || y.IsEmpty ? [] : [new(x[0], y[0]), new(x[^1], y[^1])];
        return (corners, corners);
    }
}
