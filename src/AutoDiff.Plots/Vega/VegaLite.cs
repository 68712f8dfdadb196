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
        var layers = frame.Layers.SelectMany(layer => Views(layer.Mark).Select(view => Layer(frame, layer, view.Mark, view.Channels)));
        // A scale of names and one of shades are not one.
        var colours = frame.Shades is null && frame.Levels.IsEmpty ? "shared" : "independent";
        return $$$"""{"$schema":"https://vega.github.io/schema/vega-lite/v5.json","title":{{{Json(panel.Title)}}},"width":360,"height":270,"resolve":{"scale":{"color":"{{{colours}}}"}},"layer":[{{{List(layers)}}}]}""";
    }

    /// <summary>How each mark is drawn, and the column of each channel.</summary>
    private static IEnumerable<(string Mark, string Channels)> Views(Mark mark) =>
        mark switch
        {
            Mark.Line m => [($$""" "line","strokeDash":{{(m.Dashed ? "[6,3]" : "[1,0]")}}""", "x=x y=y order=i")],
            Mark.Path => [(""" "line","point":{"size":12}""", "x=x y=y order=i")],
            Mark.Step => [(""" "line","interpolate":"step-after" """, "x=x y=y order=i")],
            Mark.Scatter m =>
            [
                ($""" "point","filled":true,"shape":{Json(Shape(m.Symbol))}""", m.Labels.IsEmpty ? "x=x y=y" : "x=x y=y tooltip=label"),
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

    private static string Layer(Frame frame, Layer layer, string mark, string channels)
    {
        var columns = Columns(frame, layer.Mark);
        var first = layer.Mark.Name is { } name ? $"\"name\":{Json(name)}," : "";
        var rows = Enumerable
            .Range(0, columns[0].Count)
            .Select(i => $$"""{{{first}}"i":{{i}},{{List(columns.Select(column => $"\"{column.Name}\":{Cell(frame, column, i)}"))}}}""");
        var encoding = $"{channels} color="
            .Split(' ')
            .Select(pair => pair.Split('='))
            .DistinctBy(pair => pair[0])
            .Select(pair => $"\"{pair[0]}\":{Channel(frame, layer, pair[0], pair[1])}");
        return $$$"""{"data":{"values":[{{{List(rows)}}}]},"mark":{"type":{{{mark.Trim()}}}},"encoding":{{{{List(encoding)}}}}}""";
    }

    /// <summary>What is drawn of a mark; of contours, their lines.</summary>
    private static ImmutableArray<Column> Columns(Frame frame, Mark mark)
    {
        if (mark is not Mark.Contour grid)
            return Extents.Drawn(mark, frame.X.Scale, frame.Y.Scale, ground: Math.Max(0, frame.Y.From));
        var points =
            from level in grid.Levels()
            from line in grid.Lines(level)
            from point in line.Append(Point.Gap)
            select (double[])[point.X, point.Y, level];
        return Column.Table("x y level", points);
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

    private static string Channel(Frame frame, Layer layer, string channel, string field) =>
        (channel, layer.Mark) switch
        {
            ("x", _) when !frame.Categories.IsEmpty =>
                $$$"""{"field":"{{{field}}}","type":"nominal","title":{{{Json(frame.Panel.X.Label)}}},"scale":{"domain":[{{{List(frame.Categories.Select(Json))}}}]}}""",
            ("x", _) => Axis(frame.X, frame.Panel.X.Label, field),
            ("y", _) => Axis(frame.Y, frame.Panel.Y.Label, field),
            ("x2" or "y2", _) => $$"""{"field":"{{field}}"}""",
            ("xOffset", { Name: not null }) => """{"field":"name"}""",
            ("color", Mark.HeatMap m) => Shades(field, m.Scale, m.Name),
            ("color", Mark.Contour { Colour: null } m) => Shades(field, Scale.Linear, m.Name),
            ("color", { Name: { } name }) when frame.Legend.Any(entry => entry.Name == name) => Names(frame),
            ("color", _) => $$"""{"value":{{Json(Hex(layer))}}}""",
            ("xOffset", _) => """{"value":0}""",
            _ => $$"""{"field":"{{field}}","type":"{{(channel == "order" ? "quantitative" : "nominal")}}"}""",
        };

    private static string Axis(Domain domain, string label, string field)
    {
        var ticks = domain.Scale is Scale.TimeScale ? domain.Ticks(6) : [];
        var labels = $$"""{{{List(ticks.Select(tick => $"'{Number(tick.Value)}':'{tick.Label}'"))}}}[datum.value]""";
        var axis = ticks.IsEmpty
            ? ""
            : $$""","axis":{"values":[{{List(ticks.Select(tick => Number(tick.Value)))}}],"labelExpr":{{Json(labels)}}}""";
        var constant = domain.Scale is Scale.SymmetricLogScale { Threshold: var threshold } ? $",\"constant\":{Number(threshold)}" : "";
        return $$$"""{"field":"{{{field}}}","type":"quantitative","title":{{{Json(label)}}},"scale":{"type":"{{{Kind(domain.Scale)}}}","domain":[{{{Number(domain.From)}}},{{{Number(domain.To)}}}],"nice":false{{{constant}}}}{{{axis}}}}""";
    }

    private static string Shades(string field, Scale scale, string? name) =>
        $$$"""{"field":"{{{field}}}","type":"quantitative","title":{{{Json(name ?? "")}}},"scale":{"type":"{{{Kind(scale)}}}","scheme":"viridis"}}""";

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
