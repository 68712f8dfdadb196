using System.Collections.Immutable;
using AutoDiff.Plots;
using Drawn = AutoDiff.Plots.Shape;

namespace AutoDiff.Tests.Plots;

public class FrameTests
{
    [Fact]
    public void MarksOfOneNameShareAColourAndAnEntry()
    {
        var frame = Over(
            new Mark.Line([1], [1]) { Name = "a" },
            new Mark.Line([1], [1]) { Colour = 1 },
            new Mark.Line([1], [1]) { Name = "b" },
            new Mark.Band([1], [1], [1]) { Name = "a" },
            new Mark.Text([1], [1], ["c"]),
            new Mark.Scatter([1], [1]) { Name = "d", Colour = 0 },
            new Mark.Scatter([1], [1]) { Name = "d" }
        );
        Assert.Equal([2, 1, 3, 2, -1, 0, 0], frame.Layers.Select(layer => layer.Colour));
        Assert.Equal(["a", "b", "d"], frame.Legend.Select(entry => entry.Name));
        Assert.Equal([2, 1, 2], frame.Legend.Select(entry => entry.Layers.Length));
    }

    [Fact]
    public void BoxesWithoutNamesHaveOneColour() =>
        Assert.Equal(
            [0, 0, 1],
            Over(new Mark.Box("a", [1]), new Mark.Box("b", [1]), new Mark.Line([0], [1])).Layers.Select(layer => layer.Colour)
        );

    [Fact]
    public void BarsOfOneCategoryStandSideBySideFromZero()
    {
        var frame = Over(new Mark.Bar(["a", "b"], [4, -1]), new Mark.Bar(["b"], [2]));
        Assert.Equal(["a", "b"], frame.XTicks(5).Select(tick => tick.Label));
        var blocks = frame.Layers.SelectMany(layer => layer.Shapes).OfType<Drawn.Block>().ToArray();
        Assert.Equal([0.05, 0.55, 0.75], blocks.Select(block => block.Low.X), Near);
        Assert.Equal([0.25, 0.75, 0.95], blocks.Select(block => block.High.X), Near);
        var zero = frame.Y.Place(0);
        Assert.Equal([zero, frame.Y.Place(-1), zero], blocks.Select(block => block.Low.Y), Near);
        Assert.Equal([frame.Y.Place(4), zero, frame.Y.Place(2)], blocks.Select(block => block.High.Y), Near);
        Assert.Equal(["a: 4", "b: −1", "b: 2"], blocks.Select(block => block.Tip));
    }

    [Fact]
    public void AHeatMapsCellsMeetAndFillTheAxes()
    {
        var frame = Over(new Mark.HeatMap([0, 1, 3], [0, 1], [1, 2, 3, 4, double.NaN, 5]));
        Assert.Equal((-0.5, 4), (frame.X.From, frame.X.To));
        var blocks = frame.Layers[0].Shapes.Cast<Drawn.Block>().ToArray();
        Assert.Equal([0, 0.25, 0.5, 0.75, 1], blocks.Select(block => block.Shade!.Value), Near);
        Assert.Equal([0, 1 / 4.5, 2.5 / 4.5, 0, 2.5 / 4.5], blocks.Select(block => block.Low.X), Near);
        Assert.Equal([0, 0, 0, 0.5, 0.5], blocks.Select(block => block.Low.Y), Near);
    }

    [Fact]
    public void ContoursHaveShadesByRankUnlessAColourOrAHeatMapTakesTheirPlace()
    {
        ImmutableArray<double> grid = [0, 1, 2];
        var contour = new Mark.Contour(grid, grid, [0, 1, 2, 1, 2, 3, 2, 3, 4]) { Levels = [1.5, 2.5, 3.5] };
        var frame = Over(contour);
        Assert.Equal([0, 0.5, 1.0], frame.Layers[0].Shapes.Select(shape => shape.Shade!.Value));
        Assert.Equal(3, frame.Levels.Length);
        Assert.All(Over(contour with { Colour = 2 }).Layers[0].Shapes, shape => Assert.Null(shape.Shade));
        frame = Over(new Mark.HeatMap(grid, grid, contour.Values), contour);
        Assert.All(frame.Layers[1].Shapes, shape => Assert.Null(shape.Shade));
        Assert.Empty(frame.Levels);
        Assert.NotNull(frame.Shades);
    }

