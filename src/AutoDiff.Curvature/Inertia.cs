namespace AutoDiff.Curvature;

/// <summary>How many eigenvalues of a symmetric matrix lie below, at and above a number, from a factorization and without computing any eigenvalue.</summary>
/// <remarks>
/// A − σI = P·L·D·Lᵀ·Pᵀ with D of 1×1 and 2×2 blocks has the signs of D's eigenvalues (Sylvester 1852). Pivots are chosen by the bounded ("rook") rule of
/// Bunch and Kaufman (1977) as amended by Ashcraft, Grimes and Lewis (1998), which keeps L's elements below 2.8 and makes the factorization backward stable
/// (Higham 2002, section 11.1). No code is shared with <see cref="SymmetricEigen"/>, so that one checks the other.
/// </remarks>
public sealed record Inertia
{
    /// <summary>The number of eigenvalues below σ.</summary>
    public required int Negative { get; init; }

    /// <summary>The number of eigenvalues that cannot be told from σ: pivots whose magnitude is at most <see cref="Uncertainty"/>.</summary>
    public required int Uncertain { get; init; }

    /// <summary>The number of eigenvalues above σ.</summary>
    public required int Positive { get; init; }

    /// <summary>The level of rounding in the factorization, growth·n·ε·‖A − σI‖_F with ε = 2⁻⁵²: the signs of eigenvalues farther than this from σ are certain in practice.</summary>
    /// <remarks>
    /// The counts are exact for a matrix about this far from A − σI. A pivot is not an eigenvalue: L's condition lies between them (Ostrowski 1959), so a count of
    /// <see cref="Uncertain"/> is a warning. Where eigenvalues near σ matter, <see cref="Certify"/> brackets them by two factorizations.
    /// </remarks>
    public required double Uncertainty { get; init; }

    /// <summary>The largest diagonal or pivot-row element met in the factorization over the largest element of A − σI, at least 1.</summary>
    public required double Growth { get; init; }

    /// <summary>The inertia of A − <paramref name="shift"/>·I.</summary>
    /// <param name="matrix">A [size, size], row-major; what differs from its mirror image by rounding is replaced by the mean.</param>
    /// <param name="size">The number n of rows and of columns.</param>
    /// <param name="shift">The number σ that eigenvalues are compared with.</param>
    /// <param name="cancellation">Stops the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The matrix is not square, holds NaN or ∞, or differs from its transpose by more than 1e-8 of its largest element; or the shift is not finite.</exception>
    public static Inertia Of(ReadOnlySpan<double> matrix, int size, double shift = 0, CancellationToken cancellation = default)
    {
        if (!double.IsFinite(shift))
            Check.Fail($"[Inertia] got shift {shift}; expected a finite number");
        var input = SymmetricInput.Read("Inertia", matrix, size, shift);
        return Factor(input, size, shift, cancellation);
    }

    /// <summary>How many eigenvalues lie below −τ, between −τ and τ, and above τ, from the inertias at −τ and τ.</summary>
    /// <param name="matrix">A [size, size], row-major; what differs from its mirror image by rounding is replaced by the mean.</param>
    /// <param name="size">The number n of rows and of columns.</param>
    /// <param name="threshold">τ, at least 0. Below the level of rounding the counts may be wrong by <see cref="InertiaBand.Uncertain"/>.</param>
    /// <param name="cancellation">Stops the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The threshold is negative or not finite, or the matrix is not as for <see cref="Of"/>.</exception>
    public static InertiaBand Certify(ReadOnlySpan<double> matrix, int size, double threshold, CancellationToken cancellation = default)
    {
        Check.NonNegative("Inertia.Certify", "threshold", threshold);
        var lower = Of(matrix, size, -threshold, cancellation);
        var upper = threshold == 0 ? lower : Of(matrix, size, threshold, cancellation);
        return new(lower.Negative, size - lower.Negative - upper.Positive, upper.Positive)
        {
            Threshold = threshold,
            Uncertain = threshold == 0 ? lower.Uncertain : lower.Uncertain + upper.Uncertain,
            Uncertainty = Math.Max(lower.Uncertainty, upper.Uncertainty),
        };
    }

    private static Inertia Factor(SymmetricInput input, int size, double shift, CancellationToken cancellation)
    {
        var a = input.Values;
        for (var i = 0; i < size; i++)
            a[i * (size + 1)] -= input.Scale(shift);
        var (signs, growth, rounding) = RookFactorization.Count(a, size, cancellation);
        return new()
        {
            Negative = signs.Negative,
            Uncertain = signs.Uncertain,
            Positive = signs.Positive,
            Growth = growth,
            Uncertainty = input.Unscale(rounding) + input.Unscale(input.Asymmetry),
        };
    }
}
