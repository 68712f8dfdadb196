using System.Text.Json;
using AutoDiff.Plots;

namespace AutoDiff.Tests.Plots;

/// <summary>What Vega-Lite needs of a specification, and what it says of the panel.</summary>
public sealed class VegaLiteTests
{
    public static TheoryData<string, string, string> Kinds =>
        new()
        {
            { "line", "line", "x y order color" },
            { "path", "line", "x y order color" },
            { "step", "line", "x y order color" },
            { "scatter", "point", "x y tooltip color" },
            { "bar", "bar", "x y xOffset color" },
            { "histogram", "rect", "x x2 y y2 color" },
            { "box", "boxplot", "x y xOffset color" },
            { "errorBar", "rule", "x y y2 color" },
            { "band", "area", "x y y2 color" },
            { "heatMap", "rect", "x x2 y y2 color" },
            { "contour", "line", "x y order detail color" },
            { "arrows", "rule", "x y x2 y2 color" },
            { "text", "text", "x y text color" },
        };

    public static TheoryData<string> Scales => [.. SamplePanels.Scales.Select(scale => scale.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EachMarkIsALayerWithDataMarkAndEncoding(string kind, string type, string channels)
    {
        var mark = SamplePanels.Marks.Single(sample => sample.Kind == kind).Mark;
        using var spec = Parsed(SamplePanels.Of(mark with { Name = "named" }));
        var layer = spec.RootElement.GetProperty("layer")[0];
        Assert.Equal(type, layer.GetProperty("mark").GetProperty("type").GetString());
        Assert.Equal(channels.Split(' '), layer.GetProperty("encoding").EnumerateObject().Select(channel => channel.Name));
        var rows = layer.GetProperty("data").GetProperty("values").EnumerateArray().ToArray();
        Assert.NotEmpty(rows);
        foreach (var channel in layer.GetProperty("encoding").EnumerateObject())
            if (channel.Value.TryGetProperty("field", out var field))
                Assert.Contains(rows, row => row.GetProperty(field.GetString()!).ValueKind != JsonValueKind.Null);
        Assert.Equal("across [m]", layer.GetProperty("encoding").GetProperty("x").GetProperty("title").GetString());
        Assert.Equal("up [s]", layer.GetProperty("encoding").GetProperty("y").GetProperty("title").GetString());
    }

    [Fact]
    public void LinesKeepTheirNumbersAndTheirGaps()
    {
        using var spec = Parsed(SamplePanels.Of(SamplePanels.Marks[0].Mark));
        Assert.Equal(
            """[{"i":0,"x":0,"y":0},{"i":1,"x":1,"y":1},{"i":2,"x":2,"y":null},{"i":3,"x":3,"y":9},{"i":4,"x":4,"y":16}]""",
            spec.RootElement.GetProperty("layer")[0].GetProperty("data").GetProperty("values").GetRawText()
        );
    }

    [Fact]
    public void BinsEdgesLinesAndTipsAreThoseOfThePanel()
    {
        Assert.Equal(
            """[{"i":0,"x":1,"x2":2,"count":1,"ground":0},{"i":1,"x":2,"x2":3,"count":2,"ground":0},{"i":2,"x":3,"x2":4,"count":3,"ground":0},{"i":3,"x":4,"x2":5,"count":3,"ground":0}]""",
            Data("histogram")
        );
        Assert.StartsWith(
            """[{"i":0,"x":-1.5,"x2":-0.5,"y":-1.5,"y2":-0.5,"value":2},{"i":1,"x":-0.5,"x2":0.5,"y":-1.5""",
            Data("heatMap"),
            StringComparison.Ordinal
        );
        Assert.Contains("""{"i":1,"x":0,"y":0,"x2":-1,"y2":0}""", Data("arrows"), StringComparison.Ordinal);
        Assert.Contains("""null,"y":null,"level":1""", Data("contour"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Scales))]
    public void AxesHaveTheScalesAndDomainsOfThePanel(string kind)
    {
        var scale = SamplePanels.Scales.Single(sample => sample.Kind == kind).Scale;
        var axis = new Axis("time")
        {
            Scale = scale,
            From = 0.5,
            To = 100,
        };
        using var spec = Parsed(new("", axis, new("y") { Scale = scale }, [new Mark.Line([1, 10, 100], [-1, 0.5, 10])]));
        var layer = spec.RootElement.GetProperty("layer")[0];
        var x = layer.GetProperty("encoding").GetProperty("x");
        Assert.Equal(kind == "time" ? "linear" : kind, x.GetProperty("scale").GetProperty("type").GetString());
        Assert.Equal("[0.5,100]", x.GetProperty("scale").GetProperty("domain").GetRawText());
        Assert.Equal(kind == "symlog", x.GetProperty("scale").TryGetProperty("constant", out var constant) && constant.GetDouble() == 0.01);
        Assert.Equal(
            kind == "time",
            x.TryGetProperty("axis", out var ticks)
                && ticks.GetProperty("labelExpr").GetString()!.Contains("'30':'30 s'", StringComparison.Ordinal)
        );
        // What a logarithm does not show is a gap.
        Assert.Equal(
            kind == "log" ? JsonValueKind.Null : JsonValueKind.Number,
            layer.GetProperty("data").GetProperty("values")[0].GetProperty("y").ValueKind
        );
    }

    [Fact]
    public void NamesShareAScaleAndALegendAndShadesHaveTheirOwn()
    {
        var (line, named) = (new Mark.Line([0, 1], [0, 1]), new Mark.Line([0, 1], [1, 0]) { Name = "\"down\"", Dashed = true });
        using var spec = Parsed(SamplePanels.Of(named, line, line with { Name = "up" }));
        var colours = spec
            .RootElement.GetProperty("layer")
            .EnumerateArray()
            .Select(layer => layer.GetProperty("encoding").GetProperty("color"))
            .ToArray();
        Assert.Equal("name", colours[0].GetProperty("field").GetString());
        Assert.Equal(
            "\"down\"",
            spec.RootElement.GetProperty("layer")[0].GetProperty("data").GetProperty("values")[1].GetProperty("name").GetString()
        );
        Assert.Equal(
            ["\"down\"", "up"],
            colours[0].GetProperty("scale").GetProperty("domain").EnumerateArray().Select(name => name.GetString())
        );
        Assert.Equal(
            2,
            colours[0].GetProperty("scale").GetProperty("range").EnumerateArray().Select(colour => colour.GetString()).Distinct().Count()
        );
        Assert.StartsWith("#", colours[1].GetProperty("value").GetString(), StringComparison.Ordinal);
        Assert.Equal("shared", Colour(spec));
        using var shaded = Parsed(SamplePanels.Of(SamplePanels.Marks.Single(sample => sample.Kind == "heatMap").Mark, named));
        Assert.Equal("independent", Colour(shaded));

        static string? Colour(JsonDocument spec) =>
            spec.RootElement.GetProperty("resolve").GetProperty("scale").GetProperty("color").GetString();
    }

    [Fact]
    public void CategoriesKeepTheirOrderAndNumbersBetweenThemHaveNoPlace()
    {
        using var spec = Parsed(SamplePanels.Of(new Mark.Bar(["z", "a"], [1, 2]), new Mark.Line([1, 0.5, 0, -1], [1, 2, 3, 4])));
        var layers = spec.RootElement.GetProperty("layer");
        Assert.Equal(
            """["z","a"]""",
            layers[0].GetProperty("encoding").GetProperty("x").GetProperty("scale").GetProperty("domain").GetRawText()
        );
        Assert.Equal(
            """[{"i":0,"x":"a","y":1},{"i":1,"x":null,"y":2},{"i":2,"x":"z","y":3},{"i":3,"x":null,"y":4}]""",
            layers[1].GetProperty("data").GetProperty("values").GetRawText()
        );
    }

    [Fact]
    public void WhatALogarithmDoesNotShowIsTheGroundOfBarsButNotALevel()
    {
        var y = new Axis("y") { Scale = Scale.Log };
        using var bins = Parsed(new("", new("x"), y, [new Mark.Histogram([1, 2, 2])]));
        var ground = bins.RootElement.GetProperty("layer")[0].GetProperty("data").GetProperty("values")[0].GetProperty("ground");
        Assert.True(ground.GetDouble() > 0);
        using var lines = Parsed(new("", new("x"), y, [new Mark.Contour([1, 2], [1, 2], [-1, 1, -1, 1]) { Levels = [-0.5] }]));
        var level = lines.RootElement.GetProperty("layer")[0].GetProperty("data").GetProperty("values")[0].GetProperty("level");
        Assert.Equal(-0.5, level.GetDouble());
    }

    [Fact]
    public void ShadesHaveTheirScaleAndNamedWordsOneColour()
    {
        var map = new Mark.HeatMap([0, 1], [0, 1], [1, 10, 100, 1000]) { Name = "loss", Scale = Scale.Log };
        var words = new Mark.Text([0], [0], ["here"]) { Name = "place" };
        using var spec = Parsed(SamplePanels.Of(map, words, new Mark.Line([0, 1], [0, 1]) { Name = "path" }));
        var colours = spec
            .RootElement.GetProperty("layer")
            .EnumerateArray()
            .Select(layer => layer.GetProperty("encoding").GetProperty("color"));
        Assert.Equal(
            """{"field":"value","type":"quantitative","title":"loss","scale":{"type":"log","scheme":"viridis"}}""",
            colours.First().GetRawText()
        );
        Assert.True(colours.ElementAt(1).TryGetProperty("value", out _));
    }

    [Fact]
    public void ItStaysJsonWhateverTheNumbers() =>
        Assert.All(
            SamplePanels.Extremes(),
            panel =>
            {
                using var spec = Parsed(panel);
                Assert.NotEqual(0, spec.RootElement.GetProperty("layer").GetArrayLength());
                Assert.NotEqual("", Values.Of(panel));
            }
        );

    private static string Data(string kind)
    {
        using var spec = Parsed(SamplePanels.Of(SamplePanels.Marks.Single(sample => sample.Kind == kind).Mark));
        return spec.RootElement.GetProperty("layer")[0].GetProperty("data").GetProperty("values").GetRawText();
    }

    private static JsonDocument Parsed(Panel panel)
    {
        var spec = JsonDocument.Parse(VegaLite.Of(panel));
        Assert.Equal("https://vega.github.io/schema/vega-lite/v5.json", spec.RootElement.GetProperty("$schema").GetString());
        Assert.Equal(panel.Title, spec.RootElement.GetProperty("title").GetString());
        foreach (var layer in spec.RootElement.GetProperty("layer").EnumerateArray())
            Assert.Equal(["data", "mark", "encoding"], layer.EnumerateObject().Select(member => member.Name));
        return spec;
    }
}
