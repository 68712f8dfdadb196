namespace AutoDiff.Plots;

/// <summary>A panel in characters: lines and points in braille, bars and heat maps in blocks; letters tell marks apart, as there are no colours.</summary>
public static class Terminal
{
    /// <summary>A panel with its title, axes and legend, in so many columns and rows at most; in fewer than 24 or 9 its marks alone.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no column or no row.</exception>
    /// <exception cref="ArgumentException">The panel cannot be drawn.</exception>
    public static string Of(Panel panel, int columns, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        var frame = Frame.Of(panel);
        if (columns < 24 || rows < 9)
            return string.Join('\n', Marks(frame, columns, rows).Lines);
        string[] legend = [.. Legend(frame, columns).Take(rows - 8)];
        var height = rows - 5 - legend.Length;
        var ticks = frame.Y.Ticks(Math.Max(1, height / 3));
        var left = Math.Min(columns / 2, 1 + ticks.Select(tick => tick.Label.Length).DefaultIfEmpty(0).Max());
        var canvas = Marks(frame, columns - left, height);
        var labels = ticks.ToLookup(tick => canvas.Row(frame.Y.Place(tick.Value)), tick => tick.Label + '┤');
        var body = canvas.Lines.Select((line, row) => labels[row].Append("│").First().PadLeft(left)[^left..] + line);
        var (axis, numbers) = XAxis(frame, canvas, left, columns);
        var below = panel.X.Label.PadLeft((columns + left + panel.X.Label.Length) / 2);
        string[] lines = [panel.Title, panel.Y.Label, .. body, axis, numbers, below, .. legend];
        return string.Join('\n', lines.Select(line => line[..Math.Min(line.Length, columns)].TrimEnd()));
    }

    /// <summary>The axis to the right, and as many of its ticks' labels below as have room.</summary>
    private static (string Axis, string Labels) XAxis(Frame frame, Canvas canvas, int left, int columns)
    {
        var (axis, labels) = ($"{"└".PadLeft(left)}{new string('─', columns - left)}".ToCharArray(), "");
        foreach (var tick in frame.XTicks(Math.Max(1, (columns - left) / 12)))
        {
            var at = left + canvas.Column(frame.X.Place(tick.Value));
            var label = tick.Label[..Math.Min(tick.Label.Length, columns)];
            var start = Math.Clamp(at - label.Length / 2, 0, columns - label.Length);
            if (labels != "" && start <= labels.Length)
                continue;
            axis[at] = '┬';
            labels = labels.PadRight(start) + label;
        }
        return (new(axis), labels);
    }

    private static Canvas Marks(Frame frame, int width, int height)
    {
        var canvas = new Canvas(width, height);
        foreach (var shape in frame.Layers.SelectMany(layer => layer.Shapes))
            canvas.Draw(shape);
        var anchors =
            from entry in frame.Legend.Select((entry, i) => (entry.Layers, Place: i))
            where frame.Legend.Length > 1
            from shape in entry.Layers.SelectMany(layer => layer.Shapes)
            from at in Anchors(shape, (entry.Place + 0.5) / frame.Legend.Length)
            select (At: at, Letter: Letter(entry.Place));
        foreach (var (at, letter) in anchors)
            canvas.Put(at, letter);
        return canvas;
    }

    /// <summary>Where a mark's letter stands: on points and bars, and at three places of a line, other ones for each mark.</summary>
    private static IEnumerable<Point> Anchors(Shape shape, double shift)
    {
        return shape switch
        {
            Shape.Dots dots => dots.Points,
            Shape.Block { Shade: null } block => [Point.Between(block.Low, block.High, 0.5)],
            Shape.Stroke { Points.Length: > 0 } line => Enumerable
                .Range(0, 3)
                .Select(third => On(line.Points, (third + shift) / 3))
                .Where(at => at.IsFinite),
            _ => [],
        };

        static Point On(ImmutableArray<Point> line, double share)
        {
            var place = share * (line.Length - 1);
            return Point.Between(line[(int)place], line[(int)Math.Ceiling(place)], place % 1);
        }
    }

    /// <summary>Names with their letters, and what shades stand for, as many on a line as have room.</summary>
    private static List<string> Legend(Frame frame, int columns)
    {
        var entries = frame.Legend.Select((entry, i) => frame.Legend.Length > 1 ? $"{Letter(i)} {entry.Name}" : entry.Name);
        if (frame.Shades is { } shades)
            entries = entries.Append($"{Canvas.Shades[0]} {Ticks.Text(shades.From)} to {Canvas.Shades[^1]} {Ticks.Text(shades.To)}");
        if (frame.Levels is [var least, .., var most])
            entries = entries.Append($"lines from {least.Label} to {most.Label}");
        List<string> lines = [];
        foreach (var entry in entries)
            if (lines is [.., var last] && last.Length + 3 + entry.Length <= columns)
                lines[^1] += "   " + entry;
            else
                lines.Add(entry);
        return lines;
    }

    private static char Letter(int entry) => (char)('a' + entry % 26);
}
