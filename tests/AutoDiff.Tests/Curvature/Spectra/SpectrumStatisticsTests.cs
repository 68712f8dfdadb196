using AutoDiff.Curvature;
using static AutoDiff.Tests.Numerics.Matrices;

namespace AutoDiff.Tests.Curvature;

public class SpectrumStatisticsTests
{
    [Fact]
    public void A_saddle_is_counted()
    {
        var spectrum = SpectrumStatistics.Of([-4, -1, -1e-9, 0, 1e-9, 2, 3, 8], 1e-8);
        Assert.Equal((2, 3, 3), (spectrum.Index, spectrum.Nullity, spectrum.Positive));
        Assert.Equal(3.0 / 8, spectrum.MinimumRatio);
        Assert.Equal((-4.0, 8.0), (spectrum.Smallest, spectrum.Largest));
        Assert.Equal(double.PositiveInfinity, spectrum.Condition);
    }

    [Fact]
    public void The_condition_number_is_of_magnitudes()
    {
        Assert.Equal(10, SpectrumStatistics.Of([0.5, 1, 5], 0).Condition);
        Assert.Equal(1, SpectrumStatistics.Of([0.5, 1, 5], 0).MinimumRatio);
        Assert.Equal(8, SpectrumStatistics.Of([-4, -0.5, 2], 0).Condition);
        Assert.Equal(double.PositiveInfinity, SpectrumStatistics.Of([0, 1], 0).Condition);
    }

    [Fact]
    public void An_empty_spectrum_has_no_extremes()
    {
        var spectrum = SpectrumStatistics.Of([], 0);
        Assert.Equal((0, 0, 0), (spectrum.Count, spectrum.Index, spectrum.Outliers));
        Assert.Equal(double.NaN, spectrum.MinimumRatio);
        Assert.Equal(double.NaN, spectrum.Condition);
    }

    [Theory]
    [InlineData(300, 1)]
    [InlineData(300, 2)]
    [InlineData(300, 3)]
    [InlineData(600, 1)]
    public void Three_spikes_stand_out_of_a_Wishart_bulk(int n, int seed)
    {
        var spectrum = SpectrumStatistics.Of(Eigen(SpikedWishart(n, seed), n, vectors: false).Eigenvalues.AsSpan(), 1e-10);
        Assert.Equal(3, spectrum.Outliers);
        Assert.InRange(spectrum.BulkEdge, 3.5, 4.2);
    }

    [Fact]
    public void A_bulk_alone_has_no_outliers()
    {
        Assert.Equal(0, SpectrumStatistics.Of([.. Enumerable.Range(0, 100).Select(i => (double)i)], 0).Outliers);
        Assert.Equal(0, SpectrumStatistics.Of([.. Enumerable.Repeat(2.0, 50)], 0).Outliers);
        Assert.Equal(0, SpectrumStatistics.Of([1, 1, 1, 100], 0).Outliers);
    }

    [Fact]
    public void Outliers_stand_out_of_a_bulk_that_is_all_zero()
    {
        var spectrum = SpectrumStatistics.Of([.. Enumerable.Repeat(0.0, 47), 3, 4, 5], 0);
        Assert.Equal((3, 0.0), (spectrum.Outliers, spectrum.BulkEdge));
    }

    [Fact]
    public void Outliers_do_not_depend_on_scale_or_shift()
    {
        var values = Eigen(SpikedWishart(300, seed: 1), 300, vectors: false).Eigenvalues;
        Assert.Equal(3, SpectrumStatistics.Of([.. values.Select(x => 1e-7 * x)], 0).Outliers);
        Assert.Equal(3, SpectrumStatistics.Of([.. values.Select(x => x - 10)], 0).Outliers);
    }

    [Fact]
    public void Outliers_do_not_depend_on_scale_up_to_the_ends_of_the_range()
    {
        double[] values = [.. Enumerable.Range(-40, 80).Select(i => (double)i), 400, 500, 1000];
        var (plain, lowest) = (SpectrumStatistics.Of(values, 0.5), double.Epsilon);
        Assert.Equal((3, 39.0), (plain.Outliers, plain.BulkEdge));
        foreach (var exponent in new[] { -1074, -1060, -600, 600, 1014 })
        {
            var scaled = SpectrumStatistics.Of(
                [.. values.Select(x => Math.ScaleB(x, exponent))],
                Math.Max(Math.ScaleB(0.5, exponent), lowest / 2)
            );
            Assert.Equal((plain.Outliers, plain.Index), (scaled.Outliers, scaled.Index));
            Assert.Equal(Math.ScaleB(plain.BulkEdge, exponent), scaled.BulkEdge);
            Assert.Equal(plain.Condition, scaled.Condition);
        }
        Assert.Equal(1, SpectrumStatistics.Of([-double.MaxValue, .. Enumerable.Repeat(0.0, 20), double.MaxValue], 0).Outliers);
    }

    [Fact]
    public void Condition_and_ratio_hold_at_the_ends_of_the_range()
    {
        var subnormal = SpectrumStatistics.Of([double.Epsilon, 6 * double.Epsilon], 0);
        Assert.Equal((6.0, 1.0), (subnormal.Condition, subnormal.MinimumRatio));
        Assert.Equal(1, SpectrumStatistics.Of([-double.MaxValue, double.MaxValue], 1).Condition);
        Assert.Equal(double.PositiveInfinity, SpectrumStatistics.Of([double.Epsilon, double.MaxValue], 0).Condition);
        Assert.Throws<ArgumentException>(() => SpectrumStatistics.Of([1, double.PositiveInfinity], 0));
    }

    [Fact]
    public void Wrong_input_throws()
    {
        Assert.Throws<ArgumentException>(() => SpectrumStatistics.Of([2, 1], 0));
        Assert.Throws<ArgumentException>(() => SpectrumStatistics.Of([1, double.NaN], 0));
        Assert.Throws<ArgumentException>(() => SpectrumStatistics.Of([1], -1));
    }

    /// <summary>diag(5, 4, 3, 0, …) + ZZᵀ/n, Z [n, n] normal: outliers near 6.25, 5.333 and 4.5 above a bulk that ends at 4.</summary>
    private static double[] SpikedWishart(int n, int seed)
    {
        var random = new Random(seed);
        var z = new double[n][];
        for (var i = 0; i < n; i++)
            z[i] =
            [
                .. Enumerable
                    .Range(0, n)
                    .Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())),
            ];
        return From(n, (i, j) => (Dot(z[i], z[j]) / n) + (i == j && i < 3 ? 5 - i : 0));
    }
}
