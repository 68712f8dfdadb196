using System.Globalization;
using AutoDiff.Examples.Experiments;

namespace AutoDiff.Tests.Examples;

/// <summary>What is exact in the experiments on trainings: kinds and indices of points, verdicts on histories.</summary>
public sealed class TrainingExperimentTests
{
    [Fact]
    public void AHistoryAtASaddleIsToldFromOneThatBounces()
    {
        var answer = Answer("stuck");
        Assert.All(answer.Checks, check => Assert.True(check.Holds, $"{check.What}: {check.Measured}"));
        Assert.Equal("Saddle", Measured(answer, "the verdict of the Hessian"));
        Assert.Equal("Saddle", Measured(answer, "what the critical point is"));
        // Six units, and two directions of the plane in which the classes' means differ.
        Assert.Equal("12", Measured(answer, "its negative eigenvalues"));
        Assert.Equal("Oscillation", Measured(answer, "what the detector says"));
        var signs = Assert.Single(answer.Listings).Rows;
        Assert.Equal(["NoPlateau", "Saddle", "Oscillation"], signs.Select(row => row[^1]));
        Assert.Equal(5, Assert.Single(answer.Figures).Panels.Length);
    }

    [Fact]
    public void AFlatLossWithALargeGradientIsNoCriticalPoint()
    {
        var answer = Answer("loss-and-gradient");
        Assert.All(answer.Checks, check => Assert.True(check.Holds, $"{check.What}: {check.Measured}"));
        Assert.Equal("Oscillation", Measured(answer, "what the detector says"));
        Assert.Equal("NotCritical", Measured(answer, "what the last point is"));
    }

    [Fact]
    public void SaddlesLookTheMoreLikeMinimaTheLowerTheyAre()
    {
        var answer = Answer("minimum-ratio");
        Assert.All(answer.Checks, check => Assert.True(check.Holds || check.Reason is not null, $"{check.What}: {check.Measured}"));
        Assert.Equal("0", Measured(answer, "true local minima of nets without weight decay"));
        Assert.Equal("0", Measured(answer, "minima more than half way up"));
        var rows = Assert.Single(answer.Listings).Rows;
        Assert.Equal(Measured(answer, "true local minima of nets with weight decay"), $"{rows[1..].Sum(row => int.Parse(row[3], null))}");
        Assert.NotEqual("0", Measured(answer, "true local minima of nets with weight decay"));
        var largest = double.Parse(rows[0][^1].Split(' ')[^1], CultureInfo.InvariantCulture);
        Assert.Equal(largest, double.Parse(Measured(answer, "the largest minimum ratio"), CultureInfo.InvariantCulture), 0.005);
        Assert.Equal(
            Assert.Single(answer.Listings).Rows.Sum(row => int.Parse(row[1], null)),
            answer.Figures[0].Panels[0].Marks.OfType<AutoDiff.Plots.Mark.Scatter>().Sum(mark => mark.X.Length)
        );
    }

    [Fact]
    public void LargeBatchesLearnLessInEqualEpochsAndAsMuchInMany()
    {
        var answer = Answer("batch-accuracy");
        Assert.All(answer.Checks, check => Assert.True(check.Holds, $"{check.What}: {check.Measured}"));
        Assert.Equal("-1", Measured(answer, "rank correlation of a batch's size and the accuracy on training"));
        Assert.Equal("-1", Measured(answer, "rank correlation of a batch's size and the accuracy on test"));
        // The root of ten, a little more where a tenth of all pictures is drawn at once.
        Assert.InRange(double.Parse(Measured(answer, "noise of the small batch's gradient"), CultureInfo.InvariantCulture), 2.6, 4.2);
        Assert.Equal(["14", "140"], Assert.Single(answer.Listings).Columns[1..]);
    }

    [Fact]
    public void MinimaOfLargeBatchesAreSharperButNotAtEqualLoss()
    {
        var answer = Answer("sharpness");
        Assert.All(answer.Checks, check => Assert.True(check.Holds || check.Reason is not null, $"{check.What}: {check.Measured}"));
        Assert.All(answer.Checks[..7], check => Assert.True(check.Holds, check.Measured));
        Assert.InRange(
            double.Parse(Measured(answer, "largest eigenvalue where small batches stop"), CultureInfo.InvariantCulture),
            0.8,
            1.25
        );
        Assert.Equal("9 of 9", Measured(answer, "minima whose sharpness rises"));
        Assert.False(Assert.Single(answer.Checks, check => check.What.StartsWith("training loss", StringComparison.Ordinal)).Holds);
        Assert.Equal(9, Assert.Single(answer.Listings).Rows.Length);
    }

    private static Answer Answer(string name) =>
        Catalogue.All.Single(e => e.Name == name).Run(new(1, false, null, TestContext.Current.CancellationToken));

    private static string Measured(Answer answer, string what) =>
        Assert.Single(answer.Checks, check => check.What.StartsWith(what, StringComparison.Ordinal)).Measured;
}
