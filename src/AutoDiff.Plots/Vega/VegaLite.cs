using System.Globalization;
using System.Text.Json;

namespace AutoDiff.Plots;

/// <summary>A panel as a Vega-Lite specification (version 5), for those who restyle it.</summary>
public static class VegaLite
{
    /// <summary>JSON with the data in it, a layer or two for each mark; what a scale does not show is null.</summary>
    /// <exception cref="ArgumentException">A mark or an axis is not such that it can be drawn.</exception>
    public static string Of(Panel panel)
    {
        var frame = Frame.Of(panel);
        var layers =
            from layer in frame.Layers
            let data = Data(frame, layer.Mark)
            from view in Views(layer.Mark)
            let encoding = Pairs($"{view.Channels} color=")
                .DistinctBy(pair => pair.Channel, StringComparer.Ordinal)
                .Select(pair => Encoding(frame, layer, pair))
            select $$$"""{"data":{"values":[{{{data}}}]},"mark":{"type":{{{view.Mark.Trim()}}}},"encoding":{{{{List(encoding)}}}}}""";
        // A scale of names and one of shades are not one.
        var colours = frame.Shades is null && frame.Levels.IsEmpty ? "shared" : "independent";
        return $$$"""{"$schema":"https://vega.github.io/schema/vega-lite/v5.json","title":{{{Json(panel.Title)}}},"width":360,"height":270,"resolve":{"scale":{"color":"{{{colours}}}"}},"layer":[{{{List(layers)}}}]}""";

        static IEnumerable<(string Channel, string Field)> Pairs(string channels) =>
            channels.Split(' ').Select(pair => pair.Split('=')).Select(pair => (pair[0], pair[1]));
    }

