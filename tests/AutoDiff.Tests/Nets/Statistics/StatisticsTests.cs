using AutoDiff.Nets;

namespace AutoDiff.Tests.Nets;

public class StatisticsTests
{
    private const double None = double.NaN;
    private static readonly double[] Skewed = [.. Enumerable.Range(1, 40).Select(i => Math.Exp(i / 12.0))];

    [Fact]
    public void A_single_value_has_no_deviation()
    {
        Assert.Equal(new SampleSummary(1, 3, None, None, 3, 3, 3), Statistics.Summarize([3]));
        Assert.Equal(new TTestResult(None, None, 0), Statistics.TTest([3], 0));
        Assert.Equal(new TTestResult(None, None, 0), Statistics.TTest([3], [4.0]));
        Assert.Equal((None, None), (Statistics.MeanInterval([3]).Low, Statistics.WelchTTest([3], [1, 2]).Statistic));
        // Against a sample that has one: (5 − 2) ⁄ (1·√(1 + 1⁄3)) with 2 degrees.
        Assert.Equal(3 / Math.Sqrt(4.0 / 3), Statistics.TTest([5], [1, 2, 3]).Statistic, 1e-15);
        Assert.Equal(2, Statistics.TTest([5], [1, 2, 3]).DegreesOfFreedom);
    }

    [Fact]
    public void Equal_values_are_infinitely_far_or_say_nothing()
    {
        double[] tenths = [0.1, 0.1, 0.1];
        Assert.Equal(0, Statistics.Summarize(tenths).StandardDeviation);
        Assert.Equal(new TTestResult(double.PositiveInfinity, 0, 2), Statistics.TTest(tenths, 0));
        Assert.Equal(new TTestResult(double.PositiveInfinity, 1, 2), Statistics.TTest(tenths, 0, Alternative.Less));
        Assert.Equal(new TTestResult(None, None, 2), Statistics.TTest(tenths, 0.1));
        Assert.Equal(new TTestResult(double.NegativeInfinity, 0, 1), Statistics.WelchTTest(tenths, [1, 1]));
        Assert.Equal(double.NegativeInfinity, Statistics.CohensD(tenths, [1, 1]));
        Assert.Equal(new SignificanceResult(None, None), Statistics.ShapiroWilk(tenths));
        Assert.Equal(new SignificanceResult(None, None), Statistics.DAgostinoPearson([1, 1, 1, 1, 1, 1, 1, 1]));
        Assert.Equal(new SignificanceResult(None, None), Statistics.Pearson(tenths, [1, 2, 3]));
        Assert.Equal(new RankTestResult(4.5, 1, RankMethod.Asymptotic), Statistics.MannWhitneyU(tenths, tenths));
        Assert.Equal(new RankTestResult(0, 1, RankMethod.Asymptotic), Statistics.WilcoxonSignedRank(tenths, tenths));
    }

    [Fact]
    public void Two_pairs_always_correlate()
    {
        Assert.Equal(new SignificanceResult(1, 1), Statistics.Pearson([1, 2], [3, 5]));
        Assert.Equal(new SignificanceResult(-1, 1), Statistics.Spearman([1, 2], [5, 3]));
    }

    [Fact]
    public void Symmetric_samples_have_no_skewness()
    {
        double[] x = [-4, -3, -2, -1, 1, 2, 3, 4];
        Assert.Equal(0, Statistics.Skewness(x));
        // The Z of the kurtosis alone, by SciPy's kurtosistest.
        Assert.Equal(1.2375009638510415 * 1.2375009638510415, Statistics.DAgostinoPearson(x).Statistic, 1e-12);
    }