    [Fact]
    public void ALineHasAGapAtANumberThatIsNotShown()
    {
        var panel = new Panel("p", new("x"), new("y") { Scale = Scale.Log }, [new Mark.Line([0, 1, 2, 3], [1, 0, 10, double.NaN])]);
        var line = (Drawn.Stroke)Frame.Of(panel).Layers[0].Shapes[0];
        Assert.Equal([true, false, true, false], line.Points.Select(point => point.IsFinite));
    }

    [Fact]
    public void StepsHoldUntilTheNext()
    {
        var line = (Drawn.Stroke)Over(new Mark.Step([0, 1, 2], [0, 1, 0])).Layers[0].Shapes[0];
        var points = line.Points.Where(point => point.IsFinite).ToArray();
        Assert.Equal(5, points.Length);
        Assert.Equal([points[0].Y, points[2].Y], [points[1].Y, points[3].Y]);
        Assert.Equal([points[1].X, points[3].X], [points[2].X, points[4].X]);
    }

    [Fact]
    public void ABandEndsAtAGapAndReachesTheBottomWhereItsLowEndIsNotPositive()
    {
        var band = new Mark.Band([0, 1, 2, 3, 4], [1, 1, double.NaN, -1, 2], [2, 3, 4, 5, 6]);
        var frame = Frame.Of(new("p", new("x"), new("y") { Scale = Scale.Log }, [band]));
        var areas = frame.Layers[0].Shapes.Cast<Drawn.Area>().ToArray();
        Assert.Equal(2, areas.Length);
        Assert.Equal(4, areas[0].Points.Length);
        Assert.Equal(0, areas[1].Points.Min(point => point.Y), 1e-9);
    }

    [Fact]
    public void APathEndsInAHeadThatComesFromTheLastOtherPoint()
    {
        var shapes = Over(new Mark.Path([0, 1, 2, 2], [0, 1, 0, 0])).Layers[0].Shapes;
        var (from, at) = Assert.Single(Assert.IsType<Drawn.Heads>(shapes[^1]).Points);
        Assert.True(from.X < at.X && from.Y > at.Y);
        Assert.Equal([2, 1], shapes.OfType<Drawn.Dots>().Select(dots => dots.Points.Length));
    }

    [Fact]
    public void WhatIsBeyondToldEndsIsCutOff()
    {
        var y = new Axis("y") { From = 0, To = 1 };
        var frame = Frame.Of(new("p", new("x"), y, [new Mark.Line([0, 1, 2], [0.5, 1.5, 1e300]), new Mark.Scatter([0, 1], [0.5, 2])]));
        var line = (Drawn.Stroke)frame.Layers[0].Shapes[0];
        Assert.Equal([frame.X.Place(0), frame.X.Place(0.5)], line.Points.Select(point => point.X), Near);
        Assert.Equal([0.5, 1], line.Points.Select(point => point.Y), Near);
        Assert.Single(((Drawn.Dots)frame.Layers[1].Shapes[0]).Points);
    }

    [Fact]
    public void AnErrorsBarReachesFromLowToHighWithCaps()
    {
        var frame = Over(new Mark.ErrorBar([1], [2], [1], [4]));
        var points = ((Drawn.Stroke)frame.Layers[0].Shapes[0]).Points.Where(point => point.IsFinite).ToArray();
        Assert.Equal(6, points.Length);
        Assert.Equal([frame.Y.Place(1), frame.Y.Place(4)], points.Select(point => point.Y).Distinct().Order(), Near);
    }

    private static Frame Over(params Mark[] marks) => Frame.Of(new("p", new("x"), new("y"), [.. marks]));

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-9;
}
