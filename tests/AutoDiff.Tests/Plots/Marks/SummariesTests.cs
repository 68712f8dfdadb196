using AutoDiff.Plots;

namespace AutoDiff.Tests.Plots;

public class SummariesTests
{
    [Fact]
    public void BinsAreEquallyWideAndTheLastHoldsItsEnd()
    {
        var bins = new Mark.Histogram([0, 0.9, 1, 2.5, 4, double.NaN]) { Bins = 4 }.Bins(Scale.Linear);
        Assert.Equal([new(0, 1, 2), new(1, 2, 1), new(2, 3, 1), new(3, 4, 1)], bins);
    }

    [Fact]
    public void BinsOfALogarithmicAxisHaveEqualRatios()
    {
        var bins = new Mark.Histogram([1, 5, 50, 100, -1, 0]) { Bins = 2 }.Bins(Scale.Log);
        Assert.Equal([2, 2], bins.Select(bin => bin.Count));
        Assert.Equal(10, bins[0].To, 1e-12);
    }

    [Fact]
    public void EqualValuesAreInOneBin()
    {
        Assert.Equal(
            [0, 3, 0],
            new Mark.Histogram([2, 2, 2]) { Bins = 3 }
                .Bins(Scale.Linear)
                .Select(bin => bin.Count)
        );
        Assert.Empty(new Mark.Histogram([double.NaN]).Bins(Scale.Linear));
    }

    [Fact]
    public void ABoxHasTukeysNumbers()
    {
        // R: quantile(x, type = 7) of these is 2.5, 4, 6.5; fences at −3.5 and 12.5
        var numbers = new Mark.Box("a", [7, 1, 2, 3, 4, 6, 30, double.NaN]).Numbers()!;
        Assert.Equal((1, 2.5, 4, 6.5, 7), (numbers.Low, numbers.Lower, numbers.Median, numbers.Upper, numbers.High));
        Assert.Equal([30], numbers.Outliers);
        Assert.Null(new Mark.Box("a", []).Numbers());
        // Quartiles 2 and 6: fences at −4 and 12, which are within.
        numbers = new Mark.Box("a", [-4.1, 1, 2, 3, 4, 5, 6, 7, 12]).Numbers()!;
        Assert.Equal((1, 12), (numbers.Low, numbers.High));
        Assert.Equal([-4.1], numbers.Outliers);
    }

    [Fact]
    public void QuantilesInterpolate()
    {
        Assert.Equal(1.3, Summaries.Quantile([1, 2], 0.3), 1e-15);
        Assert.Equal(0, Summaries.Quantile([-double.MaxValue, double.MaxValue], 0.5));
    }
}
