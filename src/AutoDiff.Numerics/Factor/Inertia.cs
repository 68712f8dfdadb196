namespace AutoDiff.Numerics;

/// <summary>How many eigenvalues of a symmetric matrix lie below, at and above a number, from a factorization and without computing any eigenvalue.</summary>
/// <remarks>
/// A − σI = P·L·D·Lᵀ·Pᵀ with D of 1×1 and 2×2 blocks has the signs of D's eigenvalues (Sylvester 1852). Pivots are chosen by the bounded ("rook") rule of
/// Bunch and Kaufman (1977) as amended by Ashcraft, Grimes and Lewis (1998), which keeps L's elements below 2.8 and makes the factorization backward stable
/// (Higham 2002, section 11.1). Threads share the matrix products, which are nearly all of the work, and <see cref="Certify"/> its four factorizations; the search for
/// pivots runs on one. The results do not depend on their number. But for reading the matrix and for matrix products no code is shared with
/// <see cref="SymmetricEigen"/>, so that one checks the other.
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
    /// <param name="threads">How many threads may share the work.</param>
    /// <param name="cancellation">Stops the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The matrix is not square, holds NaN or ∞, or differs from its transpose by more than 1e-8 of its largest element; the shift is not finite; or there is not at least one thread.</exception>
    public static Inertia Of(
        ReadOnlySpan<double> matrix,
        int size,
        double shift = 0,
        int threads = 1,
        CancellationToken cancellation = default
    )
    {
        Require.Positive("Inertia", "a number of threads of", threads);
        if (!double.IsFinite(shift))
            Require.Fail($"[Inertia] got shift {shift}; expected a finite number");
        var input = SymmetricInput.Read("Inertia", matrix, size, shift);
        return Factor(input, size, shift, SymmetricMatrix.Threads(size, threads), cancellation);
    }

    /// <summary>How many eigenvalues lie below −τ, between −τ and τ, and above τ, from inertias at both sides of −τ and of τ.</summary>
    /// <param name="matrix">A [size, size], row-major; what differs from its mirror image by rounding is replaced by the mean.</param>
    /// <param name="size">The number n of rows and of columns.</param>
    /// <param name="threshold">τ, at least 0. Below the level of rounding the counts may be wrong by <see cref="InertiaBand.Uncertain"/>.</param>
    /// <param name="error">How far A may be from the matrix that is meant, in the 2-norm; 0 where it is that matrix.</param>
    /// <param name="threads">How many threads may share the work.</param>
    /// <param name="cancellation">Stops the work with an <see cref="OperationCanceledException"/>.</param>
    /// <remarks>
    /// With u the <see cref="Uncertainty"/> of a factorization at an edge ±τ of the band, and the error, the counts are taken 2u + error to either side of it.
    /// A count is exact for some matrix within u, so where the two agree no eigenvalue lies within u + error of the edge, and the count is right there: four factorizations.
    /// </remarks>
    /// <exception cref="ArgumentException">The threshold or the error is negative, or the threshold not finite, or the matrix is not as for <see cref="Of"/>.</exception>
    public static InertiaBand Certify(
        ReadOnlySpan<double> matrix,
        int size,
        double threshold,
        double error = 0,
        int threads = 1,
        CancellationToken cancellation = default
    )
    {
        Require.Positive("Inertia.Certify", "a number of threads of", threads);
        Require.NonNegative("Inertia.Certify", "threshold", threshold);
        if (!(error >= 0))
            Require.Fail($"[Inertia.Certify] got error {error}; expected at least 0");
        var input = SymmetricInput.Read("Inertia.Certify", matrix, size, threshold);
        threads = SymmetricMatrix.Threads(size, threads);
        var original = matrix.ToArray();
        var unit = input.UnscaleBound(size * Roundoff.Epsilon * (input.Frobenius + (Math.Sqrt(size) * input.Scale(threshold))));
        var known = error + input.UnscaleBound(input.Asymmetry) + double.Epsilon;
        // The growth is known afterwards; two is more than is usual.
        for (var growth = 2.0; ; )
        {
            var margin = Math.Min((2 * growth * unit) + known, double.MaxValue);
            var sides = Sides(original, size, threshold, margin, threads, cancellation);
            var met = sides.Max(side => side.Growth);
            if (met <= growth)
                return Band(sides, size, threshold, (3 * growth * unit) + known);
            // A little more than was met, since the margin moves the shifts and so the growth.
            growth = 1.5 * met;
        }
    }

    /// <summary>The inertias at −τ − m, −τ + m, τ − m and τ + m.</summary>
    private static Inertia[] Sides(double[] matrix, int size, double threshold, double margin, int threads, CancellationToken cancellation)
    {
        var sides = new Inertia[4];
        var atOnce = Math.Min(threads, sides.Length);
        Parallel.For(
            0,
            sides.Length,
            new() { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellation },
            i =>
            {
                var shift = (i < 2 ? -threshold : threshold) + (i % 2 == 0 ? -margin : margin);
                sides[i] = Of(matrix, size, Math.Clamp(shift, -double.MaxValue, double.MaxValue), threads / atOnce, cancellation);
            }
        );
        return sides;
    }

    private static InertiaBand Band(Inertia[] sides, int size, double threshold, double uncertainty)
    {
        var (below, above) = (sides[0].Negative, sides[3].Positive);
        var edges = sides[1].Negative + sides[1].Uncertain - below + (sides[2].Positive + sides[2].Uncertain - above);
        return new(below, size - below - above, above)
        {
            Threshold = threshold,
            // An eigenvalue near both edges of a narrow band is one all the same.
            Uncertain = Math.Clamp(edges, 0, size - below - above),
            Uncertainty = uncertainty,
        };
    }

    private static Inertia Factor(SymmetricInput input, int size, double shift, int threads, CancellationToken cancellation)
    {
        var a = input.Values;
        for (var i = 0; i < size; i++)
            a[i * (size + 1)] -= input.Scale(shift);
        var (signs, growth, rounding) = RookFactorization.Count(a, size, threads, cancellation);
        return new()
        {
            Negative = signs.Negative,
            Uncertain = signs.Uncertain,
            Positive = signs.Positive,
            Growth = growth,
            Uncertainty = input.UnscaleBound(rounding + input.Asymmetry),
        };
    }
}
