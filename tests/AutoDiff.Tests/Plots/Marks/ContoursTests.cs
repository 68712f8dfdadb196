using System.Collections.Immutable;
using AutoDiff.Plots;

namespace AutoDiff.Tests.Plots;

public class ContoursTests
{
    private static readonly ImmutableArray<double> Grid = [.. Enumerable.Range(0, 41).Select(i => -2 + i * 0.1)];

    [Fact]
    public void ACirclesLevelIsOneClosedLineOnTheCircle()
    {
        var line = Assert.Single(Over((x, y) => x * x + y * y).Lines(1));
        Assert.Equal(line[0], line[^1]);
        Assert.All(line, point => Assert.Equal(1, Math.Sqrt(point.X * point.X + point.Y * point.Y), 2e-3));
        Assert.Equal(line.Length - 1, line.Distinct().Count());
    }

    [Fact]
    public void APlanesLevelIsOneOpenLineFromSideToSide()
    {
        var line = Assert.Single(Over((x, y) => x + 2 * y).Lines(0.25));
        Assert.All(line, point => Assert.Equal(0.25, point.X + 2 * point.Y, 1e-12));
        Assert.Equal([-2, 2], new[] { line[0].X, line[^1].X }.Order().Select(x => Math.Round(x, 12)));
    }

    [Fact]
    public void ASaddlesLevelIsTwoLines() => Assert.Equal(2, Over((x, y) => x * y).Lines(0.105).Count());

    [Theory]
    [InlineData(0.9, 0, 0, 0.9, false)] // the middle, 0.45, is below the level: the corners above are apart
    [InlineData(0.9, 0.2, 0.2, 0.9, true)] // the middle, 0.55, is above: they are joined, and the corners below apart
    public void ASaddleWithinOneCellFollowsItsMiddle(double a, double b, double c, double d, bool joined)
    {
        var lines = new Mark.Contour([0, 1], [0, 1], [a, b, c, d]).Lines(0.5).ToArray();
        Assert.Equal(2, lines.Length);
        // A line of two points cuts off the corner whose two sides it ends on.
        var corners = lines.Select(line => (line.Max(point => point.X) is 1 ? 1 : 0, line.Max(point => point.Y) is 1 ? 1 : 0)).Order();
        Assert.Equal(joined ? [(0, 1), (1, 0)] : [(0, 0), (1, 1)], corners);
    }

    [Fact]
    public void ACellWithoutANumberHasNoLine()
    {
        Assert.Empty(new Mark.Contour([0, 1], [0, 1], [0, 1, 0, double.NaN]).Lines(0.5));
        Assert.Empty(new Mark.Contour([0, 1], [0, 1], [0, 1, 0, double.PositiveInfinity]).Lines(0.5));
    }

    [Fact]
    public void LevelsAreRoundAndFollowDecades()
    {
        Assert.Equal([1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5], new Mark.Contour([0, 1, 2], [0, 1], [0.5, 1, 2, 3, 4, 5.2]).Levels());
        var valley = Over((x, y) => Math.Pow(1 - x, 2) + 100 * Math.Pow(y - x * x, 2)).Levels();
        Assert.Equal([0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000], valley);
        Assert.Empty(Over((_, _) => 3).Levels());
        Assert.Equal([1, 2], (Over((x, y) => x) with { Levels = [2, 1, 2, double.NaN] }).Levels());
    }

    private static Mark.Contour Over(Func<double, double, double> surface) =>
        new(Grid, Grid, [.. Grid.SelectMany(y => Grid.Select(x => surface(x, y)))]);
}
