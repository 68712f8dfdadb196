using AutoDiff.Curvature;

namespace AutoDiff.Tests.Curvature;

public class EstimateTests
{
    // Tables of Student's t: level, degrees of freedom, quantile.
    [Theory]
    [InlineData(0.95, 1, 12.706204736432095)]
    [InlineData(0.95, 2, 4.302652729911275)]
    [InlineData(0.95, 3, 3.182446305284263)]
    [InlineData(0.95, 10, 2.2281388519649385)]
    [InlineData(0.99, 15, 2.946712883338613)]
    [InlineData(0.5, 30, 0.6827556874512829)]
    [InlineData(0.999, 4, 8.610301581379261)]
    [InlineData(0.95, 9_999, 1.9602012636213575)]
    [InlineData(0.95, 2_000_000, 1.9602012398905987)]
    public void Intervals_follow_Students_t(double level, int degrees, double quantile)
    {
        var (low, high) = new Estimate(3, 2, 100) { Samples = degrees + 1 }.Interval(level);
        Assert.Equal(3 - (2 * quantile), low, 1e-9 * quantile);
        Assert.Equal(3 + (2 * quantile), high, 1e-9 * quantile);
    }

    [Fact]
    public void What_is_exact_has_no_interval_and_what_is_unknown_no_bounds()
    {
        Assert.Equal((3, 3), new Estimate(3, 0, 100).Interval());
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), new Estimate(3, double.NaN, 1) { Samples = 1 }.Interval());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Levels_are_probabilities(double level) => Assert.Throws<ArgumentException>(() => new Estimate(3, 2, 100).Interval(level));

    [Fact]
    public void Options_are_checked()
    {
        Assert.Throws<ArgumentException>(() => new EstimatorOptions { Tolerance = -1 });
        Assert.Throws<ArgumentException>(() => new EstimatorOptions { RelativeTolerance = double.NaN });
        Assert.Throws<ArgumentException>(() => new EstimatorOptions { MaxProducts = -1 });
        Assert.Throws<ArgumentException>(() => new QuadratureOptions { Nodes = 0 });
        Assert.Throws<ArgumentException>(() => new SpectralDensityOptions { Kappa = 1 });
        Assert.Throws<ArgumentException>(() => new SpectralDensityOptions { Points = 0 });
        Assert.Throws<ArgumentException>(() => new SpectralDensityOptions { Samples = 0 });
        Assert.Throws<ArgumentException>(() => new SpectralDensityOptions { Margin = -1 });
        Assert.Throws<ArgumentException>(() => new SpectralDensityOptions { LinearPart = 0 });
        Assert.Throws<ArgumentException>(() => new SpectralDensityOptions { DeflateLargest = -1 });
        Assert.Throws<ArgumentException>(() => new SpectralDensityOptions { DeflateSmallest = -1 });
    }
}
