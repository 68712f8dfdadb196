using System.Collections.Immutable;
using AutoDiff.Examples;

namespace AutoDiff.Tests.Examples;

/// <summary>The density and the landscape that the main job adds where they are asked for.</summary>
public sealed class PictureTests
{
    [Fact]
    public void TheDensityHasTheMassOfTheEigenvalues()
    {
        var report = SmallJob.Run(SmallJob.Options with { Density = true });
        foreach (var (point, density) in new[] { (report.Start, report.StartDensity!), (report.End, report.EndDensity!) })
        {
            Assert.True(density.IsExact);
            Assert.Equal(1, density.Cells.Sum(cell => cell.Share), 1e-12);
            Assert.All(density.Cells.Zip(density.Cells.Skip(1)), pair => Assert.Equal(pair.First.High, pair.Second.Low, 1e-12));
            Assert.True(density.Cells[0].Low < point.Eigenvalues[0] && density.Cells[^1].High > point.Eigenvalues[^1]);
            // Bumps that reach over 0 are the only difference.
            Assert.Equal((double)point.Index / point.Size, density.Cells.Where(cell => cell.Low < 0).Sum(cell => cell.Share), 0.02);
        }
        var text = SmallJob.Text(report);
        Assert.Equal(2, text.Split("density, from all eigenvalues: percent of them").Length - 1);
    }

    [Theory]
    [InlineData(Plane.Eigenvectors)]
    [InlineData(Plane.Random)]
    public void TheLandscapeIsThatAroundTheMinimum(Plane plane)
    {
        var report = SmallJob.Run(SmallJob.Options with { Landscape = plane });
        var landscape = report.Landscape!;
        Assert.Equal((41, 21), (landscape.X.Length, landscape.Y.Length));
        Assert.All(landscape.Losses, row => Assert.Equal(41, row.Length));
        var centre = landscape.Losses[10][20];
        Assert.Equal(report.End.Loss, centre, 1e-15);
        Assert.Equal("minimum", report.End.Kind);
        Assert.All(landscape.Losses.SelectMany(row => row), loss => Assert.True(loss >= centre));
        if (plane == Plane.Eigenvectors)
        {
            // Next to the centre the loss rises as the two eigenvalues say, but for terms of the fourth order.
            AssertRise(report.End.Lowest.Value, landscape.Lengths[0] / 20, landscape.Losses[10][19], centre, landscape.Losses[10][21]);
            AssertRise(report.End.Highest.Value, landscape.Lengths[1] / 10, landscape.Losses[9][20], centre, landscape.Losses[11][20]);
        }
        var text = SmallJob.Text(report);
        Assert.Contains(plane == Plane.Random ? "random directions" : "eigenvectors of the smallest", text, StringComparison.Ordinal);
        Assert.Equal(21, text.Split('\n').Count(line => line.TrimEnd().EndsWith('|')));
    }

    [Fact]
    public void AMapShowsEveryLossAndWhatIsNone()
    {
        ImmutableArray<ImmutableArray<double>> losses =
        [
            [0, 1, 2],
            [1, 0, double.NaN],
            [double.PositiveInfinity, 1e-6, 1],
        ];
        Assert.Equal(["?.%", "%O?", ".%@"], LossMap.Of(losses));
        Assert.StartsWith(". 0.00199  , 0.00", LossMap.Legend(losses), StringComparison.Ordinal);
        Assert.Contains("@ 2  ? not finite", LossMap.Legend(losses), StringComparison.Ordinal);
        Assert.Equal(
            ["...", ".O.", "..."],
            LossMap.Of([
                [3, 3, 3],
                [3, 3, 3],
                [3, 3, 3],
            ])
        );
    }

    private static void AssertRise(double eigenvalue, double step, double before, double centre, double after) =>
        Assert.Equal(1, (before - (2 * centre) + after) / (eigenvalue * step * step), 0.1);
}
