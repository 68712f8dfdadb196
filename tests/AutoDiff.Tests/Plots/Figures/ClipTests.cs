using AutoDiff.Plots;
using Point = AutoDiff.Plots.Point;

namespace AutoDiff.Tests.Plots;

public class ClipTests
{
    [Fact]
    public void ALineThatLeavesAndReturnsHasAGap()
    {
        var points = Clip.Line([new(0.5, 0.5), new(1.5, 0.5), new(0.5, 0.25)]);
        Assert.Equal([true, true, false, true, true], points.Select(point => point.IsFinite));
        Assert.Equal([new(0.5, 0.5), new(1, 0.5)], points[..2]);
        Assert.Equal(new Point(1, 0.375), points[3]);
    }

    [Fact]
    public void ALineAcrossIsCutOnBothSides() =>
        Assert.Equal([new Point(0, 0.5), new Point(1, 0.5)], Clip.Line([new(-1, 0.5), new(3, 0.5)]).Where(point => point.IsFinite));

    [Fact]
    public void ALineThatComesFromJustOutsideBeginsAtTheEdge() =>
        Assert.Equal([new Point(0, 0.5), new Point(0.5, 0.5)], Clip.Line([new(-0.05, 0.5), new(0.5, 0.5)]).Where(point => point.IsFinite));

    [Fact]
    public void ALineBesideIsNothing() => Assert.DoesNotContain(Clip.Line([new(-1, -1), new(2, -0.5)]), point => point.IsFinite);

    [Fact]
    public void AnAreaAroundIsTheSquare() =>
        Assert.Equal(
            [new Point(0, 0), new Point(0, 1), new Point(1, 0), new Point(1, 1)],
            Clip.Area([new(-1, -1), new(2, -1), new(2, 2), new(-1, 2)])
                .Select(point => new Point(Math.Round(point.X, 12) + 0.0, Math.Round(point.Y, 12) + 0.0))
                .Distinct()
                .OrderBy(point => (point.X, point.Y))
        );
}