    [Fact]
    public void Auto_is_exact_where_small_and_without_ties()
    {
        double[] eight = [1, 2, 3, 4, 5, 6, 7, 8];
        double[] ten = [.. Enumerable.Range(0, 10).Select(i => i + 0.5)];
        Assert.Equal(RankMethod.Exact, Statistics.MannWhitneyU(eight, ten).Method);
        Assert.Equal(RankMethod.Asymptotic, Statistics.MannWhitneyU([.. eight, 9], ten).Method);
        Assert.Equal(RankMethod.Asymptotic, Statistics.MannWhitneyU(eight, [.. ten, 1]).Method);
        double[] fifty = [.. Enumerable.Range(1, 50).Select(i => (double)i)];
        var none = new double[50];
        Assert.Equal(RankMethod.Exact, Statistics.WilcoxonSignedRank(fifty, none).Method);
        Assert.Equal(RankMethod.Asymptotic, Statistics.WilcoxonSignedRank([.. fifty, 51], [.. none, 0]).Method);
        Assert.Equal(RankMethod.Asymptotic, Statistics.WilcoxonSignedRank([1, 2, 0], [0, 0, 0]).Method);
        Assert.Equal(RankMethod.Asymptotic, Statistics.WilcoxonSignedRank([1, 2, -2], [0, 0, 0]).Method);
    }

    [Fact]
    public void The_largest_exact_samples_are_exact()
    {
        // One order of all is as extreme as this on either side, here and there: 2·8!·5000! ⁄ 5008!, and 2 ⁄ 2¹⁰⁰⁰.
        double[] eight = [1, 2, 3, 4, 5, 6, 7, 8];
        double[] many = [.. Enumerable.Range(9, 5001).Select(i => (double)i)];
        var u = Statistics.MannWhitneyU(eight, many.AsSpan(0, 5000));
        Assert.Equal(RankMethod.Exact, u.Method);
        var orders = 2.0;
        for (var i = 1; i <= 8; i++)
            orders *= i / (5000.0 + i);
        Assert.Equal(1, u.PValue / orders, 1e-11);
        Assert.Equal(RankMethod.Asymptotic, Statistics.MannWhitneyU(eight, many).Method);
        var w = Statistics.WilcoxonSignedRank(many.AsSpan(0, 1000), new double[1000], method: RankMethod.Exact);
        Assert.Equal(1, w.PValue / Math.ScaleB(1, -999), 1e-11);
    }

    [Fact]
    public void Tails_reach_the_smallest_numbers()
    {
        // mpmath, 30 digits.
        Assert.Equal(1, Tails.Student(1e10, 30) / 1.03645346525620669e-279, 1e-11);
        Assert.Equal(1, Tails.Student(0.001, 1e7) / 0.499601057796062499, 1e-12);
        Assert.Equal(1, Tails.Normal(37) / 5.725571222524577e-300, 1e-12);
        Assert.Equal(
            (0, 0.5, 1),
            (Tails.Student(double.PositiveInfinity, 3), Tails.Student(0, 3), Tails.Student(double.NegativeInfinity, 3))
        );
    }

    [Theory]
    [InlineData(BootstrapMethod.Percentile)]
    [InlineData(BootstrapMethod.Basic)]
    [InlineData(BootstrapMethod.BCa)]
    public void Bootstraps_are_the_same_for_the_same_key(BootstrapMethod method)
    {
        BootstrapResult Of(ulong seed) => Statistics.Bootstrap(Skewed, values => values.Average(), Key.Of(seed), 3000, 0.9, method);
        Assert.Equal(Of(1), Of(1));
        Assert.NotEqual(Of(1), Of(2));
        var (one, summary) = (Of(1), Statistics.Summarize(Skewed));
        Assert.Equal(summary.Mean, one.Estimate, 1e-12);
        // The deviation of resamples is that of n values, and its own error 1⁄√(2·3000).
        Assert.Equal(summary.StandardError * Math.Sqrt(39.0 / 40), one.StandardError, 0.06 * one.StandardError);
        Assert.True(one.Interval.Low < one.Estimate && one.Estimate < one.Interval.High);
    }

    [Fact]
    public void Bootstraps_of_equal_values_are_that_value()
    {
        foreach (var method in Enum.GetValues<BootstrapMethod>())
        {
            var result = Statistics.Bootstrap([2, 2, 2], values => values.Max(), Key.Of(1), 50, method: method);
            Assert.Equal(new BootstrapResult(2, 0, new(2, 2, 0.95)), result);
        }
    }

    [Fact]
    public void A_bootstrapped_statistic_may_change_its_array()
    {
        double Median(double[] values)
        {
            Array.Sort(values);
            return values[values.Length / 2];
        }
        var sorting = Statistics.Bootstrap(Skewed, Median, Key.Of(1), 200);
        Assert.Equal(Statistics.Bootstrap(Skewed, values => Median([.. values]), Key.Of(1), 200), sorting);
    }

