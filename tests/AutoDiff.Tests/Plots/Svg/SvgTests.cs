using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using AutoDiff.Plots;
using Drawing = AutoDiff.Plots.Svg;

namespace AutoDiff.Tests.Plots;

public class SvgTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void AFiguresPanelsStandSideBySideWithItsCaption()
    {
        var figure = new Figure("All <marks>", [.. Samples.All.Values.Take(3)]);
        var root = XElement.Parse(Drawing.Of(figure));
        Assert.Equal("All <marks>", root.Element(Svg + "title")!.Value);
        Assert.Equal("Losses; A walk down x²/2 + 2y²; Rates", root.Element(Svg + "desc")!.Value);
        Assert.Equal("img", root.Attribute("role")!.Value);
        var places = root.Elements(Svg + "g").Select(panel => panel.Attribute("transform")!.Value).ToArray();
        Assert.Equal(3, places.Length);
        Assert.Equal("translate(0 0)", places[0]);
        Assert.Equal("translate(376 0)", places[1]);
        Assert.StartsWith("translate(0 3", places[2], StringComparison.Ordinal);
        Assert.StartsWith("0 0 736 ", root.Attribute("viewBox")!.Value, StringComparison.Ordinal);
        Assert.NotNull(XElement.Parse(Drawing.Of(new Figure("none", []))));
    }

    [Fact]
    public void TextIsTheSameInEveryCulture()
    {
        var before = Samples.All.Values.Select(Drawing.Of).ToArray();
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NegativeSign) = (",", "minus");
        CultureInfo.CurrentCulture = culture;
        Assert.Equal(before, Samples.All.Values.Select(Drawing.Of));
    }

    [Fact]
    public void WhatPeopleWriteIsEscaped()
    {
        var panel = new Panel(
            "<a & \"b\">\u0001",
            new("x<y"),
            new("'y'"),
            [new Mark.Scatter([1], [1]) { Name = "</svg>", Labels = ["<script>"] }]
        );
        var root = XElement.Parse(Drawing.Of(panel));
        Assert.Equal("<a & \"b\">", root.Attribute("aria-label")!.Value);
        Assert.Contains("<script>", root.Descendants(Svg + "title").Select(title => title.Value));
        Assert.Empty(root.Descendants(Svg + "script"));
        Assert.Contains("</svg>", root.Descendants(Svg + "text").Select(text => text.Value));
    }

    [Fact]
    public void ManyPointsAreSmall()
    {
        double[] x = [.. Enumerable.Range(0, 2000).Select(i => (double)i)];
        var line = Drawing.Of(
            new Panel("p", new("x"), new("y"), [new Mark.Line([.. x], [.. x.Select(v => Math.Sin(v / 9) + Math.Cos(v * v))])])
        );
        Assert.InRange(line.Length, 10_000, 30_000);
        var points = Drawing.Of(new Panel("p", new("x"), new("y"), [new Mark.Scatter([.. x], [.. x.Select(v => Math.Cos(v * v))])]));
        Assert.InRange(points.Length, 10_000, 40_000);
        Assert.DoesNotContain("<title>", points, StringComparison.Ordinal);
    }

    [Fact]
    public void LabelsOfAnAxisAreApartAndNothingIsCutOff()
    {
        foreach (var scale in new[] { Scale.Linear, Scale.Log, Scale.Time, Scale.SymmetricLog(1e-3) })
        foreach (var span in new[] { 1e-9, 1, 123456, 1e12, 1e300 })
        {
            var panel = new Panel("p", new("x") { Scale = scale }, new("y"), [new Mark.Line([span / 1e4, span], [-span, span])]);
            var texts = XElement
                .Parse(Drawing.Of(panel))
                .Descendants(Svg + "text")
                .Where(text => text.Attribute("text-anchor")?.Value == "middle")
                .ToArray();
            Assert.True(texts.Length >= 2, $"{scale} {span}");
            var ends = texts
                .Select(text => (Middle: (double)text.Attribute("x")!, Half: Lettering.Width(text.Value, 11) / 2))
                .OrderBy(end => end.Middle)
                .ToArray();
            Assert.All(ends, end => Assert.InRange(end.Middle, end.Half - 0.01, 360 - end.Half + 0.01));
            Assert.All(
                ends.Zip(ends.Skip(1)),
                pair => Assert.True(pair.Second.Middle - pair.Second.Half > pair.First.Middle + pair.First.Half)
            );
        }
    }

    [Fact]
    public void LongTitlesAreWrappedThenShrunkThenCut()
    {
        Assert.Equal(1, Titles(20));
        Assert.Equal(2, Titles(60));
        Assert.Equal(2, Titles(400));

        static int Titles(int length)
        {
            var words = string.Concat(Enumerable.Repeat("loss ", length / 5));
            var titles = XElement
                .Parse(Drawing.Of(new Panel(words, new("x"), new("y"), [])))
                .Descendants(Svg + "text")
                .Where(text => text.Attribute("class")!.Value == "title")
                .ToArray();
            Assert.All(titles, title => Assert.InRange(Lettering.Width(title.Value, (double)title.Attribute("font-size")!), 0, 352));
            return titles.Length;
        }
    }

    [Fact]
    public void ANameHasItsColourInAllPanelsOfAFigure()
    {
        var panels = new[] { "sgd", "adam" }.Select(name => new Panel(
            "p",
            new("x"),
            new("y"),
            [new Mark.Line([0, 1], [0, 1]) { Name = name }]
        ));
        var figure = XElement.Parse(Drawing.Of(new Figure("f", [.. panels])));
        var lines = figure.Elements(Svg + "g").Select(panel => panel.Element(Svg + "g")!.Attribute("class")!.Value);
        Assert.Equal(["p0", "p1"], lines);
    }

    [Fact]
    public void WordsAtOnePlaceStandApart()
    {
        ImmutableArray<double> x = [0, 0, 0, 0, 1, 1, 0.5];
        ImmutableArray<double> y = [0, 0, 0.5, 0.5, 1, 1, 0.02];
        string[] words = ["minimum", "saddle", "one", "two", "maximum", "another maximum", "between the others"];
        var panel = new Panel(
            "p",
            new("x"),
            new("y"),
            [new Mark.Text(x[..4], y[..4], [.. words[..4]]), new Mark.Text(x[4..], y[4..], [.. words[4..]])]
        );
        var places = XElement
            .Parse(Drawing.Of(panel))
            .Descendants(Svg + "text")
            .Where(text => text.Attribute("class")?.Value == "halo")
            .Select(text => (Left: Left(text), Right: Left(text) + Lettering.Width(text.Value, 11), Y: (double)text.Attribute("y")!))
            .ToArray();
        Assert.Equal(words.Length, places.Length);
        Assert.All(places, place => Assert.True(place.Left > 0 && place.Right < 360 && place.Y < 260));
        for (var i = 0; i < places.Length; i++)
            Assert.DoesNotContain(
                places[..i],
                other =>
                    other.Left < places[i].Right - 0.02 && places[i].Left < other.Right - 0.02 && Math.Abs(other.Y - places[i].Y) < 11.9
            );

        static double Left(XElement text) =>
            (double)text.Attribute("x")! - (text.Attribute("text-anchor")!.Value == "end" ? Lettering.Width(text.Value, 11) : 0);
    }

    [Fact]
    public void DotsHaveTheirOwnSizeAndAreWholeAtTheEdge()
    {
        var axis = new Axis("x")
        {
            Scale = Scale.Log,
            From = 0.3,
            To = 30,
        };
        var points = Drawing.Of(new Panel("p", axis, axis, [new Mark.Scatter([0.3, 30, 0.3], [0.3, 30, 30])]));
        Assert.Equal(3, points.Split("class=\"dot\" stroke-width=\"5.5\"").Length - 1);
        Assert.DoesNotContain("stroke-width", Style.Sheet.Split(".plot .dot{")[1].Split('}')[0], StringComparison.Ordinal);
        Assert.DoesNotContain("clip", points, StringComparison.Ordinal);
        Assert.True(points.IndexOf("\"axis\"", StringComparison.Ordinal) < points.IndexOf("class=\"dot\"", StringComparison.Ordinal));
    }

    [Fact]
    public void ContoursThatAreCloseHaveLabelsOfTheirOwn()
    {
        ImmutableArray<double> grid = [0, 1];
        var contour = new Mark.Contour(grid, grid, [2, 2.0001, 2.0002, 2.0003]);
        var svg = XElement.Parse(
            Drawing.Of(new Panel("p", new("x") { From = 0.2, To = 0.3 }, new("y") { From = 0.2, To = 0.3 }, [contour]))
        );
        var labels = svg.Elements(Svg + "text")
            .Select(text => text.Value)
            .Where(text => text.StartsWith("2.000", StringComparison.Ordinal))
            .ToArray();
        Assert.InRange(labels.Length, 4, 12);
        Assert.Equal(labels.Length, labels.Distinct().Count());
        Assert.Contains("2.0001", labels);
    }

    [Fact]
    public void SlantedNamesAndLevelsOfABarAreApart()
    {
        string[] names = [.. Enumerable.Range(0, 60).Select(i => $"optimizer {i}")];
        var bars = Texts(new Mark.Bar([.. names], [.. names.Select(_ => 1.0)])).Where(text => text.Attribute("transform") is not null);
        Apart([.. bars.Select(text => (double)text.Attribute("x")!)], 20);
        ImmutableArray<double> grid = [0, 1, 2];
        var levels = Texts(
                new Mark.Contour(grid, grid, [0, 1, 2, 1, 2, 3, 2, 3, 4]) { Levels = [.. Enumerable.Range(1, 39).Select(i => i / 10.0)] }
            )
            .Where(text => (double)text.Attribute("x")! > 300 && text.Attribute("text-anchor") is null);
        Apart([.. levels.Select(text => (double)text.Attribute("y")!)], 5);

        static void Apart(double[] places, int least)
        {
            Assert.True(places.Length >= least, $"{places.Length} labels");
            Assert.All(places.Zip(places.Skip(1)), pair => Assert.True(Math.Abs(pair.Second - pair.First) >= 12.5, $"{pair}"));
        }
    }

    [Fact]
    public void LongNamesOfTheAxisAndTheShadesDoNotMeet()
    {
        var words = string.Concat(Enumerable.Repeat("loss ", 20));
        var panel = new Panel("p", new("x"), new(words), [new Mark.HeatMap([0, 1], [0, 1], [1, 2, 3, 4]) { Name = words }]);
        var texts = XElement
            .Parse(Drawing.Of(panel))
            .Elements(Svg + "text")
            .Where(text => text.Value.Contains("loss", StringComparison.Ordinal));
        Assert.Equal(2, texts.Count());
        Assert.InRange(texts.Sum(text => Lettering.Width(text.Value, 11)), 200, 352 - 10);
    }

    [Fact]
    public void APanelWithoutNamesOfAxesHasMoreRoom()
    {
        Assert.True(Top("") + 16 < Top("loss"));

        static double Top(string label) =>
            double.Parse(
                Drawing.Of(new Panel("p", new("x"), new(label), [])).Split("class=\"axis\" d=\"M")[1].Split(' ', 'v')[1],
                CultureInfo.InvariantCulture
            );
    }

    [Fact]
    public void PointsThatLookApartAreAllInALine()
    {
        double[] y = [.. Enumerable.Range(0, 101).Select(i => (double)i)];
        var axis = new Axis("x") { From = 0, To = 1 };
        var line = Drawing.Of(new Panel("p", axis, new("y"), [new Mark.Line([.. y.Select(_ => 0.5)], [.. y])]));
        var steps = line.Split("class=\"line\" d=\"")[1].Split('"')[0].Split('l')[1];
        Assert.Equal(100, steps.Split("0-").Length - 1);
    }

    [Fact]
    public void ManyCellsAreJoinedButNotOverAHole()
    {
        ImmutableArray<double> grid = [.. Enumerable.Range(0, 25).Select(i => (double)i)];
        double[] values = [.. Enumerable.Repeat(1.0, 624), 2];
        values[12 * 25 + 12] = double.NaN;
        var map = new Mark.HeatMap(grid, grid, [.. values]);
        var svg = Drawing.Of(new Panel("p", new("x"), new("y"), [map]));
        var blocks = System
            .Text.RegularExpressions.Regex.Matches(
                svg.Split("<text class=\"soft\" text-anchor=\"end\"")[0],
                "M([0-9.]+) ([0-9.]+)H([0-9.]+)V([0-9.]+)H"
            )
            .Select(match => match.Groups.Values.Skip(1).Select(group => double.Parse(group.Value, CultureInfo.InvariantCulture)).ToArray())
            .ToArray();
        Assert.Equal(27, blocks.Length); // a row each, two where the hole is, and the cell of another shade
        var (middleX, middleY) = ((blocks.Min(b => b[0]) + blocks.Max(b => b[2])) / 2, (blocks.Min(b => b[1]) + blocks.Max(b => b[3])) / 2);
        Assert.DoesNotContain(blocks, b => b[0] < middleX && middleX < b[2] && b[1] < middleY && middleY < b[3]);
    }

    [Fact]
    public void BeyondThePaletteLinesAreDashedAndContoursOverAMapAreFaint()
    {
        ImmutableArray<double> grid = [0, 1];
        var classes = XElement
            .Parse(
                Drawing.Of(
                    new Panel(
                        "p",
                        new("x"),
                        new("y"),
                        [
                            new Mark.HeatMap(grid, grid, [1, 2, 3, 4]),
                            new Mark.Contour(grid, grid, [1, 2, 3, 4]) { Levels = [2.5] },
                            new Mark.Line([0, 1], [0, 1]) { Colour = 7 },
                            new Mark.Line([0, 1], [1, 0]) { Colour = 8 },
                        ]
                    )
                )
            )
            .Descendants(Svg + "path")
            .Select(path => path.Attribute("class")!.Value)
            .Where(kind => kind.StartsWith("line", StringComparison.Ordinal));
        Assert.Equal(["line thin faint", "line", "line dash"], classes);
    }

    private static IEnumerable<XElement> Texts(AutoDiff.Plots.Mark mark) =>
        XElement.Parse(Drawing.Of(new Panel("p", new("x"), new("y"), [mark]))).Elements(Svg + "text");

    [Fact]
    public void ALegendHasAsManyRowsAsItNeeds()
    {
        double[] heights = [.. new[] { 0, 1, 8, 30 }.Select(Height)];
        Assert.Equal([270, 290], heights[..2]);
        Assert.True(heights[1] < heights[2] && heights[2] < heights[3]);

        static double Height(int names) =>
            double.Parse(
                XElement
                    .Parse(
                        Drawing.Of(
                            new Panel(
                                "p",
                                new("x"),
                                new("y"),
                                [.. Enumerable.Range(0, names).Select(i => new Mark.Line([1], [1]) { Name = $"optimizer {i}" })]
                            )
                        )
                    )
                    .Attribute("viewBox")!
                    .Value.Split(' ')[3],
                CultureInfo.InvariantCulture
            );
    }
}
