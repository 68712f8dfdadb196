using System.Collections.Immutable;
using System.Text;
using static AutoDiff.Plots.Lettering;

namespace AutoDiff.Plots;

/// <summary>A panel's elements, laid out.</summary>
internal sealed record PanelSvg(string Elements, double Height)
{
    private const double Wide = 360;
    private const double High = 270;
    private const double Letters = 11;
    private const double Row = 16;

    public static PanelSvg Of(Panel panel)
    {
        var frame = Frame.Of(panel);
        var text = new StringBuilder();
        var top = 4.0;
        foreach (var line in Wrap(panel.Title, Wide - 8, 13.5, 2))
            Write("class=\"title\"", 4, (top += Row) - 2, line);
        if (panel.Y.Label != "")
            Write("class=\"soft\"", 4, (top += Row) - 3, Cut($"↑ {panel.Y.Label}", Wide - 8, Letters));
        top += 7;
        var names = frame.Categories.IsEmpty ? 0 : frame.Categories.Max(name => Lettering.Width(name, Letters));
        var yTicks = frame.Y.Ticks(5);
        var left = 12 + yTicks.Select(tick => Lettering.Width(tick.Label, Letters)).DefaultIfEmpty(0).Max();
        var shades = Shades(frame);
        var right = shades.Length == 0 ? 12 : 34 + shades.Max(shade => Lettering.Width(shade.Label, Letters));
        var isSlanted = names > (Wide - left - right) / Math.Max(1, frame.Categories.Length) - 4;
        var under = (panel.X.Label == "" ? 4 : Row) + (isSlanted ? 10 + Math.Min(names, 90) / 2 : Row);
        var brush = new Brush(left, top, Wide - left - right, High - top - under);
        var xTicks = isSlanted ? frame.XTicks(0) : Enumerable.Range(0, 7).Select(i => frame.XTicks(7 - i)).First(Fits);
        // grid and axes
        var grid = string.Concat(
            yTicks.Select(tick => $"M{Number(left)} {Number(brush.DownOf(frame.Y.Place(tick.Value)))}h{Number(brush.Width)}")
        );
        if (frame.Categories.IsEmpty)
            grid += string.Concat(
                xTicks.Select(tick => $"M{Number(brush.AcrossOf(frame.X.Place(tick.Value)))} {Number(top)}v{Number(brush.Height)}")
            );
        if (grid != "")
            text.Append($"<path class=\"grid\" d=\"{grid}\"/>\n");
        foreach (var layer in frame.Layers)
            text.Append(brush.Layer(layer));
        text.Append($"<path class=\"axis\" d=\"M{Number(left)} {Number(top)}v{Number(brush.Height)}h{Number(brush.Width)}\"/>\n");
        foreach (var tick in yTicks)
            Write("class=\"soft\" text-anchor=\"end\"", left - 6, brush.DownOf(frame.Y.Place(tick.Value)) + 4, tick.Label);
        foreach (var tick in xTicks)
            if (isSlanted)
            {
                var (x, y) = (brush.AcrossOf(frame.X.Place(tick.Value)) + 3, top + brush.Height + 12);
                Write(
                    $"class=\"soft\" text-anchor=\"end\" transform=\"rotate(-30 {Number(x)} {Number(y)})\"",
                    x,
                    y,
                    Cut(tick.Label, Math.Min(90, x / 0.87), Letters)
                );
            }
            else
                Write("class=\"soft\" text-anchor=\"middle\"", Middle(tick), top + brush.Height + 15, tick.Label);
        if (panel.X.Label != "")
            Write("class=\"soft\" text-anchor=\"end\"", Wide - right, High - 4, Cut($"{panel.X.Label} →", Wide - right - 4, Letters));
        var bar = brush with { Left = Wide - right + 10, Width = 9 };
        text.Append(bar.Layer(Bar(frame)));
        var stride = frame.Shades is null ? (int)Math.Ceiling(shades.Length * 13 / brush.Height) : 1;
        foreach (var (tick, i) in shades.Select((tick, i) => (tick, i)).Where(shade => shade.i % stride == 0))
            Write(
                "class=\"soft\"",
                bar.Left + 13,
                bar.DownOf(frame.Shades?.Place(tick.Value) ?? (i + 0.5) / shades.Length) + 4,
                tick.Label
            );
        var (across, down) = (4.0, High - 2);
        foreach (var (name, layers) in frame.Legend)
        {
            var shown = Cut(name, Wide - 40, Letters);
            var width = 24 + Lettering.Width(shown, Letters);
            (across, down) = down < High || across + width > Wide - 4 ? (4, down + Row) : (across, down);
            text.Append(Key(layers, across, down - 4));
            Write("", across + 24, down, shown);
            across += width + 12;
        }
        return new(text.ToString(), Math.Max(High, down + 6));

        double Middle(Tick tick)
        {
            var half = Lettering.Width(tick.Label, Letters) / 2;
            return Math.Clamp(brush.AcrossOf(frame.X.Place(tick.Value)), half, Wide - half);
        }

        bool Fits(ImmutableArray<Tick> ticks) =>
            ticks.Length < 2
            || ticks
                .Zip(ticks.Skip(1))
                .All(pair =>
                    Middle(pair.Second) - Middle(pair.First)
                    >= 8 + (Lettering.Width(pair.First.Label, Letters) + Lettering.Width(pair.Second.Label, Letters)) / 2
                );

        void Write(string attributes, double x, double y, string words) =>
            text.Append($"<text {attributes}{(attributes == "" ? "" : " ")}x=\"{Number(x)}\" y=\"{Number(y)}\">{Escape(words)}</text>\n");
    }

