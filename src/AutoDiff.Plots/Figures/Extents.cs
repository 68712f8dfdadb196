namespace AutoDiff.Plots;

/// <summary>Where marks reach to.</summary>
internal static class Extents
{
    /// <summary>The categories that a mark stands at.</summary>
    public static ImmutableArray<string> Categories(Mark mark) =>
        mark is Mark.Bar bar ? bar.Categories
        : mark is Mark.Box box ? [box.Category]
        : [];

    /// <summary>Points that the axes hold.</summary>
    public static IEnumerable<Point> Points(Mark mark, Scale x, Scale y) =>
        mark switch
        {
            Mark.ErrorBar m => [.. Zip(m.X, m.Y), .. Zip(m.X, m.Low), .. Zip(m.X, m.High)],
            Mark.Arrows m => [.. Zip(m.X, m.Y), .. Tips(m)],
            Mark.Series m => Zip(m.X, m.Y),
            Mark.Bar m => m.Heights.Append(0).Select(height => new Point(0, height)),
            Mark.Histogram m => m.Bins(x).SelectMany(bin => (Point[])[new(bin.From, 0), new(bin.From, bin.Count), new(bin.To, bin.Count)]),
            Mark.Box m => m.Values.Select(value => new Point(0, value)),
            Mark.Band m => [.. Zip(m.X, m.Low), .. Zip(m.X, m.High)],
            Mark.Grid m => Corners(m, x, y),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>Points beyond which the axes need show nothing.</summary>
    public static IEnumerable<Point> Ends(Mark mark, Scale x, Scale y) =>
        mark is Mark.Grid grid ? Corners(grid, x, y)
        : mark is Mark.Bar or Mark.Histogram ? [new(double.NaN, 0)]
        : [];

    /// <summary>Where arrows end.</summary>
    public static IEnumerable<Point> Tips(Mark.Arrows m) => m.X.Select((x, i) => new Point(x + m.Dx[i], m.Y[i] + m.Dy[i]));

    /// <summary>The edges of cells, halfway on the scale between their middles.</summary>
    public static ImmutableArray<double> Edges(ImmutableArray<double> middles, Scale scale)
    {
        double[] at = [.. middles.Select(scale.Forward)];
        var between = at.Zip(at.Skip(1), (a, b) => a / 2 + b / 2);
        IEnumerable<double> edges = at.Length switch
        {
            0 => [],
            1 => [at[0] - scale.Room(at[0]), at[0] + scale.Room(at[0])],
            _ => [1.5 * at[0] - at[1] / 2, .. between, 1.5 * at[^1] - at[^2] / 2],
        };
        return [.. edges.Select(scale.Number)];
    }

    private static IEnumerable<Point> Zip(ImmutableArray<double> x, ImmutableArray<double> y) => x.Zip(y, (a, b) => new Point(a, b));

    private static IEnumerable<Point> Corners(Mark.Grid grid, Scale scaleX, Scale scaleY)
    {
        var (x, y) = grid is Mark.HeatMap ? (Edges(grid.X, scaleX), Edges(grid.Y, scaleY)) : (grid.X, grid.Y);
        return x.IsEmpty || y.IsEmpty ? [] : [new(x[0], y[0]), new(x[^1], y[^1])];
    }
}
