namespace AutoDiff.Curvature;

/// <summary>What the eigenvalues of a Hessian say about the point it was taken at.</summary>
public sealed record SpectrumStatistics
{
    /// <summary>The number n of eigenvalues.</summary>
    public required int Count { get; init; }

    /// <summary>τ: eigenvalues from −τ to τ count as zero.</summary>
    public required double Threshold { get; init; }

    /// <summary>The number of eigenvalues below −τ: the index of a critical point (Morse 1934).</summary>
    public required int Index { get; init; }

    /// <summary>The number of eigenvalues from −τ to τ.</summary>
    public required int Nullity { get; init; }

    /// <summary>The number of eigenvalues above τ.</summary>
    public int Positive => Count - Index - Nullity;

    /// <summary>The positive eigenvalues over all of them, 1 at a nondegenerate minimum and 0 at a maximum; NaN where there are none.</summary>
    /// <remarks>LeeDL, chapter 3, figure 3.6: "minimum ratio".</remarks>
    public double MinimumRatio => (double)Positive / Count;

    /// <summary>The smallest eigenvalue; NaN where there are none.</summary>
    public required double Smallest { get; init; }

    /// <summary>The largest eigenvalue, a minimum's sharpness; NaN where there are none.</summary>
    public required double Largest { get; init; }

    /// <summary>The condition number max |λ| / min |λ|, which is λmax/λmin where all eigenvalues are positive; ∞ where one is within τ of zero, NaN where there are none.</summary>
    public required double Condition { get; init; }

    /// <summary>The number of eigenvalues above the bulk.</summary>
    /// <remarks>See <see cref="BulkEdge"/> for the rule.</remarks>
    public required int Outliers { get; init; }

    /// <summary>The largest eigenvalue of the bulk: the largest that is not an outlier; NaN where there are none.</summary>
    /// <remarks>
    /// The edge distribution rule of Onatski (2010, "Determining the number of factors from empirical distribution of eigenvalues"): at the edge of a random
    /// matrix's bulk the k-th eigenvalue from the top falls short of the edge as k^⅔, so the slope β of max(5, √n) eigenvalues against k^⅔ (five in
    /// the paper) measures the edge's own spacing, and outliers end at the last gap of more than δ = 2|β|. The slope's eigenvalues are those after the outliers
    /// found so far, at first after the n/4-th; four rounds settle it, as there. Gaps of n·ε·max|λ| or less are never counted. Fewer than 8 eigenvalues have no bulk to speak of, hence no outliers.
    /// For Hessians of classifiers the count is that of the classes or one less (Sagun 2017; Papyan 2020).
    /// </remarks>
    public required double BulkEdge { get; init; }

    /// <summary>The statistics of <paramref name="eigenvalues"/> [n], ascending.</summary>
    /// <param name="eigenvalues">The eigenvalues; no NaN.</param>
    /// <param name="threshold">τ, at least 0: the eigenvalues' uncertainty or what counts as flat, in their units.</param>
    /// <exception cref="ArgumentException">The eigenvalues are not ascending or not finite, or the threshold is negative or not finite.</exception>
    public static SpectrumStatistics Of(ReadOnlySpan<double> eigenvalues, double threshold)
    {
        Require.NonNegative("SpectrumStatistics", "threshold", threshold);
        Require.Finite("SpectrumStatistics", "the eigenvalues", eigenvalues);
        var (index, positive) = (0, 0);
        var (nearest, farthest) = (double.PositiveInfinity, 0.0);
        for (var i = 0; i < eigenvalues.Length; i++)
        {
            var value = eigenvalues[i];
            if (i > 0 && value < eigenvalues[i - 1])
                Require.Fail(
                    $"[SpectrumStatistics] got {value} after {eigenvalues[i - 1]} at position {i}; expected ascending eigenvalues"
                );
            index += value < -threshold ? 1 : 0;
            positive += value > threshold ? 1 : 0;
            (nearest, farthest) = (Math.Min(nearest, Math.Abs(value)), Math.Max(farthest, Math.Abs(value)));
        }
        var n = eigenvalues.Length;
        var outliers = BulkRule.Outliers(eigenvalues);
        return new()
        {
            Count = n,
            Threshold = threshold,
            Index = index,
            Nullity = n - index - positive,
            Smallest = n == 0 ? double.NaN : eigenvalues[0],
            Largest = n == 0 ? double.NaN : eigenvalues[n - 1],
            Condition =
                n == 0 ? double.NaN
                : nearest <= threshold ? double.PositiveInfinity
                : farthest / nearest,
            Outliers = outliers,
            BulkEdge = n == 0 ? double.NaN : eigenvalues[n - 1 - outliers],
        };
    }
}
