using AutoDiff.Nets;
using Xunit;

namespace AutoDiff.Properties;

/// <summary>What holds of statistics of any samples.</summary>
public sealed class StatisticLaws
{
    private const int Keys = 1000;

    // Of two samples of 17 values: figures that neither order nor a common shift and scale change.
    private static readonly (string Name, Func<double[], double[], double> Value)[] Invariant =
    [
        ("t", (x, y) => Statistics.TTest(x, y).Statistic),
        ("Welch", (x, y) => Statistics.WelchTTest(x, y).PValue),
        ("U", (x, y) => Statistics.MannWhitneyU(x, y).PValue),
        ("d", (x, y) => Statistics.CohensD(x, y)),
        ("g", (x, y) => Statistics.HedgesG(x, y)),
        ("skewness", (x, _) => Statistics.Skewness(x)),
        ("kurtosis", (x, _) => Statistics.Kurtosis(x)),
        ("D'Agostino-Pearson", (x, _) => Statistics.DAgostinoPearson(x).Statistic),
        ("Shapiro-Wilk", (x, _) => Statistics.ShapiroWilk(x).PValue),
    ];

    // Of pairs: as above, where pairs keep together.
    private static readonly (string Name, Func<double[], double[], double> Value)[] Paired =
    [
        ("paired t", (x, y) => Statistics.PairedTTest(x, y).Statistic),
        ("paired d", (x, y) => Statistics.PairedCohensD(x, y)),
        ("Wilcoxon", (x, y) => Statistics.WilcoxonSignedRank(x, y).PValue),
        ("Pearson", (x, y) => Statistics.Pearson(x, y).PValue),
        ("Spearman", (x, y) => Statistics.Spearman(x, y).Statistic),
    ];

