using AutoDiff.Plots;

namespace AutoDiff.Tests.Plots;

public class ChecksTests
{
    private static readonly (Mark Mark, string Message)[] Refused =
    [
        (new Mark.Line([1, 2], [1]), "[Mark.Line] got X of length 2, Y of length 1; expected equal lengths"),
        (new Mark.Path(default, [1]), "[Mark.Path] got no X (a default array); expected an array"),
        (new Mark.Step([1], default), "[Mark.Step] got no Y (a default array); expected an array"),
        (
            new Mark.Scatter([1], [1]) { Labels = ["a", "b"] },
            "[Mark.Scatter] got X of length 1, Y of length 1, Labels of length 2; expected equal lengths"
        ),
        (new Mark.Bar(["a"], [1, 2]), "[Mark.Bar] got Categories of length 1, Heights of length 2; expected equal lengths"),
        (new Mark.Bar(["a", "a"], [1, 2]), "[Mark.Bar] got a category twice, or null; expected one bar for each"),
        (new Mark.Histogram([1]) { Bins = 0 }, "[Mark.Histogram] got 0 bins; expected 1 or more"),
        (new Mark.Histogram(default), "[Mark.Histogram] got no Values (a default array); expected an array"),
        (new Mark.Box(null!, [1]), "[Mark.Box] got no category; expected its name"),
        (
            new Mark.ErrorBar([1], [1], [1], []),
            "[Mark.ErrorBar] got X of length 1, Y of length 1, Low of length 1, High of length 0; expected equal lengths"
        ),
        (new Mark.Band([1], [1], [1, 2]), "[Mark.Band] got X of length 1, Low of length 1, High of length 2; expected equal lengths"),
        (
            new Mark.HeatMap([1, 2], [1], [1]),
            "[Mark.HeatMap] got 1 values on 2 × 1 points; expected a value for each point, and no default array"
        ),
        (
            new Mark.HeatMap([1, 1], [1], [1, 2]),
            "[Mark.HeatMap] got an X or Y that does not rise; expected finite numbers, each above the one before"
        ),
        (
            new Mark.Contour([1, 2], [1, double.NaN], [1, 2, 3, 4]),
            "[Mark.Contour] got an X or Y that does not rise; expected finite numbers, each above the one before"
        ),
        (new Mark.Contour([1], [1], [1]) { Levels = default }, "[Mark.Contour] got no Levels (a default array); expected an array"),
        (
            new Mark.Arrows([1], [1], [1], [1, 2]),
            "[Mark.Arrows] got X of length 1, Y of length 1, Dx of length 1, Dy of length 2; expected equal lengths"
        ),
        (new Mark.Text([1], [1], []), "[Mark.Text] got X of length 1, Y of length 1, Words of length 0; expected equal lengths"),
        (new Mark.Line([1], [1]) { Colour = -1 }, "[Mark.Line] got colour -1; expected 0 or more"),
        (null!, "[Mark.] got no mark (null); expected one"),
    ];

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, Refused.Length)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void WhatCannotBeDrawnIsRefused(int row)
    {
        var (mark, message) = Refused[row];
        var panel = new Panel("p", new("x"), new("y"), [mark]);
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => AutoDiff.Plots.Svg.Of(panel)).Message);
    }

    [Fact]
    public void APanelOrFigureWithoutAnArrayIsRefused()
    {
        Assert.Throws<ArgumentException>(() => AutoDiff.Plots.Svg.Of(new Panel("p", new("x"), new("y"), default)));
        Assert.Throws<ArgumentException>(() => AutoDiff.Plots.Svg.Of(new Figure("f", default)));
        Assert.Throws<ArgumentException>(() => AutoDiff.Plots.Svg.Of(new Figure("f", []) { Columns = 0 }));
    }
}
