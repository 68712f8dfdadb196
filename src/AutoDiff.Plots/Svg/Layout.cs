using System.Text;
using static AutoDiff.Plots.Lettering;

namespace AutoDiff.Plots;

/// <summary>A panel's elements, laid out so that none covers another.</summary>
internal sealed record Layout(string Elements, double Height)
{
    public const double Wide = 360;
    private const double High = 270;
    private const double Size = 11; // of letters
    private const double Row = 16;
    private const double Longest = 110; // name of a category that is slanted
    private const string Soft = " class=\"soft\"";
    private const string SoftEnd = " class=\"soft\" text-anchor=\"end\"";

    public static Layout Of(Panel panel)
    {
        var (frame, text) = (Frame.Of(panel), new StringBuilder());

        // The title in bold letters, which are wider, as large as has room on two rows.
        var titles = new[] { 13, 12, Size }.Select(size => (Size: size, Lines: Wrap(panel.Title, Wide - 8, size * 1.05, 2))).ToArray();
        var title = titles.Where(title => !title.Lines.Any(line => line.EndsWith('…'))).Append(titles[^1]).First();
        for (var i = 0; i < title.Lines.Length; i++)
            Write($" class=\"title\" font-size=\"{title.Size}\"", 4, Row * (i + 1) + 2, title.Lines[i]);
        var top = Row * (title.Lines.Length + 1) + 1;
        var map = panel.Marks.FirstOrDefault(mark => mark is Mark.HeatMap or Mark.Contour { Colour: null })?.Name ?? "";
        map = Cut(map, Wide / 2, Size);
        Write(Soft, 4, top, Cut(panel.Y.Label == "" ? "" : $"↑ {panel.Y.Label}", Wide - 20 - Wider(map), Size));
        Write(SoftEnd, Wide - 4, top, map);
        top += panel.Y.Label + map == "" ? 8 - Row : 10;

        // The rectangle that labels leave.
        var (yTicks, shades) = (frame.Y.Ticks(6), frame.Shades?.Ticks(5) ?? frame.Levels);
        var (left, right) = (12 + yTicks.Max(tick => Wider(tick.Label)), shades.IsEmpty ? 12 : 34 + shades.Max(tick => Wider(tick.Label)));
        var names = frame.Categories.Select(Wider).DefaultIfEmpty(0).Max();
        var isSlanted = names > (Wide - left - right) / Math.Max(1, frame.Categories.Length) - 8;
        var bottom = (panel.X.Label == "" ? 4 : Row) + (isSlanted ? 12 + Math.Min(names, Longest) / 2 : Row);
        var brush = new Brush(left, top, Wide - left - right, High - top - bottom);
        var apart = 1 + (int)(13 * frame.Categories.Length / brush.Width);
        var xTicks = isSlanted
            ? [.. frame.XTicks(0).Where((_, i) => i % apart == 0)]
            : Enumerable.Range(0, 7).Select(i => frame.XTicks(7 - i)).Append([.. frame.XTicks(1).Take(1)]).First(Fits);

        var grid = string.Concat(yTicks.Select(tick => $"M{Pair(left, brush.Down(frame.Y.Place(tick.Value)))}h{Number(brush.Width)}"));
        if (frame.Categories.IsEmpty)
            grid += string.Concat(xTicks.Select(tick => $"M{Pair(Across(tick), top)}v{Number(brush.Height)}"));
        text.Append($"<path class=\"grid\" d=\"{grid}\"/>\n");
        text.Append($"<path class=\"axis\" d=\"M{Pair(left, top)}v{Number(brush.Height)}h{Number(brush.Width)}\"/>\n");
        foreach (var layer in frame.Layers)
            text.Append(brush.Layer(layer));

        foreach (var tick in yTicks)
            Write(SoftEnd, left - 6, brush.Down(frame.Y.Place(tick.Value)) + 4, tick.Label);
        var (x, y) = (0.0, top + brush.Height + 15);
        foreach (var tick in xTicks)
            if (isSlanted)
                Write(
                    $"{SoftEnd} transform=\"rotate(-30 {Pair(x = Across(tick) + 4, y - 3)})\"",
                    x,
                    y - 3,
                    Cut(tick.Label, Math.Min(Longest, x / 0.87), Size)
                );
            else
                Write($"{Soft} text-anchor=\"middle\"", Middle(tick), y, tick.Label);
        Write(SoftEnd, Wide - right, High - 4, panel.X.Label == "" ? "" : Cut($"{panel.X.Label} →", Wide - right - 4, Size));

        var bar = brush with { Left = Wide - right + 10, Width = 9 };
        text.Append(bar.Layer(new(new Mark.Text([], [], []), Bar(frame))));
        var every = frame.Shades is null ? 1 + (int)(13 * shades.Length / brush.Height) : 1;
        for (var i = 0; i < shades.Length; i += every)
            Write(Soft, bar.Left + 13, bar.Down(frame.Shades?.Place(shades[i].Value) ?? (i + 0.5) / shades.Length) + 4, shades[i].Label);

        (x, y) = (4, High - 2);
        foreach (var (name, layers) in frame.Legend)
        {
            var shown = Cut(name, Wide - 32, Size);
            (x, y) = y < High || x + 24 + Wider(shown) > Wide - 4 ? (4, y + Row) : (x, y);
            var key = new Brush(x, y - 8, 18, 8);
            foreach (var layer in layers)
                text.Append(key.Layer(layer with { Shapes = [.. layer.Shapes.DistinctBy(shape => shape.GetType()).Select(Sample)] }));
            Write("", x + 24, y, shown);
            x += 36 + Wider(shown);
        }
        return new(text.ToString(), frame.Legend.IsEmpty ? High : y + 6);

        double Across(Tick tick) => brush.Across(frame.X.Place(tick.Value));

        double Middle(Tick tick) => Math.Clamp(Across(tick), Wider(tick.Label) / 2, Wide - Wider(tick.Label) / 2);

        bool Fits(ImmutableArray<Tick> ticks) =>
            ticks
                .Zip(ticks.Skip(1))
                .All(pair => Middle(pair.Second) - Middle(pair.First) >= 8 + Wider(pair.First.Label + pair.Second.Label) / 2);

        void Write(string attributes, double x, double y, string words) =>
            text.Append(words == "" ? "" : $"<text{attributes} x=\"{Number(x)}\" y=\"{Number(y)}\">{Escape(words)}</text>\n");
    }