    /// <summary>How each mark is drawn, and the column of each channel.</summary>
    private static (string Mark, string Channels)[] Views(Mark mark) =>
        mark switch
        {
            Mark.Line m => [($$""" "line","strokeDash":{{(m.Dashed ? "[6,3]" : "[1,0]")}}""", "x=x y=y order=i")],
            Mark.Path => [(""" "line","point":{"size":12}""", "x=x y=y order=i")],
            Mark.Step => [(""" "line","interpolate":"step-after" """, "x=x y=y order=i")],
            Mark.Scatter m =>
            [
                ($""" "point","filled":true,"shape":"{Shape(m.Symbol)}" """, $"x=x y=y{(m.Labels is [] ? "" : " tooltip=label")}"),
            ],
            Mark.Bar => [(""" "bar" """, "x=category y=height xOffset=")],
            Mark.Histogram => [(""" "rect" """, "x=x x2=x2 y=count y2=ground")],
            Mark.Box => [(""" "boxplot" """, "x=category y=value xOffset=")],
            Mark.ErrorBar => [(""" "rule" """, "x=x y=low y2=high"), (""" "point","filled":true""", "x=x y=y")],
            Mark.Band => [(""" "area","opacity":0.3""", "x=x y=low y2=high")],
            Mark.HeatMap => [(""" "rect" """, "x=x x2=x2 y=y y2=y2 color=value")],
            Mark.Contour => [(""" "line" """, "x=x y=y order=i detail=level color=level")],
            Mark.Arrows => [(""" "rule" """, "x=x y=y x2=x2 y2=y2"), (""" "point","filled":true,"size":12""", "x=x2 y=y2")],
            Mark.Text => [(""" "text" """, "x=x y=y text=text")],
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>What is drawn of a mark, row by row; of contours, their lines.</summary>
    private static string Data(Frame frame, Mark mark)
    {
        var lines =
            from grid in new[] { mark }.OfType<Mark.Contour>()
            from level in grid.Levels()
            from line in grid.Lines(level)
            from point in line.Append(Point.Gap)
            select (double[])[point.X, point.Y, level];
        var columns =
            mark is Mark.Contour
                ? Column.Table("x y level", lines)
                : Extents.Drawn(mark, frame.X.Scale, frame.Y.Scale, ground: Math.Max(0, frame.Y.From));
        var name = mark.Name is null ? "" : $"\"name\":{Json(mark.Name)},";
        return List(Enumerable.Range(0, columns[0].Count).Select(Row));

        string Row(int i) => $$"""{{{name}}"i":{{i}},{{List(columns.Select(column => $"\"{column.Name}\":{Cell(frame, column, i)}"))}}}""";
    }

    private static string Cell(Frame frame, Column column, int row)
    {
        if (!column.Words.IsEmpty)
            return Json(column.Words[row]);
        var (value, isX) = (column.Numbers[row], column.Name[0] == 'x');
        if (isX && !frame.Categories.IsEmpty)
            return value % 1 == 0 && value >= 0 && value < frame.Categories.Length ? Json(frame.Categories[(int)value]) : "null";
        return column.Name is "value" or "level" || double.IsFinite((isX ? frame.X : frame.Y).Place(value)) ? Number(value) : "null";
    }

    private static string Encoding(Frame frame, Layer layer, (string Channel, string Field) pair)
    {
        var (channel, field) = pair;
        var code = (channel, layer.Mark) switch
        {
            ("x", _) when !frame.Categories.IsEmpty => Field(
                "nominal",
                frame.Panel.X.Label,
                $"\"domain\":[{List(frame.Categories.Select(Json))}]"
            ),
            ("x", _) => Axis(frame.X, frame.Panel.X.Label),
            ("y", _) => Axis(frame.Y, frame.Panel.Y.Label),
            ("x2" or "y2", _) => $$"""{"field":"{{field}}"}""",
            ("xOffset", { Name: not null }) => """{"field":"name"}""",
            ("xOffset", _) => """{"value":0}""",
            ("color", Mark.HeatMap m) => Shades(m.Scale, m.Name),
            ("color", Mark.Contour { Colour: null } m) => Shades(Scale.Linear, m.Name),
            ("color", { Name: { } name }) when frame.Legend.Any(entry => entry.Name.Equals(name, StringComparison.Ordinal)) => Names(frame),
            ("color", _) => $$"""{"value":"{{Hex(layer)}}"}""",
            _ => $$"""{"field":"{{field}}","type":"{{(channel is "order" ? "quantitative" : "nominal")}}"}""",
        };
        return $"\"{channel}\":{code}";

        string Field(string type, string title, string scale, string axis = "") =>
            $$$"""{"field":"{{{field}}}","type":"{{{type}}}","title":{{{Json(title)}}},"scale":{{{{scale}}}}{{{axis}}}}""";

        string Shades(Scale scale, string? name) => Field("quantitative", name ?? "", $"\"type\":\"{Kind(scale)}\",\"scheme\":\"viridis\"");

        string Axis(Domain domain, string label)
        {
            var ticks = domain.Scale is Scale.TimeScale ? domain.Ticks(6) : [];
            var labels = $$"""{{{List(ticks.Select(tick => $"'{Number(tick.Value)}':'{tick.Label}'"))}}}[datum.value]""";
            var axis = $$""","axis":{"values":[{{List(ticks.Select(tick => Number(tick.Value)))}}],"labelExpr":{{Json(labels)}}}""";
            var constant = domain.Scale is Scale.SymmetricLogScale { Threshold: var threshold } ? $",\"constant\":{Number(threshold)}" : "";
            var scale =
                $"\"type\":\"{Kind(domain.Scale)}\",\"domain\":[{Number(domain.From)},{Number(domain.To)}],\"nice\":false{constant}";
            return Field("quantitative", label, scale, ticks.IsEmpty ? "" : axis);
        }
    }

    /// <summary>The colours of names, with a legend of all.</summary>
    private static string Names(Frame frame) =>
        $$$"""{"field":"name","type":"nominal","title":null,"scale":{"domain":[{{{List(frame.Legend.Select(entry => Json(entry.Name)))}}}],"range":[{{{List(frame.Legend.Select(entry => Json(Hex(entry.Layers[0]))))}}}]}}""";

    private static string Hex(Layer layer) => layer.Colour < 0 ? "#24272c" : Style.Palette[layer.Colour % Style.Palette.Length].Light;

    private static string Kind(Scale scale) =>
        scale is Scale.LogScale ? "log"
        : scale is Scale.SymmetricLogScale ? "symlog"
        : "linear";

    private static string Shape(Symbol symbol) => symbol == Symbol.Triangle ? "triangle-up" : symbol.ToString().ToLowerInvariant();

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "null";

    private static string Json(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    private static string List(IEnumerable<string> items) => string.Join(',', items);
}
