namespace AutoDiff.Nets;

/// <summary>Statistics of small samples: summaries, intervals, tests, effect sizes.</summary>
/// <remarks>
/// Samples are plain numbers, at least one, all finite: else an <see cref="ArgumentException"/>. What they say nothing of is NaN, as the
/// deviation of a single value. Values and p-values are SciPy's, p-values to their own magnitude down to the smallest number.
/// </remarks>
public static partial class Statistics
{
    /// <summary>Mean, deviation, error, median and range of a sample.</summary>
    /// <param name="x">The values.</param>
    /// <exception cref="ArgumentException">There are none, or one is not finite.</exception>
    public static SampleSummary Summarize(ReadOnlySpan<double> x)
    {
        Moments.Check("Statistics.Summarize", x);
        var sorted = x.ToArray();
        Array.Sort(sorted);
        var (n, deviation) = (x.Length, Math.Sqrt(Moments.Variance(x)));
        var (low, high) = (sorted[(n - 1) / 2], sorted[n / 2]);
        return new(n, Moments.Mean(x), deviation, deviation / Math.Sqrt(n), low + ((high - low) / 2), sorted[0], sorted[^1]);
    }

    /// <summary>The interval of the mean by Student's distribution: mean ± t·standard error.</summary>
    /// <param name="x">The values; a single one gives NaN.</param>
    /// <param name="level">The share of experiments in which it holds the mean, above 0 and below 1.</param>
    /// <exception cref="ArgumentException">There are no values, one is not finite, or the level is out of range.</exception>
    public static ConfidenceInterval MeanInterval(ReadOnlySpan<double> x, double level = 0.95)
    {
        const string operation = "Statistics.MeanInterval";
        Moments.Check(operation, x);
        CheckLevel(operation, level);
        var (mean, n) = (Moments.Mean(x), x.Length);
        var half = Tails.StudentQuantile((1 - level) / 2, n - 1) * Math.Sqrt(Moments.Variance(x) / n);
        return new(mean - half, mean + half, level);
    }

    private static void CheckLevel(string operation, double level) =>
        Require.That(level is > 0 and < 1, $"[{operation}] got level {level}; expected above 0 and below 1");

    private static void CheckAlternative(string operation, Alternative alternative) =>
        Require.That(Enum.IsDefined(alternative), $"[{operation}] got alternative {(int)alternative}; expected a named one");
}