    private static ImmutableArray<Tick> Shades(Frame frame) =>
        frame.Shades?.Ticks(5) ?? [.. frame.Levels.Select(level => new Tick(level, Ticks.Text(level)))];

    /// <summary>All shades, from the bottom up: as a bar for a heat map, as lines for contours.</summary>
    private static Layer Bar(Frame frame)
    {
        var count = frame.Shades is null ? frame.Levels.Length : 48;
        return new(new Mark.Text([], [], []), -1, [.. Enumerable.Range(0, count).Select(Part)]);

        Shape Part(int i)
        {
            var (low, high, shade) = ((double)i / count, (i + 1.0) / count, i / Math.Max(1, count - 1.0));
            return frame.Shades is null
                ? new Shape.Stroke([new(0, (low + high) / 2), new(1, (low + high) / 2)]) { Shade = shade }
                : new Shape.Block(new(0, low), new(1, high)) { Shade = shade };
        }
    }

    /// <summary>A sample of each kind of shape that a name has.</summary>
    private static string Key(ImmutableArray<Layer> layers, double left, double middle)
    {
        var brush = new Brush(left, middle - 4, 18, 8);
        return string.Concat(
            layers.Select(layer =>
                brush.Layer(layer with { Shapes = [.. layer.Shapes.DistinctBy(shape => shape.GetType()).Select(Sample).OfType<Shape>()] })
            )
        );
    }

    private static Shape? Sample(Shape shape)
    {
        var (start, middle, end) = (new Point(0, 0.5), new Point(0.5, 0.5), new Point(1, 0.5));
        return shape switch
        {
            Shape.Stroke stroke => stroke with { Points = [start, end], Tip = "" },
            Shape.Area => new Shape.Area([new(0, 0), new(0, 1), new(1, 1), new(1, 0)]),
            Shape.Block block => block with { Low = new(0.2, 0), High = new(0.8, 1), Tip = "" },
            Shape.Dots dots => dots with { Points = [middle], Tips = [] },
            Shape.Heads => new Shape.Heads([(start, end)]),
            _ => null,
        };
    }
}
