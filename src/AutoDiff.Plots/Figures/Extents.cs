namespace AutoDiff.Plots;

/// <summary>What is drawn of marks' data, and where it reaches to.</summary>
internal static class Extents
{
    /// <summary>A mark's data, or in their place what follows from them: bins on a ground, edges of cells, ends of arrows.</summary>
    public static ImmutableArray<Column> Drawn(Mark mark, Scale x, Scale y, double ground = 0)
    {
        return mark switch
        {
            Mark.Histogram m => Column.Table("x x2 count ground", m.Bins(x).Select(bin => (double[])[bin.From, bin.To, bin.Count, ground])),
            Mark.Arrows m => Column.Table(
                "x y x2 y2",
                m.X.Select((_, i) => (double[])[m.X[i], m.Y[i], m.X[i] + m.Dx[i], m.Y[i] + m.Dy[i]])
            ),
            Mark.HeatMap m => Cells(m, Edges(m.X, x), Edges(m.Y, y)),
            _ => Column.Of(mark),
        };

        static ImmutableArray<Column> Cells(Mark.HeatMap m, ImmutableArray<double> x, ImmutableArray<double> y) =>
            Column.Table(
                "x x2 y y2 value",
                from i in Enumerable.Range(0, m.Values.Length)
                let at = (Row: i / m.X.Length, Column: i % m.X.Length)
                select (double[])[x[at.Column], x[at.Column + 1], y[at.Row], y[at.Row + 1], m.Values[i]]
            );
    }

    /// <summary>Points that the axes hold; those of categories are at 0.</summary>
    public static IEnumerable<Point> Points(Mark mark, Scale x, Scale y)
    {
        var columns = Drawn(mark, x, y).Where(column => column.Words.IsEmpty).ToLookup(column => column.Name[0] == 'x');
        var points =
            from up in columns[false]
            where mark is not Mark.Grid || up.Name is not "value"
            from i in Enumerable.Range(0, up.Count)
            from across in columns[true].Select(column => column.Numbers[i]).DefaultIfEmpty(0)
            select new Point(across, up.Numbers[i]);
        return mark is Mark.Bar ? points.Append(new(0, 0)) : points;
    }

    /// <summary>Points beyond which the axes need show nothing.</summary>
    public static IEnumerable<Point> Ends(Mark mark, Scale x, Scale y) =>
        mark is Mark.Grid ? Points(mark, x, y)
        : mark is Mark.Bar or Mark.Histogram ? [new(double.NaN, 0)]
        : [];

    /// <summary>The categories that a mark stands at.</summary>
    public static IEnumerable<string> Categories(Mark mark) =>
        mark is Mark.Bar bar ? bar.Categories
        : mark is Mark.Box box ? [box.Category]
        : [];

    /// <summary>The edges of cells, halfway on the scale between their middles.</summary>
    private static ImmutableArray<double> Edges(ImmutableArray<double> middles, Scale scale)
    {
        double[] at = [.. middles.Select(scale.Forward)];
        IEnumerable<double> edges = at.Length switch
        {
            0 => [],
            1 => [at[0] - scale.Room(at[0]), at[0] + scale.Room(at[0])],
            _ => [1.5 * at[0] - at[1] / 2, .. at.Zip(at.Skip(1), (a, b) => a / 2 + b / 2), 1.5 * at[^1] - at[^2] / 2],
        };
        return [.. edges.Select(scale.Number)];
    }
}
