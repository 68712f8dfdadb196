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
            Mark.Path m => Walk(m),
            Mark.Step m => [Stroke(Stairs(At(m)), m.Name)],
            Mark.Scatter m => [Dots(m.X, m.Y, m.Symbol, m.X.Length > MostTips ? 1.5 : 2.75, m.Labels)],
            Mark.Bar m => m.Categories.Zip(m.Heights).SelectMany(bar => Bar(m, bar.First, bar.Second)),
            Mark.Histogram m => m.Bins(X.Scale)
                .SelectMany(bin => Block(bin.From, bin.To, 0, bin.Count, $"{Text(bin.From)} to {Text(bin.To)}: {Text(bin.Count)}")),
            Mark.Box m => m.Numbers() is { } numbers ? Box(m, numbers) : [],
            Mark.ErrorBar m =>
            [
                Stroke(m.X.SelectMany((x, i) => Error(Down(x, m.Low[i]), Down(x, m.High[i]))), m.Name),
                Dots(m.X, m.Y, Symbol.Circle, 2.25, []),
            ],
            Mark.Band m => Band([.. m.X.Select((x, i) => (Down(x, m.Low[i]), Down(x, m.High[i])))]),
            Mark.HeatMap m => Cells(m),
            Mark.Contour m => m.Levels().Select(level => Contour(m, level)),
            Mark.Arrows m => Arrows(m),
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

    private static string Text(double value) => Ticks.Text(value);

    private static Shape Stroke(IEnumerable<Point> points, string? name, bool dashed = false) =>
        new Shape.Stroke(Clip.Line(points), name ?? "", dashed);

    private Shape Dots(ImmutableArray<double> x, ImmutableArray<double> y, Symbol symbol, double radius, ImmutableArray<string> labels)
    {
        var all = x.Select((_, i) => (At: At(x[i], y[i]), Tip: labels.IsEmpty ? $"{Text(x[i])}, {Text(y[i])}" : labels[i]));
        var shown = all.Where(dot => Clip.Holds(dot.At)).ToArray();
        var hasTips = !labels.IsEmpty || x.Length <= MostTips;
        return new Shape.Dots([.. shown.Select(dot => dot.At)], symbol, radius, hasTips ? [.. shown.Select(dot => dot.Tip)] : []);
    }

    private static Shape Dots(IEnumerable<Point> points, double radius) =>
        new Shape.Dots([.. points.Where(Clip.Holds)], Symbol.Circle, radius, []);

    private static Shape Heads(IEnumerable<Point> from, IEnumerable<Point> at) =>
        new Shape.Heads([.. from.Zip(at).Where(pair => pair.First.IsFinite && Clip.Holds(pair.Second) && pair.First != pair.Second)]);

    private IEnumerable<Shape> Walk(Mark.Path path)
    {
        Point[] points = [.. At(path).Where(point => point.IsFinite)];
        var between = points.Skip(1).SkipLast(1);
        var last = points.Reverse().SkipWhile(point => point == points[^1]).Take(1); // before it moved no more
        return
        [
            Stroke(At(path), path.Name),
            Dots(points.Length > MostSteps ? [] : between, 1.5),
            Dots(points.Take(1), 3),
            Heads(last, points.TakeLast(1)),
        ];
    }

    private IEnumerable<Shape> Arrows(Mark.Arrows m)
    {
        var ends = m.X.Select((x, i) => (From: At(x, m.Y[i]), To: At(x + m.Dx[i], m.Y[i] + m.Dy[i]))).ToArray();
        return
        [
            Stroke(ends.SelectMany(arrow => (Point[])[arrow.From, arrow.To, Point.Gap]), m.Name),
            Heads(ends.Select(arrow => arrow.From), ends.Select(arrow => arrow.To)),
        ];
    }

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
        var (left, right) = Slot(
            box.Category,
            0.6,
            box,
            Panel.Marks.OfType<Mark.Box>().Where(other => other.Category.Equals(box.Category, StringComparison.Ordinal))
        );
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
        var place = Array.FindIndex(all, other => ReferenceEquals(other, mark));
        var left = Categories.IndexOf(category) - width / 2 + width / all.Length * place;
        return (left, left + width / all.Length);
    }

    private static IEnumerable<Point> Error(Point low, Point high)
    {
        const double Cap = 0.008; // of the axis
        return [low, high, .. Ends(low), .. Ends(high)];

        static Point[] Ends(Point end) => [Point.Gap, end with { X = end.X - Cap }, end with { X = end.X + Cap }, Point.Gap];
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

    private IEnumerable<Shape> Cells(Mark.HeatMap map)
    {
        double[][] numbers = [.. Extents.Drawn(map, X.Scale, Y.Scale).Select(column => column.Numbers.ToArray())];
        var (left, right, low, high, values) = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
        return from i in Enumerable.Range(0, values.Length)
            let shade = Shades!.Place(values[i])
            where double.IsFinite(shade)
            let at = $"{Text(map.X[i % map.X.Length])}, {Text(map.Y[i / map.X.Length])}"
            from block in Block(left[i], right[i], low[i], high[i], values.Length > MostTips ? "" : $"{at}: {Text(values[i])}")
            select block with
            {
                Shade = Math.Clamp(shade, 0, 1),
            };
    }

    private Shape Contour(Mark.Contour grid, double level)
    {
        var points = grid.Lines(level).SelectMany(line => line.Select(point => At(point.X, point.Y)).Append(Point.Gap));
        var place = grid.Colour is null ? Levels.IndexOf(Levels.FirstOrDefault(tick => tick.Value == level)) : -1;
        return new Shape.Stroke(Clip.Line(points), place < 0 ? Text(level) : Levels[place].Label, Thin: true)
        {
            Shade = place < 0 ? null : (double)place / Math.Max(1, Levels.Length - 1),
        };
    }
}
