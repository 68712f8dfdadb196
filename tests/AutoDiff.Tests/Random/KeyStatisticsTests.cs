using MathNet.Numerics.Distributions;

namespace AutoDiff.Tests;

/// <summary>Distributions at fixed seeds: a failure is a change of the streams, not chance.</summary>
public sealed class KeyStatisticsTests
{
    private const int Count = 100_000;

    // Chance of a false alarm had the seeds not been fixed: about 1 in 10⁴ for each test.
    private const double StandardErrors = 4;
    private static readonly double _kolmogorov = 2.23 / Math.Sqrt(Count);

    private static readonly Key _key = Key.Of(2024);

    [Fact]
    public void UniformMomentsAndDistribution()
    {
        var values = Values(_key.FoldIn(1).Uniform([Count], -1, 3));
        Moment(values, x => x, 1, 4 / Math.Sqrt(12));
        Moment(values, x => (x - 1) * (x - 1), 16.0 / 12, Math.Sqrt(16.0 * 16 / 180));
        Assert.True(Kolmogorov(values, x => (x + 1) / 4) < _kolmogorov);
    }

    [Fact]
    public void NormalMomentsAndDistribution()
    {
        var values = Values(_key.FoldIn(2).Normal([Count]));
        Moment(values, x => x, 0, 1);
        Moment(values, x => x * x, 1, Math.Sqrt(2));
        Moment(values, x => x * x * x, 0, Math.Sqrt(15));
        Moment(values, x => x * x * x * x, 3, Math.Sqrt(96));
        Assert.True(Kolmogorov(values, x => Normal.CDF(0, 1, x)) < _kolmogorov);
    }

    [Fact]
    public void BernoulliMean() => Moment(Values(_key.FoldIn(3).Bernoulli([Count], 0.3)), x => x, 0.3, Math.Sqrt(0.21));

    [Fact]
    public void WordBitsAreBalanced()
    {
        var (key, ones) = (new PhiloxKey(_key.Bits), new double[64]);
        for (var i = 0u; i < Count; i++)
        {
            for (var bit = 0; bit < 64; bit++)
                ones[bit] += (key.Word(i) >> bit) & 1;
        }
        Assert.All(ones, count => Assert.True(Math.Abs(count - (Count / 2)) < 4.5 * Math.Sqrt(Count / 4.0)));
    }

    [Fact]
    public void IntegersAreUniform() => Assert.True(Significance(Counts(7, _key.FoldIn(4).Choice(7, Count, replace: true))) > 1e-4);

    [Fact]
    public void LargeBoundsAreUniform()
    {
        const int bound = 1_500_000_000;
        var picks = _key.FoldIn(5).Choice(10_000, Count, replace: true);
        Assert.True(Significance(Counts(100, [.. picks.Select(pick => pick / 100)])) > 1e-4);
        var wide = Enumerable.Range(0, Count / 10).Select(i => _key.FoldIn(6).FoldIn((ulong)i).Integer(bound)).ToArray();
        Assert.True(Significance(Counts(15, [.. wide.Select(pick => pick / 100_000_000)])) > 1e-4);
    }

    [Fact]
    public void PermutationsAreUniform()
    {
        var ranks = _key.FoldIn(7).Split(24_000).Select(key => key.Permutation(4)).Select(p => (((p[0] * 4) + p[1]) * 4) + p[2]).ToArray();
        var counts = ranks.CountBy(rank => rank).Select(pair => (double)pair.Value).ToArray();
        Assert.Equal(24, counts.Length);
        Assert.True(Significance(counts) > 1e-4);
    }

    [Fact]
    public void ChoicesWithoutReplacementAreDistinctAndUniform()
    {
        var picks = _key.FoldIn(8).Split(5_000).Select(key => key.Choice(10, 3, replace: false)).ToArray();
        Assert.All(picks, pick => Assert.Equal(3, pick.Distinct().Count()));
        Assert.True(Significance(Counts(10, [.. picks.SelectMany(pick => pick)])) > 1e-4);
    }

    /// <summary>A parent's draws, its children's and its folds' are uncorrelated, at lag 0 and 1.</summary>
    [Fact]
    public void StreamsAreIndependent()
    {
        var key = _key.FoldIn(9);
        var children = key.Split(3);
        Key[] keys = [key, .. children, key.FoldIn(0), key.FoldIn(1), children[0].Split(1)[0], Key.Of(0), Key.Of(1)];
        var streams = keys.Select(k => Values(k.Normal([20_000]))).ToArray();
        var limit = 4.5 / Math.Sqrt(20_000);
        for (var i = 0; i < streams.Length; i++)
        {
            for (var j = 0; j < streams.Length; j++)
            {
                if (i != j)
                    Assert.True(Math.Abs(Correlation(streams[i], streams[j])) < limit, $"streams {i} and {j}");
                Assert.True(Math.Abs(Correlation(streams[i][1..], streams[j][..^1])) < limit, $"streams {i} and {j} at lag 1");
            }
        }
    }

    /// <summary>The first draw of each of many children is a sample of the same distribution.</summary>
    [Fact]
    public void FirstDrawsOfChildrenAreUniform()
    {
        Assert.True(Kolmogorov([.. _key.FoldIn(10).Split(Count).Select(First)], x => x) < _kolmogorov);
        Assert.True(Kolmogorov([.. Enumerable.Range(0, Count).Select(i => First(_key.FoldIn((ulong)i)))], x => x) < _kolmogorov);
        Assert.True(Kolmogorov([.. Enumerable.Range(0, Count).Select(i => First(Key.Of((ulong)i)))], x => x) < _kolmogorov);

        static double First(Key key) => Values(key.Uniform([]))[0];
    }

    private static double[] Values(Tensor tensor) => ((Constant)tensor).Values.ToArray();

    internal static void Moment(double[] values, Func<double, double> f, double expected, double deviation)
    {
        var mean = values.Average(f);
        Assert.True(
            Math.Abs(mean - expected) < StandardErrors * deviation / Math.Sqrt(values.Length),
            $"moment {mean}; expected {expected}"
        );
    }

    /// <summary>The largest distance between the sample's distribution function and <paramref name="cumulative"/>.</summary>
    internal static double Kolmogorov(double[] values, Func<double, double> cumulative) =>
        values
            .Order()
            .Select(
                (x, i) =>
                    Math.Max(Math.Abs(cumulative(x) - ((double)i / values.Length)), Math.Abs(cumulative(x) - ((i + 1.0) / values.Length)))
            )
            .Max();

    private static double[] Counts(int bins, int[] values)
    {
        var counts = new double[bins];
        foreach (var value in values)
            counts[value]++;
        return counts;
    }

    /// <summary>The probability of a χ² no smaller, were all bins equally likely.</summary>
    internal static double Significance(double[] counts)
    {
        var expected = counts.Average();
        return 1 - ChiSquared.CDF(counts.Length - 1, counts.Sum(count => (count - expected) * (count - expected) / expected));
    }

    internal static double Correlation(double[] x, double[] y) => MathNet.Numerics.Statistics.Correlation.Pearson(x, y);
}