    public static TheoryData<string> Rejected => [.. Misuses.Select(misuse => misuse.Message)];

    [Theory]
    [MemberData(nameof(Rejected))]
    public void Misuse_is_reported(string message) =>
        Assert.Contains(
            message,
            Assert.ThrowsAny<ArgumentException>(Misuses.Single(misuse => misuse.Message == message).Call).Message,
            StringComparison.Ordinal
        );

    private static readonly (string Message, Action Call)[] Misuses =
    [
        ("[Statistics.Summarize] got no values for x", () => Statistics.Summarize([])),
        ("[Statistics.Summarize] got NaN at position 1 of x", () => Statistics.Summarize([1, None])),
        ("[Statistics.MeanInterval] got level 1", () => Statistics.MeanInterval([1, 2], 1)),
        ("[Statistics.TTest] got no values for y", () => Statistics.TTest([1, 2], [])),
        ("[Statistics.TTest] got NaN at position 0 of mean", () => Statistics.TTest([1, 2], None)),
        ("[Statistics.TTest] got alternative 9", () => Statistics.TTest([1, 2], 0, (Alternative)9)),
        ("[Statistics.PairedTTest] got 2 and 1 values; expected pairs", () => Statistics.PairedTTest([1, 2], [1])),
        ("[Statistics.WelchTTest] got", () => Statistics.WelchTTest([1, double.PositiveInfinity], [1])),
        ("[Statistics.MannWhitneyU] got ties for the exact method", () => Statistics.MannWhitneyU([1, 1], [2], method: RankMethod.Exact)),
        (
            "[Statistics.MannWhitneyU] got 201·200 pairs",
            () =>
                Statistics.MannWhitneyU(
                    [.. Enumerable.Range(0, 201).Select(i => i + 0.5)],
                    [.. Enumerable.Range(0, 200).Select(i => (double)i)],
                    method: RankMethod.Exact
                )
        ),
        ("[Statistics.MannWhitneyU] got method 8", () => Statistics.MannWhitneyU([1], [2], method: (RankMethod)8)),
        (
            "[Statistics.WilcoxonSignedRank] got ties or zeros",
            () => Statistics.WilcoxonSignedRank([1, 2], [1, 3], method: RankMethod.Exact)
        ),
        (
            "[Statistics.WilcoxonSignedRank] got 1001 pairs",
            () =>
                Statistics.WilcoxonSignedRank(
                    [.. Enumerable.Range(1, 1001).Select(i => (double)i)],
                    new double[1001],
                    method: RankMethod.Exact
                )
        ),
        ("[Statistics.HedgesG] got 3 values; expected at least 4", () => Statistics.HedgesG([1, 2], [3])),
        ("[Statistics.DAgostinoPearson] got 7 values; expected at least 8", () => Statistics.DAgostinoPearson([1, 2, 3, 4, 5, 6, 7])),
        ("[Statistics.ShapiroWilk] got 2 values; expected 3 to 5000", () => Statistics.ShapiroWilk([1, 2])),
        ("[Statistics.ShapiroWilk] got 5001 values", () => Statistics.ShapiroWilk(new double[5001])),
        ("[Statistics.Pearson] got 1 and 1 values; expected at least 2 pairs", () => Statistics.Pearson([1], [1])),
        ("[Statistics.Spearman] got 2 and 3 values", () => Statistics.Spearman([1, 2], [1, 2, 3])),
        ("[Statistics.Bootstrap] got 1 resamples", () => Statistics.Bootstrap([1, 2], values => 0, Key.Of(1), 1)),
        ("[Statistics.Bootstrap] got level 0", () => Statistics.Bootstrap([1, 2], values => 0, Key.Of(1), level: 0)),
        ("[Statistics.Bootstrap] got method 5", () => Statistics.Bootstrap([1, 2], values => 0, Key.Of(1), method: (BootstrapMethod)5)),
        ("[Statistics.Bootstrap] got null for statistic", () => Statistics.Bootstrap([1, 2], null!, Key.Of(1))),
        ("[Statistics.Bootstrap] got null for key", () => Statistics.Bootstrap([1, 2], values => 0, null!)),
    ];
}
