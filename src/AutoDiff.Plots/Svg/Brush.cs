using System.Text;
using static AutoDiff.Plots.Lettering;

namespace AutoDiff.Plots;

/// <summary>Writes shapes as elements into a rectangle.</summary>
internal sealed record Brush(double Left, double Top, double Width, double Height)
{
    private const int Shades = 64; // of a heat map
    private readonly List<(double Left, double Right, double Y)> _words = [];

    public double Across(double x) => Left + x * Width;

    public double Down(double y) => Top + (1 - y) * Height;

    /// <summary>A layer as a group; of cells without words, all of one shade as one element.</summary>
    public string Layer(Layer layer)
    {
        var shapes = layer.Shapes.ToLookup(shape => shape is Shape.Block { Shade: not null, Tip: "" });
        var cells = shapes[true].Cast<Shape.Block>().GroupBy(cell => Fill(cell.Shade!.Value), StringComparer.Ordinal);
        var body =
            string.Concat(shapes[false].Select(shape => Element(shape, layer.Colour)))
            + string.Concat(cells.Select(same => $"<path {same.Key} d=\"{string.Concat(Rows(same).Select(Outline))}\"/>\n"));
        return body == "" ? ""
            : layer.Colour < 0 ? $"<g>\n{body}</g>\n"
            : $"<g class=\"p{layer.Colour % Style.Palette.Length}\">\n{body}</g>\n";
    }

    private string Element(Shape shape, int colour) =>
        shape switch
        {
            Shape.Stroke { Points: not [] } s => Tipped($"class=\"line{Kind(s, colour)}\" d=\"{Path(s.Points)}\"", s.Tip),
            Shape.Area { Points: not [] } a => Tipped($"class=\"area\" d=\"{Path(a.Points)}z\""),
            Shape.Block { Shade: { } shade } b => Tipped($"{Fill(shade)} d=\"{Outline(b)}\"", b.Tip),
            Shape.Block b => Tipped($"class=\"{(b.Faint ? "area" : "fill")}\" d=\"{Outline(b)}\"", b.Tip),
            Shape.Dots { Tips: [] } d => Dots(d, d.Points),
            Shape.Dots d => string.Concat(d.Points.Zip(d.Tips, (point, tip) => Dots(d, [point], tip))),
            Shape.Heads { Points: not [] } h => Tipped($"class=\"fill\" d=\"{string.Concat(h.Points.Select(Head))}\""),
            Shape.Words w => Words(w),
            _ => "",
        };

    private static string Kind(Shape.Stroke s, int colour) =>
        (s.Thin ? " thin" : "")
        + (s.Thin && s.Shade is null && colour < 0 ? " faint" : "")
        + (s.Dashed || colour >= Style.Palette.Length ? " dash" : "")
        + (s.Shade is { } shade ? $" v{(int)Math.Round(shade * (Style.Levels - 1))}" : "");

    private static string Tipped(string attributes, string tip = "") =>
        tip == "" ? $"<path {attributes}/>\n" : $"<path {attributes}><title>{Escape(tip)}</title></path>\n";

    private static string Fill(double shade) => $"class=\"cell\" fill=\"{Style.Shade(Math.Round(shade * (Shades - 1)) / (Shades - 1))}\"";

    /// <summary>Neighbours in a row as one.</summary>
    private static List<Shape.Block> Rows(IEnumerable<Shape.Block> cells)
    {
        List<Shape.Block> rows = [];
        foreach (var cell in cells)
            if (rows is [.., var last] && last.Low.Y == cell.Low.Y && last.High.X == cell.Low.X)
                rows[^1] = last with { High = cell.High };
            else
                rows.Add(cell);
        return rows;
    }

    private string Outline(Shape.Block b) =>
        $"M{Pair(Across(b.Low.X), Down(b.High.Y))}H{Number(Across(b.High.X))}V{Number(Down(b.Low.Y))}H{Number(Across(b.Low.X))}z";

