using AutoDiff.Plots;

namespace AutoDiff.Tests.Plots;

public class ChecksTests
{
    private static readonly (Mark Mark, string Message)[] Refused =
    [
        (new Mark.Line([1, 2], [1]), "[Mark.Line] got x of length 2, y of length 1; expected equal lengths"),
        (new Mark.Path(default, [1]), "[Mark.Path] got no x (a default array); expected an array"),
        (new Mark.Step([1], default), "[Mark.Step] got no y (a default array); expected an array"),
        (
            new Mark.Scatter([1], [1]) { Labels = ["a", "b"] },
            "[Mark.Scatter] got x of length 1, y of length 1, label of length 2; expected equal lengths"
        ),
        (new Mark.Bar(["a"], [1, 2]), "[Mark.Bar] got category of length 1, height of length 2; expected equal lengths"),
        (new Mark.Bar(["a", "a"], [1, 2]), "[Mark.Bar] got a category twice, or null; expected one bar for each"),
        (new Mark.Histogram([1]) { Bins = 0 }, "[Mark.Histogram] got 0 bins; expected 1 or more"),
        (new Mark.Histogram(default), "[Mark.Histogram] got no value (a default array); expected an array"),
        (new Mark.Box(null!, [1]), "[Mark.Box] got no category; expected its name"),
        (
            new Mark.ErrorBar([1], [1], [1], []),
            "[Mark.ErrorBar] got x of length 1, y of length 1, low of length 1, high of length 0; expected equal lengths"
        ),
        (new Mark.Band([1], [1], [1, 2]), "[Mark.Band] got x of length 1, low of length 1, high of length 2; expected equal lengths"),
        (new Mark.HeatMap([1, 2], [1], [1]), "[Mark.HeatMap] got 1 values on 2 × 1 points; expected a value for each point"),
        (new Mark.HeatMap([1], default, [1]), "[Mark.HeatMap] got no X, Y or Values (a default array); expected arrays"),
        (new Mark.Contour([1], [1], default), "[Mark.Contour] got no X, Y or Values (a default array); expected arrays"),
        (new Mark.Scatter([1], [1]) { Labels = default }, "[Mark.Scatter] got no label (a default array); expected an array"),
        (new Mark.Box("a", default), "[Mark.Box] got no value (a default array); expected an array"),
        (new Mark.Bar(default, [1]), "[Mark.Bar] got no category (a default array); expected an array"),
        (new Mark.Bar([null!], [1]), "[Mark.Bar] got a category twice, or null; expected one bar for each"),
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
            "[Mark.Arrows] got x of length 1, y of length 1, dx of length 1, dy of length 2; expected equal lengths"
        ),
        (new Mark.Text([1], [1], []), "[Mark.Text] got x of length 1, y of length 1, text of length 0; expected equal lengths"),
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
