using AutoDiff.Curvature;
using static AutoDiff.Tests.Curvature.EigenChecks;

namespace AutoDiff.Tests.Curvature;

public class HistogramTests
{
    [Fact]
    public void Equal_bins_count_every_value_once()
    {
        var histogram = Histogram.EqualWidth([0, 0.5, 1, 1.5, 2, 3.9, 4], 4);
        Assert.Equal([0, 1, 2, 3, 4], histogram.Edges);
        Assert.Equal([2, 2, 1, 2], histogram.Counts);
    }

    [Fact]
    public void Equal_values_share_a_bin()
    {
        var histogram = Histogram.EqualWidth([7, 7, 7], 3);
        Assert.Equal([0, 3, 0], histogram.Counts);
        Near(1, histogram.Edges[3] - histogram.Edges[0], 1e-12);
    }

    [Fact]
    public void Symmetric_logarithmic_bins_resolve_zero_and_outliers()
    {
        double[] values = [-1000, -1e-3, 0, 1e-3, 1e-2, 1000];
        var histogram = Histogram.SymmetricLog(values, 20, 1e-3);
        Assert.Equal(values.Length, histogram.Counts.Sum());
        Assert.Equal(21, histogram.Edges.Length);
        Assert.Equal(histogram.Edges.Order(), histogram.Edges);
        Assert.Equal((-1000.0, 1000.0), (histogram.Edges[0], histogram.Edges[20]));
        for (var i = 0; i <= 20; i++)
            Near(0, (histogram.Edges[i] + histogram.Edges[20 - i]) / (1e-3 + Math.Abs(histogram.Edges[i])), 1e-10);
        Assert.Equal((1, 1), (histogram.Counts[0], histogram.Counts[19]));
    }

    [Fact]
    public void Huge_ranges_do_not_overflow() => Assert.Equal([1, 1], Histogram.EqualWidth([-1.7e308, 1.7e308], 2).Counts);

    [Fact]
    public void Wrong_input_throws()
    {
        Assert.Throws<ArgumentException>(() => Histogram.EqualWidth([], 3));
        Assert.Throws<ArgumentException>(() => Histogram.EqualWidth([1], 0));
        Assert.Throws<ArgumentException>(() => Histogram.EqualWidth([double.NaN], 1));
        Assert.Throws<ArgumentException>(() => Histogram.SymmetricLog([1], 1, 0));
    }
}
