namespace AutoDiff.Nets;

public static partial class Statistics
{
    /// <summary>Pearson's correlation of pairs, and whether it is 0 by Student's distribution of n − 2 degrees.</summary>
    /// <param name="x">The first of each pair; equal values give NaN.</param>
    /// <param name="y">The second of each pair; equal values give NaN.</param>
    /// <param name="alternative">What is held against a correlation of 0.</param>
    /// <remarks>Two pairs always lie on a line: ±1 with p = 1.</remarks>
    /// <exception cref="ArgumentException">There are fewer than two pairs, their numbers differ, or a value is not finite.</exception>
    public static SignificanceResult Pearson(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        Alternative alternative = Alternative.TwoSided
    ) => Correlation("Statistics.Pearson", x, y, alternative);

    /// <summary>Spearman's correlation of pairs: Pearson's of their ranks, equal values sharing the mean of theirs.</summary>
    /// <param name="x">The first of each pair; equal values give NaN.</param>
    /// <param name="y">The second of each pair; equal values give NaN.</param>
    /// <param name="alternative">What is held against a correlation of 0.</param>
    /// <remarks>Two pairs are always in one order or the other: ±1 with p = 1.</remarks>
    /// <exception cref="ArgumentException">There are fewer than two pairs, their numbers differ, or a value is not finite.</exception>
    public static SignificanceResult Spearman(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        Alternative alternative = Alternative.TwoSided
    )
    {
        const string operation = "Statistics.Spearman";
        Moments.Check(operation, x);
        Moments.Check(operation, y, "y");
        return Correlation(operation, Ranks.Of(x).Values, Ranks.Of(y).Values, alternative);
    }

    private static SignificanceResult Correlation(string operation, ReadOnlySpan<double> x, ReadOnlySpan<double> y, Alternative alternative)
    {
        CheckAlternative(operation, alternative);
        Moments.Check(operation, x);
        Moments.Check(operation, y, "y");
        Require.That(
            x.Length == y.Length && x.Length > 1,
            $"[{operation}] got {x.Length} and {y.Length} values; expected at least 2 pairs"
        );
        var (u, v) = (Scaled(x), Scaled(y));
        var r = Math.Clamp(Product(u, v) / Math.Sqrt(Product(u, u) * Product(v, v)), -1, 1);
        var degrees = x.Length - 2;
        if (degrees == 0)
            return new(r, double.IsNaN(r) ? r : 1);
        return new(r, Tails.Student(r * Math.Sqrt(degrees / ((1 - r) * (1 + r))), degrees, alternative));
    }

    /// <summary>The deviations from the mean over the largest one, so that no square over- or underflows; NaN where there are none.</summary>
    private static double[] Scaled(ReadOnlySpan<double> x)
    {
        var mean = Moments.Mean(x);
        var deviations = Array.ConvertAll(x.ToArray(), value => value - mean);
        var largest = deviations.Max(Math.Abs);
        return Array.ConvertAll(deviations, value => value / largest);
    }

    private static double Product(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();
}