    private static double Wider(string text) => Lettering.Width(text, Size);

    /// <summary>All shades, from the bottom up: as cells for a heat map, as lines for contours.</summary>
    private static ImmutableArray<Shape> Bar(Frame frame)
    {
        var count = frame.Shades is null ? frame.Levels.Length : 48;
        return [.. Enumerable.Range(0, count).Select(i => Part(i) with { Shade = i / Math.Max(1, count - 1.0) })];

        Shape Part(double i) =>
            frame.Shades is null
                ? new Shape.Stroke([new(0, (i + 0.5) / count), new(1, (i + 0.5) / count)])
                : new Shape.Block(new(0, i / count), new(1, (i + 1) / count));
    }

    /// <summary>A shape as a legend shows it.</summary>
    private static Shape Sample(Shape shape) =>
        shape switch
        {
            Shape.Stroke stroke => stroke with { Points = [new(0, 0.5), new(1, 0.5)], Tip = "" },
            Shape.Block block => block with { Low = new(0.2, 0), High = new(0.8, 1), Tip = "" },
            Shape.Dots dots => dots with { Points = [new(0.5, 0.5)], Tips = [] },
            Shape.Heads heads => heads with { Points = [(new(0, 0.5), new(1, 0.5))] },
            _ => new Shape.Area([new(0, 0), new(0, 1), new(1, 1), new(1, 0)]),
        };
}