    private string Dots(Shape.Dots dots, ImmutableArray<Point> points, string tip = "")
    {
        var r = dots.Radius;
        var (kind, outline) = dots.Symbol switch // from its middle; a circle is a line without length with round ends
        {
            Symbol.Circle => ($"dot\" stroke-width=\"{Number(2 * r)}", "h0"),
            Symbol.Square => ("fill", $"m{Pair(-0.9 * r, -0.9 * r)}h{Number(1.8 * r)}v{Number(1.8 * r)}h{Number(-1.8 * r)}z"),
            Symbol.Triangle => ("fill", $"m0 {Number(-1.2 * r)}l{Pair(1.1 * r, 2 * r)}h{Number(-2.2 * r)}z"),
            Symbol.Diamond => (
                "fill",
                $"m0 {Number(-1.3 * r)}l{Pair(1.3 * r, 1.3 * r)} {Pair(-1.3 * r, 1.3 * r)} {Pair(-1.3 * r, -1.3 * r)}z"
            ),
            Symbol.Cross => ("line", $"m{Pair(-r, -r)}l{Pair(2 * r, 2 * r)}m0 {Number(-2 * r)}l{Pair(-2 * r, 2 * r)}"),
        };
        var places = points.Select(point => $"M{Pair(Across(point.X), Down(point.Y))}{outline}");
        return points.IsEmpty ? "" : Tipped($"class=\"{kind}\" d=\"{string.Concat(places)}\"", tip);
    }

    private string Head((Point From, Point At) head)
    {
        const double Length = 6.5;
        const double Turn = 2.75; // of its corners from its direction
        var (x, y) = (Across(head.At.X), Down(head.At.Y));
        var angle = Math.Atan2(y - Down(head.From.Y), x - Across(head.From.X));
        var corners = new[] { angle + Turn, angle - Turn }.Select(turn =>
            $"L{Pair(x + Length * Math.Cos(turn), y + Length * Math.Sin(turn))}"
        );
        return $"M{Pair(x, y)}{string.Concat(corners)}z";
    }

    /// <summary>Words above a point or, where others stand there, on its other side, below or further away.</summary>
    private string Words(Shape.Words words)
    {
        const double Row = 12;
        var (x, wide) = (Across(words.At.X), Lettering.Width(words.Text, 11));
        var places =
            from row in new[] { 0, 1, -1, 2, -2 }
            let y = Math.Max(Top + 9, Down(words.At.Y) - 4 + row * Row)
            from left in x + 4 + wide <= Left + Width ? [x + 4, x - 4 - wide] : new[] { x - 4 - wide }
            select (Left: left, Right: left + wide, Y: y);
        var place = places.Where(IsFree).Append(places.First()).First();
        _words.Add(place);
        var (at, anchor) = place.Left > x ? (x + 4, "start") : (x - 4, "end");
        return $"<text class=\"halo\" x=\"{Number(at)}\" y=\"{Number(place.Y)}\" text-anchor=\"{anchor}\">{Escape(words.Text)}</text>\n";

        bool IsFree((double Left, double Right, double Y) place) =>
            place.Left >= Left
            && place.Y <= Top + Height
            && !_words.Exists(other => place.Left < other.Right && other.Left < place.Right && Math.Abs(place.Y - other.Y) < Row);
    }

    /// <summary>Lines from point to point, those left out that look like the one before.</summary>
    private string Path(ImmutableArray<Point> points)
    {
        const int Near = 15; // hundredths
        var text = new StringBuilder();
        var (penX, penY, isDown) = (0L, 0L, false);
        for (var i = 0; i < points.Length; i++)
        {
            var isLast = i + 1 == points.Length || !points[i + 1].IsFinite;
            var (x, y) = ((long)Math.Round(100 * Across(points[i].X)), (long)Math.Round(100 * Down(points[i].Y)));
            if (!points[i].IsFinite)
                isDown = false;
            else if (!isDown)
                text.Append($"M{Pair(x / 100.0, y / 100.0)}{(isLast ? "h0" : "l")}");
            else if (isLast || Math.Abs(x - penX) > Near || Math.Abs(y - penY) > Near)
                text.Append($" {Pair((x - penX) / 100.0, (y - penY) / 100.0)}");
            else
                continue;
            (penX, penY, isDown) = (x, y, points[i].IsFinite);
        }
        return text.Replace(" -", "-").Replace("l ", "l").ToString();
    }
}
