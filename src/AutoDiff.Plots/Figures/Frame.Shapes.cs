using static AutoDiff.Plots.Ticks;

namespace AutoDiff.Plots;

internal sealed partial record Frame
{
    private const int MostTips = 500; // points or cells; among more, nobody points at one
    private const int MostSteps = 100; // of a walk that has dots
    private const double Far = 1e6; // from the square, where a line's end may be moved and it looks the same

    /// <summary>A mark's shapes, from the lowest.</summary>
    private IEnumerable<Shape> Shapes(Mark mark) =>
        mark switch
        {
            Mark.Line m => [Stroke(At(m), m.Name, m.Dashed)],
            Mark.Path m => Walk(At(m).Where(point => point.IsFinite), At(m), m.Name),
            Mark.Step m => [Stroke(Stairs(At(m)), m.Name)],
            Mark.Scatter m => [Dots(m.X, m.Y, m.Symbol, m.X.Length > MostTips ? 1.5 : 2.75, m.Labels)],
            Mark.Bar m => m.Categories.SelectMany((category, i) => Bar(m, category, m.Heights[i])),
            Mark.Histogram m => m.Bins(X.Scale)
                .SelectMany(bin => Block(bin.From, bin.To, 0, bin.Count, $"{Text(bin.From)} to {Text(bin.To)}: {Text(bin.Count)}")),
            Mark.Box m => m.Numbers() is { } numbers ? Box(m, numbers) : [],
            Mark.ErrorBar m =>
            [
                Stroke(m.X.SelectMany((x, i) => Error(x, m.Low[i], m.High[i])), m.Name),
                Dots(m.X, m.Y, Symbol.Circle, 2.25, []),
            ],
            Mark.Band m => Band([.. m.X.Select((x, i) => (Down(x, m.Low[i]), Down(x, m.High[i])))]),
            Mark.HeatMap m => Cells(m, Extents.Edges(m.X, X.Scale), Extents.Edges(m.Y, Y.Scale)),
            Mark.Contour m => m.Levels().Select(level => Contour(m, level)),
            Mark.Arrows m => Arrows(At(m), Extents.Tips(m).Select(tip => At(tip.X, tip.Y)), m.Name),
            Mark.Text m => At(m)
                .Zip(m.Words)
                .Where(word => Clip.Holds(word.First))
                .Select(word => new Shape.Words(word.First, word.Second)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>A datum's place; a gap where an axis does not show it.</summary>
    private Point At(double x, double y) =>
        new Point(X.Place(x), Y.Place(y)) is { IsFinite: true } at
            ? new(Math.Clamp(at.X, -Far, Far), Math.Clamp(at.Y, -Far, Far))
            : Point.Gap;

    private IEnumerable<Point> At(Mark.Series m) => m.X.Zip(m.Y, At);

    /// <summary>The same; below the axis where the number is too low for its scale.</summary>
    private Point Down(double x, double y) =>
        double.IsFinite(y) && !double.IsFinite(Y.Place(y)) ? At(x, Y.From) with { Y = -Far } : At(x, y);

    private static Shape Stroke(IEnumerable<Point> points, string? name, bool dashed = false) =>
        new Shape.Stroke(Clip.Line(points), name ?? "", dashed);

    private Shape Dots(ImmutableArray<double> x, ImmutableArray<double> y, Symbol symbol, double radius, ImmutableArray<string> labels)
    {
        int[] shown = [.. Enumerable.Range(0, x.Length).Where(i => Clip.Holds(At(x[i], y[i])))];
        var tips =
            labels.IsEmpty && x.Length > MostTips ? [] : shown.Select(i => labels.IsEmpty ? $"{Text(x[i])}, {Text(y[i])}" : labels[i]);
        return new Shape.Dots([.. shown.Select(i => At(x[i], y[i]))], symbol, radius, [.. tips]);
    }

    private static Shape Dots(IEnumerable<Point> points, double radius) =>
        new Shape.Dots([.. points.Where(Clip.Holds)], Symbol.Circle, radius, []);

    private static Shape Heads(IEnumerable<Point> from, IEnumerable<Point> at) =>
        new Shape.Heads([.. from.Zip(at).Where(pair => pair.First.IsFinite && Clip.Holds(pair.Second) && pair.First != pair.Second)]);

    private static IEnumerable<Shape> Walk(IEnumerable<Point> steps, IEnumerable<Point> line, string? name)
    {
        Point[] points = [.. steps];
        var between = points.Skip(1).SkipLast(1);
        var last = points.Reverse().SkipWhile(point => point == points[^1]).Take(1); // before it moved no more
        return
        [
            Stroke(line, name),
            Dots(points.Length > MostSteps ? [] : between, 1.5),
            Dots(points.Take(1), 3),
            Heads(last, points.TakeLast(1)),
        ];
    }

    private static IEnumerable<Shape> Arrows(IEnumerable<Point> from, IEnumerable<Point> at, string? name) =>
        [Stroke(from.Zip(at).SelectMany(pair => (Point[])[pair.First, pair.Second, Point.Gap]), name), Heads(from, at)];

    private static IEnumerable<Point> Stairs(IEnumerable<Point> points) =>
        points
            .Zip(points.Prepend(Point.Gap))
            .SelectMany(pair =>
                (Point[])[pair.Second.IsFinite && pair.First.IsFinite ? pair.Second with { X = pair.First.X } : Point.Gap, pair.First]
            );

    /// <summary>What of a rectangle is within the axes, if anything is.</summary>
    private IEnumerable<Shape> Block(double left, double right, double from, double to, string tip, bool faint = false)
    {
        var (a, b) = (Down(left, Math.Min(from, to)), Down(right, Math.Max(from, to)));
        if (a is { X: <= 1, Y: <= 1 } && b is { X: >= 0, Y: >= 0 })
            yield return new Shape.Block(new(Math.Max(0, a.X), Math.Max(0, a.Y)), new(Math.Min(1, b.X), Math.Min(1, b.Y)), tip, faint);
    }

    private IEnumerable<Shape> Bar(Mark.Bar bar, string category, double height)
    {
        var (left, right) = Slot(category, 0.8, bar, Panel.Marks.OfType<Mark.Bar>());
        return Block(left, right, 0, height, $"{category}: {Text(height)}");
    }

    private IEnumerable<Shape> Box(Mark.Box box, BoxNumbers n)
    {
        var (left, right) = Slot(box.Category, 0.6, box, Panel.Marks.OfType<Mark.Box>().Where(other => other.Category == box.Category));
        var (middle, gap) = (left / 2 + right / 2, double.NaN);
        double[] across = [left, left, right, right, left, gap, left, right, gap, middle, middle, gap, middle, middle];
        double[] up = [n.Lower, n.Upper, n.Upper, n.Lower, n.Lower, gap, n.Median, n.Median, gap, n.Low, n.Lower, gap, n.Upper, n.High];
        var tip = $"{box.Category}: {Text(n.Median)} ({Text(n.Lower)} to {Text(n.Upper)})";
        var outliers = Dots([.. n.Outliers.Select(_ => middle)], n.Outliers, Symbol.Circle, 1.75, [.. n.Outliers.Select(Text)]);
        return [.. Block(left, right, n.Lower, n.Upper, tip, true), Stroke(across.Zip(up, Down), ""), outliers];
    }

    /// <summary>The sides of one of the marks that share a category's place.</summary>
    private (double Left, double Right) Slot(string category, double width, Mark mark, IEnumerable<Mark> sharing)
    {
        Mark[] all = [.. sharing];
        var left =
            Categories.IndexOf(category) - width / 2 + width / all.Length * Array.FindIndex(all, other => ReferenceEquals(other, mark));
        return (left, left + width / all.Length);
    }

    private IEnumerable<Point> Error(double x, double low, double high)
    {
        const double Cap = 0.008; // of the axis
        var (a, b) = (Down(x, low), Down(x, high));
        var caps = new[] { a, b }.SelectMany(end =>
            (Point[])[Point.Gap, end with { X = end.X - Cap }, end with { X = end.X + Cap }, Point.Gap]
        );
        return [a, b, .. caps];
    }

    private static IEnumerable<Shape> Band((Point Low, Point High)[] edges)
    {
        for (int end, start = 0; start < edges.Length; start = end + 1)
        {
            end = Array.FindIndex(edges, start, edge => !edge.Low.IsFinite || !edge.High.IsFinite) is var gap and >= 0 ? gap : edges.Length;
            var run = edges[start..end];
            yield return new Shape.Area(Clip.Area([.. run.Select(edge => edge.Low), .. run.Reverse().Select(edge => edge.High)]));
        }
    }

    private IEnumerable<Shape> Cells(Mark.HeatMap map, ImmutableArray<double> x, ImmutableArray<double> y) =>
        from cell in Enumerable.Range(0, map.Values.Length)
        let at = (Row: cell / map.X.Length, Column: cell % map.X.Length)
        let shade = Shades!.Place(map.Values[cell])
        where double.IsFinite(shade)
        let tip = map.Values.Length > MostTips ? "" : $"{Text(map.X[at.Column])}, {Text(map.Y[at.Row])}: {Text(map.Values[cell])}"
        from block in Block(x[at.Column], x[at.Column + 1], y[at.Row], y[at.Row + 1], tip)
        select block with
        {
            Shade = Math.Clamp(shade, 0, 1),
        };

    private Shape Contour(Mark.Contour grid, double level)
    {
        var points = grid.Lines(level).SelectMany(line => line.Select(point => At(point.X, point.Y)).Append(Point.Gap));
        double? shade = Levels.BinarySearch(level) is var place and >= 0 ? (double)place / Math.Max(1, Levels.Length - 1) : null;
        return new Shape.Stroke(Clip.Line(points), Text(level), Thin: true) { Shade = grid.Colour is null ? shade : null };
    }
}
