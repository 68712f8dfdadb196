namespace AutoDiff.Nets;

public static partial class Statistics
{
    /// <summary>Cohen's d of two samples: the difference of their means over their pooled standard deviation.</summary>
    /// <param name="x">The first sample.</param>
    /// <param name="y">The second sample, of any size.</param>
    /// <remarks>±∞ where the deviation is 0, NaN where the means are equal too, or there are two single values. Source: Cohen (1988), section 2.5.</remarks>
    /// <exception cref="ArgumentException">A sample is empty, or a value is not finite.</exception>
    public static double CohensD(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => Difference("Statistics.CohensD", x, y);

    /// <summary>Cohen's d of pairs: the mean of x − y over its standard deviation (d_z).</summary>
    /// <param name="x">The first of each pair.</param>
    /// <param name="y">The second of each pair.</param>
    /// <exception cref="ArgumentException">There are no pairs, their numbers differ, or a value is not finite.</exception>
    public static double PairedCohensD(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var differences = Moments.Differences("Statistics.PairedCohensD", x, y);
        return Moments.Mean(differences) / Math.Sqrt(Moments.Variance(differences));
    }

    /// <summary>Hedges' g: Cohen's d times Γ(ν ⁄ 2) ⁄ (√(ν ⁄ 2)·Γ((ν − 1) ⁄ 2)), ν = n + m − 2, which takes away its bias.</summary>
    /// <param name="x">The first sample.</param>
    /// <param name="y">The second sample, of any size; at least 4 values in both.</param>
    /// <remarks>The exact factor, not its approximation 1 − 3 ⁄ (4ν − 1). Source: Hedges (1981), equation 6e.</remarks>
    /// <exception cref="ArgumentException">A sample is empty, there are fewer than 4 values, or one is not finite.</exception>
    public static double HedgesG(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        const string operation = "Statistics.HedgesG";
        var (d, degrees) = (Difference(operation, x, y), x.Length + y.Length - 2);
        Require.That(degrees >= 2, $"[{operation}] got {degrees + 2} values; expected at least 4 in both samples");
        return d * Tails.GammaRatio((degrees - 1) / 2.0) / Math.Sqrt(degrees / 2.0);
    }

    private static double Difference(string operation, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Moments.Check(operation, x);
        Moments.Check(operation, y, "y");
        return (Moments.Mean(x) - Moments.Mean(y)) / PooledDeviation(x, y);
    }
}
