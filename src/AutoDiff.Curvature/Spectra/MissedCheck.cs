namespace AutoDiff.Curvature;

/// <summary>Whether copies of eigenvalues found may have been missed, as a run from random vectors orthogonal to all that was found shows.</summary>
/// <param name="Upper">At the upper end, what such a copy is at least; NaN for none.</param>
/// <param name="Lower">At the lower end, what it is at most; NaN for none.</param>
/// <param name="Inner">The innermost of the pairs at the upper and at the lower end: what lies outside them was missed too.</param>
/// <param name="Margin">How near two eigenvalues are one.</param>
/// <param name="Unexcluded">How many of the pairs such copies could displace.</param>
/// <param name="Since">The step at which the run began.</param>
internal sealed record MissedCheck(double Upper, double Lower, (double Upper, double Lower) Inner, double Margin, int Unexcluded, int Since)
{
    /// <summary>The probability of a miss that is accepted.</summary>
    private const double Risk = 1e-6;

    /// <summary>For pairs found from so many random vectors: up to as many copies are certain to show.</summary>
    public static MissedCheck Of(EigenEnds ends, double[] values, int block, double margin, int since)
    {
        double[] sizes = [.. values.Select(Math.Abs)];
        double[] upper =
            ends.Outermost > 0 ? [.. values.Where(value => value > 0).OrderDescending()] : [.. values.OrderDescending().Take(ends.Largest)];
        double[] lower =
            ends.Outermost > 0
                ? [.. values.Where(value => value < 0).Select(value => -value).OrderDescending()]
                : [.. values.Order().Take(ends.Smallest).Select(value => -value)];
        // Pairs of largest magnitude are displaced from either side.
        var above = Side(upper, ends.Outermost > 0 ? sizes : upper, block, margin);
        var below = Side(lower, ends.Outermost > 0 ? sizes : lower, block, margin);
        return new(
            above.Least,
            -below.Least,
            (above.Inner, -below.Inner),
            margin,
            Math.Min(values.Length, above.Displaced + below.Displaced),
            since
        );
    }

    /// <summary>True where nothing was missed, false where something was, null where that is not known yet.</summary>
    public bool? Judge(RitzValues ritz, int n, int iterations, double goal, bool invariant)
    {
        var (values, residuals) = (ritz.Values, ritz.Residuals);
        var steps = (double)iterations - Since;
        var above = double.IsNaN(Upper) ? true : Judge(Upper, Inner.Upper, values[^1], values[0] - residuals[0], residuals[^1]);
        var below = double.IsNaN(Lower) ? true : Judge(-Lower, -Inner.Lower, -values[0], -values[^1] - residuals[^1], residuals[0]);
        return above == false || below == false ? false
            : above == true && below == true ? true
            : null;

        bool? Judge(double least, double inner, double top, double bottom, double residual)
        {
            if (top > inner + (0.5 * Margin))
                return false;
            if (invariant || residual <= goal)
                return true;
            return RandomStart.Chance(n, steps, (least - top) / (least - bottom)) <= Risk ? true : null;
        }
    }

    /// <summary>Of values, descending: the least of those with copies that may have been missed, the least that such a copy displaces, and how many it could displace.</summary>
    private static (double Least, double Inner, int Displaced) Side(double[] values, double[] displaceable, int block, double margin)
    {
        if (values.Length == 0)
            return (double.NaN, double.NaN, 0);
        var inner = displaceable.Min();
        // From a start that was given anything may be missing.
        if (block == 0)
            return (inner + margin, inner, displaceable.Length);
        var (least, first) = (double.NaN, double.NaN);
        for (int start = 0, end; start < values.Length; start = end)
        {
            for (end = start + 1; end < values.Length && values[end - 1] - values[end] <= margin; )
                end++;
            if (end - start < block || values[end - 1] <= inner + margin)
                continue;
            least = values[end - 1];
            first = double.IsNaN(first) ? least : first;
        }
        return (least, inner, displaceable.Count(value => value < first));
    }
}
