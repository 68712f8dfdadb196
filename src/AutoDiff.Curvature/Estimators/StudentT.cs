namespace AutoDiff.Curvature;

/// <summary>Student's t distribution.</summary>
internal static class StudentT
{
    /// <summary>Beyond so many degrees of freedom quantiles of use are those of a normal variable to a few parts in 10,000.</summary>
    private const int MostDegrees = 10_000;

    /// <summary>The t for which |T| ≤ t has the probability <paramref name="level"/>.</summary>
    /// <param name="level">The probability, above 0 and below 1.</param>
    /// <param name="degrees">The degrees of freedom, at least 1; more than 10,000 count as so many.</param>
    public static double TwoSidedQuantile(double level, int degrees)
    {
        degrees = Math.Min(degrees, MostDegrees);
        var (low, high) = (0.0, Math.PI / 2);
        // The angle θ = arctan(t/√ν), by halving until no number lies between.
        while (true)
        {
            var middle = low + (0.5 * (high - low));
            if (middle <= low || middle >= high)
                return Math.Sqrt(degrees) * Math.Tan(high);
            if (Probability(middle, degrees) < level)
                low = middle;
            else
                high = middle;
        }
    }

    /// <summary>The probability of |T| ≤ √ν·tan θ: a finite sum of powers of cos θ (Abramowitz, Stegun 1964, 26.7.3 and 26.7.4).</summary>
    private static double Probability(double angle, int degrees)
    {
        var (sine, cosine) = Math.SinCos(angle);
        var odd = degrees % 2;
        var (term, sum) = (odd == 1 ? cosine : 1.0, 0.0);
        for (var k = odd; k <= degrees - 2; k += 2)
        {
            sum += term;
            term *= cosine * cosine * (k + 1) / (k + 2);
        }
        return odd == 1 ? 2 / Math.PI * (angle + (sine * sum)) : sine * sum;
    }
}
