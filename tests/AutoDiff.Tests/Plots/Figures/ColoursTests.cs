using System.Collections.Immutable;
using AutoDiff.Plots;

namespace AutoDiff.Tests.Plots;

public class ColoursTests
{
    [Fact]
    public void ANameHasOneColourInAllPanels() =>
        Assert.Equal(
            [
                [0, 1],
                [1, 2],
                [2, 0, 3],
            ],
            Over([Line("a"), Line("b")], [Line("b"), Line("c")], [Line("c"), Line("a"), Line("d")])
        );

    [Fact]
    public void AColourToldInOnePanelIsTheNamesInAll() =>
        Assert.Equal(
            [
                [5, 0],
                [5, 1],
            ],
            Over([Line("a"), Line("b")], [Line("a", 5), Line("c")])
        );

    [Fact]
    public void MarksWithoutNamesTakeTheFirstThatTheirPanelLeaves() =>
        Assert.Equal(
            [
                [0, 1],
                [0, 1],
                [0, 2],
            ],
            Over([Line("a"), Line("b")], [Line(null), Line("b")], [Line("a"), Line(null, 2)])
        );

    [Fact]
    public void WhereThePaletteIsAtItsEndPanelsShareColoursButMarksOfOnePanelDoNot()
    {
        var places = Over([.. Enumerable.Range(0, 8).Select(i => Line($"first {i}"))], [Line("second"), Line("first 0"), Line("third")]);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], places[0]);
        Assert.Equal([1, 0, 2], places[1]);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], Over([.. Enumerable.Range(0, 10).Select(i => Line($"{i}"))])[0]);
    }

    [Fact]
    public void ThePaletteHasAsMany() => Assert.Equal(Colours.Count, Style.Palette.Length);

    [Fact]
    public void GridsAndTextsKeepTheirs()
    {
        var map = new Mark.HeatMap([0], [0], [1]) { Name = "a" };
        Assert.Equal(
            [
                [0, null, null],
            ],
            Over([Line("a"), map, new Mark.Text([0], [0], ["word"])])
        );
    }

    [Fact]
    public void ColouredAgainItIsTheSame()
    {
        var figure = new Figure("f", [new("p", new("x"), new("y"), [Line("a"), Line(null)])]).Coloured();
        Assert.Equal(figure.Panels[0].Marks, figure.Coloured().Panels[0].Marks);
        Assert.Throws<ArgumentException>(() => new Figure("f", default).Coloured());
    }

    private static Mark.Line Line(string? name, int? colour = null) => new([0], [0]) { Name = name, Colour = colour };

    private static int?[][] Over(params Mark[][] panels)
    {
        ImmutableArray<Panel> all = [.. panels.Select(marks => new Panel("p", new("x"), new("y"), [.. marks]))];
        return [.. new Figure("f", all).Coloured().Panels.Select(panel => panel.Marks.Select(mark => mark.Colour).ToArray())];
    }
}
