using System.Collections.Immutable;

namespace AutoDiff.Plots;

/// <summary>Turns a panel's marks into shapes.</summary>
internal sealed record Shapes(
    ImmutableArray<Mark> Marks,
    ImmutableArray<string> Categories,
    Domain X,
    Domain Y,
    Domain? Shades,
    ImmutableArray<double> Levels
)
{
    private const int MostTips = 500; // points or cells; among more, nobody points at one
    private const int MostSteps = 100; // of a walk that has dots
    private const double Far = 1e6; // from the square, where a line's end may be moved and it looks the same

    /// <summary>A mark's shapes, from the lowest.</summary>
    public IEnumerable<Shape> Of(Mark mark) =>
        mark switch
        {
            Mark.Line m => [Stroke(At(m.X, m.Y), m.Name, m.Dashed)],
            Mark.Path m => Walk([.. At(m.X, m.Y)], m),
            Mark.Step m => [Stroke(Stairs(At(m.X, m.Y)), m.Name)],
            Mark.Scatter m => [Dots(m.X, m.Y, m.Symbol, m.X.Length > MostTips ? 1.5 : 2.75, m.Labels)],
            Mark.Bar m => m.Categories.SelectMany((category, i) => Bar(m, category, m.Heights[i])),
            Mark.Histogram m => m.Bins(X.Scale).SelectMany(Bin),
            Mark.Box m => m.Numbers() is { } numbers ? Box(m, numbers) : [],
            Mark.ErrorBar m =>
            [
                Stroke(m.X.SelectMany((x, i) => Error(x, m.Low[i], m.High[i])), m.Name),
                Dots(m.X, m.Y, Symbol.Circle, 2.25, []),
            ],
            Mark.Band m => Band(m),
            Mark.HeatMap m => Cells(m),
            Mark.Contour m => m.Levels().Select(level => Contour(m, level)),
            Mark.Arrows m => Arrows(At(m.X, m.Y), Extents.Tips(m).Select(tip => At(tip.X, tip.Y)), m),
            Mark.Text m => At(m.X, m.Y)
                .Zip(m.Words)
                .Where(word => Clip.Holds(word.First))
                .Select(word => new Shape.Words(word.First, word.Second)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private Point At(double x, double y) =>
        new Point(X.Place(x), Y.Place(y)) is { IsFinite: true } place
            ? new(Math.Clamp(place.X, -Far, Far), Math.Clamp(place.Y, -Far, Far))
            : Point.Gap;

    private IEnumerable<Point> At(IEnumerable<double> x, IEnumerable<double> y) => x.Zip(y, At);

    /// <summary>A place, or one below the axis for a number too low for its scale.</summary>
    private Point Above(double x, double y) =>
        double.IsFinite(y) && !double.IsFinite(Y.Place(y)) && At(x, Y.From) is { IsFinite: true } ground
            ? ground with
            {
                Y = -Far,
            }
            : At(x, y);

    private static Shape.Stroke Stroke(IEnumerable<Point> points, string? name, bool dashed = false) =>
        new(Clip.Line(points), name ?? "", dashed);

    private Shape.Dots Dots(ImmutableArray<double> x, ImmutableArray<double> y, Symbol symbol, double radius, ImmutableArray<string> labels)
    {
        int[] shown = [.. Enumerable.Range(0, x.Length).Where(i => Clip.Holds(At(x[i], y[i])))];
        var tips = shown
            .Where(_ => !labels.IsEmpty || x.Length <= MostTips)
            .Select(i => labels.IsEmpty ? $"{Name(x[i])}, {Ticks.Text(y[i])}" : labels[i]);
        return new([.. shown.Select(i => At(x[i], y[i]))], symbol, radius, [.. tips]);
    }

    private string Name(double x) =>
        Categories.IsEmpty || x % 1 != 0 || x < 0 || x >= Categories.Length ? Ticks.Text(x) : Categories[(int)x];

    private static IEnumerable<Shape> Walk(ImmutableArray<Point> points, Mark mark)
    {
        yield return Stroke(points, mark.Name);
        ImmutableArray<Point> steps = [.. points.Where(point => point.IsFinite)];
        if (steps.Length <= MostSteps)
            yield return new Shape.Dots([.. steps.Skip(1).SkipLast(1).Where(Clip.Holds)], Symbol.Circle, 1.5, []);
        yield return new Shape.Dots([.. steps.Take(1).Where(Clip.Holds)], Symbol.Circle, 3, []);
        yield return Heads(steps.Reverse().SkipWhile(point => point == steps[^1]).Take(1), steps.Reverse());
    }

    private static Shape.Heads Heads(IEnumerable<Point> from, IEnumerable<Point> at) =>
        new([.. from.Zip(at).Where(pair => pair.First.IsFinite && Clip.Holds(pair.Second) && pair.First != pair.Second)]);

    private static IEnumerable<Shape> Arrows(IEnumerable<Point> from, IEnumerable<Point> at, Mark mark) =>
        [Stroke(from.Zip(at).SelectMany(pair => (Point[])[pair.First, pair.Second, Point.Gap]), mark.Name), Heads(from, at)];

    private static IEnumerable<Point> Stairs(IEnumerable<Point> points)
    {
        var before = Point.Gap;
        foreach (var point in points)
        {
            yield return before.IsFinite && point.IsFinite ? before with { X = point.X } : Point.Gap;
            yield return before = point;
        }
    }

    private IEnumerable<Shape> Block(double from, double to, double low, double high, string tip, bool faint = false)
    {
        var (a, b) = (Above(from, low), Above(to, high));
        var (least, most) = (new Point(Math.Min(a.X, b.X), Math.Min(a.Y, b.Y)), new Point(Math.Max(a.X, b.X), Math.Max(a.Y, b.Y)));
        if (least is { X: <= 1, Y: <= 1 } && most is { X: >= 0, Y: >= 0 })
            yield return new Shape.Block(
                new(Math.Max(0, least.X), Math.Max(0, least.Y)),
                new(Math.Min(1, most.X), Math.Min(1, most.Y)),
                tip,
                faint
            );
    }

    private IEnumerable<Shape> Bar(Mark.Bar bar, string category, double height)
    {
        var (middle, width) = Slot(category, 0.8, [.. Marks.OfType<Mark.Bar>()], bar);
        return Block(middle - width / 2, middle + width / 2, 0, height, $"{category}: {Ticks.Text(height)}");
    }

    private IEnumerable<Shape> Bin(Bin bin) =>
        Block(bin.From, bin.To, 0, bin.Count, $"{Ticks.Text(bin.From)} to {Ticks.Text(bin.To)}: {Ticks.Text(bin.Count)}");

    private IEnumerable<Shape> Box(Mark.Box box, BoxNumbers n)
    {
        var (middle, width) = Slot(box.Category, 0.6, [.. Marks.OfType<Mark.Box>().Where(other => other.Category == box.Category)], box);
        var (left, right) = (middle - width / 2, middle + width / 2);
        var tip = $"{box.Category}: {Ticks.Text(n.Median)} ({Ticks.Text(n.Lower)} to {Ticks.Text(n.Upper)})";
        (double X, double Y)[] lines =
        [
            (left, n.Lower),
            (left, n.Upper),
            (right, n.Upper),
            (right, n.Lower),
            (left, n.Lower),
            (left, double.NaN),
            (left, n.Median),
            (right, n.Median),
            (left, double.NaN),
            (middle, n.Low),
            (middle, n.Lower),
            (left, double.NaN),
            (middle, n.Upper),
            (middle, n.High),
        ];
        return
        [
            .. Block(left, right, n.Lower, n.Upper, tip, true),
            Stroke(lines.Select(point => Above(point.X, point.Y)), ""),
            Dots([.. n.Outliers.Select(_ => middle)], n.Outliers, Symbol.Circle, 1.75, []),
        ];
    }

    /// <summary>The middle and width of one of the marks that share a category's place.</summary>
    private (double Middle, double Width) Slot(string category, double width, Mark[] sharing, Mark mark)
    {
        var each = width / sharing.Length;
        var index = Array.FindIndex(sharing, other => ReferenceEquals(other, mark));
        return (Categories.IndexOf(category) - width / 2 + each * (index + 0.5), each);
    }

    private IEnumerable<Point> Error(double x, double low, double high)
    {
        var (a, b, cap) = (Above(x, low), Above(x, high), 0.008);
        return
        [
            a,
            b,
            Point.Gap,
            a with
            {
                X = a.X - cap,
            },
            a with
            {
                X = a.X + cap,
            },
            Point.Gap,
            b with
            {
                X = b.X - cap,
            },
            b with
            {
                X = b.X + cap,
            },
            Point.Gap,
        ];
    }

    private IEnumerable<Shape> Band(Mark.Band band)
    {
        var edges = band.X.Select((x, i) => (Low: Above(x, band.Low[i]), High: Above(x, band.High[i]))).ToArray();
        for (int end, start = 0; start < edges.Length; start = end + 1)
        {
            end = Array.FindIndex(edges, start, edge => !edge.Low.IsFinite || !edge.High.IsFinite) is var gap and >= 0 ? gap : edges.Length;
            var run = edges[start..end];
            yield return new Shape.Area(Clip.Area(run.Select(edge => edge.Low).Concat(run.Reverse().Select(edge => edge.High))));
        }
    }

    private IEnumerable<Shape> Cells(Mark.HeatMap map)
    {
        var (x, y) = (Extents.Edges(map.X, X.Scale), Extents.Edges(map.Y, Y.Scale));
        return map.Values.SelectMany(
            (value, cell) =>
            {
                var (row, column) = Math.DivRem(cell, map.X.Length);
                var tip = map.Values.Length > MostTips ? "" : $"{Name(map.X[column])}, {Ticks.Text(map.Y[row])}: {Ticks.Text(value)}";
                return Shades!.Place(value) is var shade && double.IsFinite(shade)
                    ? Block(x[column], x[column + 1], y[row], y[row + 1], tip)
                        .Select(block => block with { Shade = Math.Clamp(shade, 0, 1) })
                    : [];
            }
        );
    }

    private Shape Contour(Mark.Contour grid, double level)
    {
        var points = grid.Lines(level).SelectMany(line => line.Select(point => At(point.X, point.Y)).Append(Point.Gap));
        double? shade = Levels.BinarySearch(level) is var place and >= 0 ? (double)place / Math.Max(1, Levels.Length - 1) : null;
        return new Shape.Stroke(Clip.Line(points), Ticks.Text(level), Thin: true) { Shade = shade };
    }
}
