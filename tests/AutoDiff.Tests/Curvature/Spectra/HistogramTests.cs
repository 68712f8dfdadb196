using AutoDiff.Curvature;
using static AutoDiff.Tests.Numerics.EigenChecks;

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

    public static TheoryData<string, double[]> Extremes =>
        new()
        {
            { "zeros", [0, 0, 0] },
            { "zeros of both signs", [-0.0, 0, -0.0] },
            { "one value", [3.5] },
            { "one subnormal", [double.Epsilon] },
            { "neighbouring subnormals", [0, double.Epsilon, 2 * double.Epsilon] },
            { "subnormals", [-3e-320, 0, 1e-315, 2e-310] },
            { "neighbours", [1, Math.BitIncrement(1), Math.BitIncrement(Math.BitIncrement(1))] },
            { "the largest", [double.MaxValue, double.MaxValue] },
            { "the most negative", [-double.MaxValue] },
            { "all there is", [-double.MaxValue, -1, -double.Epsilon, 0, double.Epsilon, 1, double.MaxValue] },
            { "far apart", [-1e300, 1e-300, 1e300] },
            { "huge and equal", [1e300, 1e300] },
            { "an outlier", [.. Enumerable.Repeat(1e-12, 50), 1e12] },
        };

    [Theory]
    [MemberData(nameof(Extremes))]
    public void Bins_hold_what_lies_between_their_edges(string name, double[] values)
    {
        foreach (var bins in new[] { 1, 2, 3, 7, 20 })
        {
            Holds(Histogram.EqualWidth(values, bins));
            foreach (var linear in new[] { double.Epsilon, 1e-300, 1e-3, 1, 1e300, double.MaxValue })
                Holds(Histogram.SymmetricLog(values, bins, linear));
            void Holds(Histogram histogram)
            {
                var edges = histogram.Edges;
                Assert.Equal(bins + 1, edges.Length);
                Assert.Equal(bins, histogram.Counts.Length);
                Assert.All(edges, edge => Assert.True(double.IsFinite(edge), name));
                Assert.Equal(edges.Order(), edges);
                Assert.True(edges[0] < edges[bins]);
                for (var i = 0; i < bins; i++)
                {
                    var expected = values.Count(x => x >= edges[i] && (i == bins - 1 ? x <= edges[i + 1] : x < edges[i + 1]));
                    Assert.Equal(expected, histogram.Counts[i]);
                }
                Assert.Equal(values.Length, histogram.Counts.Sum());
            }
        }
    }

    [Fact]
    public void Symmetric_logarithmic_edges_are_equally_spaced_where_the_ratio_overflows()
    {
        // asinh(x/c) is ±ln(2|x|/c), 1382 + 0.69 here, so halves lie at the geometric means.
        var edges = Histogram.SymmetricLog([-1e300, 1e300], 4, 1e-300).Edges;
        Near(0, edges[2], 1e-300);
        Near(1, edges[3] / Math.Sqrt(0.5), 1e-10);
        Near(-edges[3], edges[1], 1e-10);
        var near = Histogram.SymmetricLog([-1e-300, 1e-300], 4, 1e300).Edges;
        Near(0.5, near[3] / 1e-300, 1e-10);
        // Both formulas meet where one takes over from the other.
        var across = Histogram.SymmetricLog([0, 1e9], 1000, 1).Edges;
        for (var i = 1; i < 1000; i++)
            Near(Math.Asinh(1e9) * i / 1000, Math.Asinh(across[i]), 1e-12 * i);
    }

    [Fact]
    public void Wrong_input_throws()
    {
        Assert.Throws<ArgumentException>(() => Histogram.EqualWidth([], 3));
        Assert.Throws<ArgumentException>(() => Histogram.EqualWidth([1], 0));
        Assert.Throws<ArgumentException>(() => Histogram.EqualWidth([double.NaN], 1));
        foreach (var linear in new[] { 0, -1, double.NaN, double.PositiveInfinity })
            Assert.Throws<ArgumentException>(() => Histogram.SymmetricLog([1], 1, linear));
        foreach (var value in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
            Assert.Throws<ArgumentException>(() => Histogram.SymmetricLog([1, value], 1, 1));
    }
}