    public static TheoryData<string> Names => [.. Invariant.Concat(Paired).Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Order_does_not_matter(string name)
    {
        var value = Value(name);
        var isPaired = Array.Exists(Paired, row => string.Equals(row.Name, name, StringComparison.Ordinal));
        for (var seed = 0UL; seed < 20; seed++)
        {
            var (x, y) = Samples(seed);
            var (first, second) = (
                Key.Of(seed).FoldIn(2).Permutation(x.Length),
                Key.Of(seed).FoldIn(isPaired ? 2UL : 3).Permutation(y.Length)
            );
            Near(value(x, y), value(Array.ConvertAll(first, i => x[i]), Array.ConvertAll(second, i => y[i])), name);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Shift_and_scale_do_not_matter(string name)
    {
        var value = Value(name);
        for (var seed = 0UL; seed < 20; seed++)
        {
            var (x, y) = Samples(seed);
            Near(value(x, y), value(Array.ConvertAll(x, v => (7 * v) - 3), Array.ConvertAll(y, v => (7 * v) - 3)), name);
        }
    }

    [Fact]
    public void Swapped_samples_turn_the_sides_around()
    {
        for (var seed = 0UL; seed < 50; seed++)
        {
            var (x, y) = Samples(seed);
            double[] few = [.. x.Take(5)];
            Turned(Statistics.TTest(x, y).Statistic, Statistics.TTest(y, x).Statistic, 0);
            Turned(Statistics.CohensD(x, y), Statistics.CohensD(y, x), 0);
            Turned(Statistics.MannWhitneyU(x, y).Statistic, Statistics.MannWhitneyU(y, x).Statistic, x.Length * y.Length);
            Turned(Statistics.MannWhitneyU(few, y).Statistic, Statistics.MannWhitneyU(y, few).Statistic, few.Length * y.Length);
            foreach (
                var p in new Func<double[], double[], Alternative, double>[]
                {
                    (a, b, side) => Statistics.TTest(a, b, side).PValue,
                    (a, b, side) => Statistics.WelchTTest(a, b, side).PValue,
                    (a, b, side) => Statistics.PairedTTest(a, b, side).PValue,
                    (a, b, side) => Statistics.MannWhitneyU(a, b, side).PValue,
                    (a, b, side) => Statistics.MannWhitneyU(a, b, side, RankMethod.Exact).PValue,
                    (a, b, side) => Statistics.WilcoxonSignedRank(a, b, side).PValue,
                }
            )
            {
                Near(p(x, y, Alternative.TwoSided), p(y, x, Alternative.TwoSided), "two-sided");
                Near(p(x, y, Alternative.Less), p(y, x, Alternative.Greater), "less");
                var smaller = Math.Min(p(x, y, Alternative.Less), p(x, y, Alternative.Greater));
                Near(Math.Min(1, 2 * smaller), p(x, y, Alternative.TwoSided), "twice the smaller side");
            }
        }
    }

    /// <summary>Of samples of one distribution as many as its p-value says are that far apart: within four deviations.</summary>
    [Fact]
    public void P_values_are_as_frequent_as_they_say()
    {
        var tests = new Func<double[], double[], double>[]
        {
            (x, y) => Statistics.TTest(x, y).PValue,
            (x, y) => Statistics.PairedTTest(x, y).PValue,
            (x, y) => Statistics.MannWhitneyU(x, y).PValue,
            (x, y) => Statistics.WilcoxonSignedRank(x, y).PValue,
            (x, _) => Statistics.ShapiroWilk(x).PValue,
            (x, y) => Statistics.Pearson(x, y).PValue,
        };
        foreach (var test in tests)
        {
            var below = Enumerable.Range(0, Keys).Count(seed => Samples((ulong)seed, 0) is var (x, y) && test(x, y) < 0.2);
            Assert.InRange(below / (double)Keys, 0.2 - (4 * Math.Sqrt(0.16 / Keys)), 0.2 + (4 * Math.Sqrt(0.16 / Keys)));
        }
    }

    [Fact]
    public void Intervals_hold_the_mean_as_often_as_they_say() =>
        Covered(x => Statistics.MeanInterval(x, 0.9), 0.9 - (4 * Math.Sqrt(0.09 / Keys)), 0.9 + (4 * Math.Sqrt(0.09 / Keys)));

    /// <summary>Bootstrapped intervals of few values are somewhat short: by √(16 ⁄ 17), and as the normal distribution's for Student's.</summary>
    [Theory]
    [InlineData(BootstrapMethod.Percentile)]
    [InlineData(BootstrapMethod.Basic)]
    [InlineData(BootstrapMethod.BCa)]
    public void Bootstrapped_intervals_hold_the_mean_nearly_as_often(BootstrapMethod method) =>
        Covered(x => Statistics.Bootstrap(x, values => values.Average(), Key.Of(5), 199, 0.9, method).Interval, 0.82, 0.92);

    private static void Covered(Func<double[], ConfidenceInterval> interval, double low, double high)
    {
        var held = Enumerable
            .Range(0, Keys)
            .Count(seed => interval(Samples((ulong)seed, 0).X) is var ends && ends.Low <= 0 && ends.High >= 0);
        Assert.InRange(held / (double)Keys, low, high);
    }

    private static (double[] X, double[] Y) Samples(ulong seed, double apart = 0.8) =>
        (Key.Of(seed).FoldIn(0).Normal([17]).ToArray(), Key.Of(seed).FoldIn(1).Normal([17], apart).ToArray());

    private static Func<double[], double[], double> Value(string name) =>
        Array.Find([.. Invariant, .. Paired], row => string.Equals(row.Name, name, StringComparison.Ordinal)).Value;

    private static void Turned(double value, double other, double sum) =>
        Assert.True(Math.Abs(value + other - sum) <= 1e-13 * (1 + Math.Abs(value)), $"{value} and {other}; expected the sum {sum}");

    private static void Near(double expected, double actual, string what) =>
        Assert.True(Math.Abs(expected - actual) <= 1e-11 * (1e-3 + Math.Abs(expected)), $"{what}: {expected:R} and {actual:R}");
}
