using System.Collections.Immutable;
using System.Text;
using static AutoDiff.Plots.Lettering;

namespace AutoDiff.Plots;

/// <summary>Writes shapes as elements of SVG into a rectangle.</summary>
internal sealed record Brush(double Left, double Top, double Width, double Height)
{
    private const int Classes = 64; // of a heat map's colours

    public double AcrossOf(double x) => Left + x * Width;

    public double DownOf(double y) => Top + (1 - y) * Height;

    /// <summary>A layer as a group.</summary>
    public string Layer(Layer layer)
    {
        var colour = layer.Colour < 0 ? "" : $" class=\"p{layer.Colour % Style.Colours}\"";
        var cells = layer
            .Shapes.OfType<Shape.Block>()
            .Where(block => block is { Shade: not null, Tip: "" })
            .GroupBy(block => Fill(block.Shade!.Value));
        var body =
            string.Concat(
                layer
                    .Shapes.Where(shape => shape is not Shape.Block { Shade: not null, Tip: "" })
                    .Select(shape => Element(shape, layer.Colour >= Style.Colours))
            )
            + string.Concat(
                cells.Select(same => $"<path class=\"cell\" fill=\"{same.Key}\" d=\"{string.Concat(same.Select(Rectangle))}\"/>\n")
            );
        return body == "" ? "" : $"<g{colour}>\n{body}</g>\n";
    }

    private string Element(Shape shape, bool dashed) =>
        shape switch
        {
            Shape.Stroke { Points.IsEmpty: true }
            or Shape.Area { Points.IsEmpty: true }
            or Shape.Dots { Points.IsEmpty: true }
            or Shape.Heads { Points.IsEmpty: true } => "",
            Shape.Stroke s => Tipped(
                $"path class=\"line{(s.Thin ? " thin" : "")}{(s.Dashed || dashed ? " dash" : "")}{(s.Shade is { } v ? $" v{(int)Math.Round(v * (Style.Levels - 1))}" : "")}\" d=\"{Path(s.Points)}\"",
                s.Tip
            ),
            Shape.Area a => $"<path class=\"area\" d=\"{Path(a.Points)}z\"/>\n",
            Shape.Block b => Tipped(
                $"path class=\"{(b.Shade is null ? b.Faint ? "area" : "fill" : "cell")}\"{(b.Shade is { } v ? $" fill=\"{Fill(v)}\"" : "")} d=\"{Rectangle(b)}\"",
                b.Tip
            ),
            Shape.Dots d => Dots(d),
            Shape.Heads h => $"<path class=\"fill\" d=\"{string.Concat(h.Points.Select(Head))}\"/>\n",
            Shape.Words w => Words(w),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static string Fill(double shade) => Style.Shade(Math.Round(shade * (Classes - 1)) / (Classes - 1));

    private static string Tipped(string start, string tip) =>
        tip == "" ? $"<{start}/>\n" : $"<{start}><title>{Escape(tip)}</title></path>\n";

    private string Rectangle(Shape.Block b) =>
        $"M{Number(AcrossOf(b.Low.X))} {Number(DownOf(b.High.Y))}H{Number(AcrossOf(b.High.X))}V{Number(DownOf(b.Low.Y))}H{Number(AcrossOf(b.Low.X))}z";

    private string Dots(Shape.Dots dots)
    {
        var start =
            dots.Symbol is Symbol.Circle ? $"path class=\"line\" stroke-width=\"{Number(2 * dots.Radius)}\""
            : dots.Symbol is Symbol.Cross ? "path class=\"line\""
            : "path class=\"fill\"";
        var each = dots.Points.Select(point => $"M{Number(AcrossOf(point.X))} {Number(DownOf(point.Y))}{Mark(dots.Symbol, dots.Radius)}");
        return dots.Tips.IsEmpty
            ? $"<{start} d=\"{string.Concat(each)}\"/>\n"
            : string.Concat(each.Zip(dots.Tips, (d, tip) => Tipped($"{start} d=\"{d}\"", tip)));
    }

    /// <summary>A point's outline, from its middle; a circle is a line without length with round ends.</summary>
    public static string Mark(Symbol symbol, double r) =>
        symbol switch
        {
            Symbol.Circle => "h0",
            Symbol.Square => $"m{Number(-0.9 * r)} {Number(-0.9 * r)}h{Number(1.8 * r)}v{Number(1.8 * r)}h{Number(-1.8 * r)}z",
            Symbol.Triangle => $"m0 {Number(-1.2 * r)}l{Number(1.1 * r)} {Number(2 * r)}h{Number(-2.2 * r)}z",
            Symbol.Diamond =>
                $"m0 {Number(-1.3 * r)}l{Number(1.3 * r)} {Number(1.3 * r)} {Number(-1.3 * r)} {Number(1.3 * r)} {Number(-1.3 * r)} {Number(-1.3 * r)}z",
            Symbol.Cross =>
                $"m{Number(-r)} {Number(-r)}l{Number(2 * r)} {Number(2 * r)}m0 {Number(-2 * r)}l{Number(-2 * r)} {Number(2 * r)}",
        };

    private string Head((Point From, Point At) head)
    {
        var (x, y) = (AcrossOf(head.At.X), DownOf(head.At.Y));
        var angle = Math.Atan2(y - DownOf(head.From.Y), x - AcrossOf(head.From.X));
        var corners = new[] { angle + 2.75, angle - 2.75 }.Select(turn =>
            $"L{Number(x + 6.5 * Math.Cos(turn))} {Number(y + 6.5 * Math.Sin(turn))}"
        );
        return $"M{Number(x)} {Number(y)}{string.Concat(corners)}z";
    }

    private string Words(Shape.Words words)
    {
        var (x, y) = (AcrossOf(words.At.X), DownOf(words.At.Y));
        var isRight = x + 4 + Lettering.Width(words.Text, 11) <= Left + Width;
        return $"<text class=\"halo\" x=\"{Number(isRight ? x + 4 : x - 4)}\" y=\"{Number(Math.Max(Top + 9, y - 4))}\"{(isRight ? "" : " text-anchor=\"end\"")}>{Escape(words.Text)}</text>\n";
    }

    /// <summary>Lines from point to point in hundredths, those left out that nobody can tell from the one before.</summary>
    public string Path(ImmutableArray<Point> points)
    {
        var text = new StringBuilder();
        (long X, long Y)? pen = null;
        for (var i = 0; i < points.Length; i++)
        {
            if (!points[i].IsFinite)
            {
                pen = null;
                continue;
            }
            var (x, y) = ((long)Math.Round(100 * AcrossOf(points[i].X)), (long)Math.Round(100 * DownOf(points[i].Y)));
            var isLast = i + 1 == points.Length || !points[i + 1].IsFinite;
            if (pen is not var (fromX, fromY))
                text.Append("M").Append(Number(x / 100.0)).Append(' ').Append(Number(y / 100.0)).Append(isLast ? "h0" : "l");
            else if (isLast || Math.Abs(x - fromX) > 15 || Math.Abs(y - fromY) > 15)
                text.Append(text[^1] == 'l' || x < fromX ? "" : " ")
                    .Append(Number((x - fromX) / 100.0))
                    .Append(y < fromY ? "" : " ")
                    .Append(Number((y - fromY) / 100.0));
            else
                continue;
            pen = (x, y);
        }
        return text.ToString();
    }
}
