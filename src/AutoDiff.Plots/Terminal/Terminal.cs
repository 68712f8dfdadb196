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
        var ticks = frame
            .Y.Ticks(Math.Max(1, height / 3))
            .ToLookup(tick => height - 1 - (int)Math.Min(height - 1, frame.Y.Place(tick.Value) * height));
        var left = Math.Min(columns / 2, 1 + ticks.SelectMany(row => row).Select(tick => tick.Label.Length).DefaultIfEmpty(0).Max());
        var canvas = Marks(frame, columns - left, height);
        var (axis, labels) = (
            $"{"└".PadLeft(left)}{new string('─', columns - left)}".ToCharArray(),
            new string(' ', columns).ToCharArray()
        );
        var free = 0;
        foreach (var tick in frame.XTicks(Math.Max(1, (columns - left) / 12)))
        {
            var at = left + canvas.Column(new(frame.X.Place(tick.Value), 0));
            var label = tick.Label[..Math.Min(tick.Label.Length, columns)];
            var start = Math.Clamp(at - (label.Length / 2), 0, columns - label.Length);
            if (start < free)
                continue;
            axis[at] = '┬';
            label.CopyTo(0, labels, start, label.Length);
            free = start + label.Length + 1;
        }
        var body = canvas.Lines.Select(
            (line, row) => (ticks[row].Select(tick => tick.Label + '┤').FirstOrDefault() ?? "│").PadLeft(left)[^left..] + line
        );
        string[] lines =
        [
            panel.Title,
            panel.Y.Label,
            .. body,
            new(axis),
            new(labels),
            panel.X.Label.PadLeft((columns + left + panel.X.Label.Length) / 2),
            .. legend,
        ];
        return string.Join('\n', lines.Select(line => line[..Math.Min(line.Length, columns)].TrimEnd()));
    }

    private static Canvas Marks(Frame frame, int width, int height)
    {
        var canvas = new Canvas(width, height);
        foreach (var shape in frame.Layers.SelectMany(layer => layer.Shapes))
            canvas.Draw(shape);
        if (frame.Legend.Length > 1)
            for (var i = 0; i < frame.Legend.Length; i++)
                foreach (
                    var at in frame
                        .Legend[i]
                        .Layers.SelectMany(layer => layer.Shapes)
                        .SelectMany(shape => Anchors(shape, (i + 0.5) / frame.Legend.Length))
                )
                    canvas.Put(at, Letter(i));
        return canvas;
    }

    /// <summary>Where a mark's letter stands: on points and bars, and at three places of a line, other ones for each mark.</summary>
    private static IEnumerable<Point> Anchors(Shape shape, double shift) =>
        shape switch
        {
            Shape.Dots dots => dots.Points,
            Shape.Block { Shade: null } block => [Point.Between(block.Low, block.High, 0.5)],
            Shape.Stroke { Points.Length: > 0 } line => from third in Enumerable.Range(0, 3)
            let place = (third + shift) / 3 * (line.Points.Length - 1)
            let at = Point.Between(line.Points[(int)place], line.Points[(int)Math.Ceiling(place)], place % 1)
            where at.IsFinite
            select at,
            _ => [],
        };

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

    private static char Letter(int entry) => (char)('a' + (entry % 26));
}
