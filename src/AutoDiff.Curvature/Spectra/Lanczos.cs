namespace AutoDiff.Curvature;

/// <summary>Some eigenpairs of a symmetric operator from its products, by Lanczos' method.</summary>
/// <remarks>
/// <para>
/// Block Lanczos (Golub, Underwood 1977) with full orthogonalization done twice, so that no ghost copies appear, thick restarts when the basis is full (Wu, Simon 2000), and
/// Rayleigh–Ritz (Parlett 1980, chapter 11) from all coefficients as measured. A direction shorter than max(10, √n)·ε·‖A‖ is rounding; where none is left the span is invariant and random
/// vectors orthogonal to it go on. Pairs that have converged stay in the basis. The residuals follow from the products with the basis, by linearity; one product with a random combination of the pairs tells whether that holds (Freivalds 1979), and where it does not each pair is multiplied.
/// </para>
/// <para>
/// Missed copies: see <see cref="EigenOptions.ExcludeMissed"/> and <see cref="EigenPairs.Unexcluded"/>. A direction that the random start does not have is never seen, with probability 0; from a loose
/// tolerance, pairs that converge slowly can be taken for their neighbours farther inside.
/// </para>
/// <para>
/// Cost: products as counted; for a product with m vectors in the basis 8·m·n operations, of which the basis is read 3/p times for blocks of p, and O(m³) for a look at
/// the Ritz values. Memory: the basis, <see cref="EigenOptions.BasisBytes"/> at most, and 2·max(p, k) vectors. Equal keys give equal bits, on any number of threads.
/// </para>
/// </remarks>
public static class Lanczos
{
    /// <summary>The <paramref name="count"/> largest eigenvalues (not those of largest magnitude) with their vectors.</summary>
    /// <param name="a">A symmetric operator.</param>
    /// <param name="count">How many, 1 to n.</param>
    /// <param name="options">Tolerance, start, block size, memory, threads, progress and cancellation.</param>
    /// <exception cref="ArgumentException">The operator is not symmetric, the count not 1 to n, the start not of whole vectors, or the basis does not fit.</exception>
    /// <exception cref="IterationCanceledException{TSolution}">It was cancelled; the <see cref="EigenPairs"/> reached are in it.</exception>
    public static EigenPairs Largest(LinearOperator a, int count, EigenOptions? options = null)
    {
        RequireCount("Lanczos.Largest", a, count);
        return Run("Lanczos.Largest", a, new(0, count), options);
    }

    /// <summary>The <paramref name="count"/> smallest (most negative) eigenvalues with their vectors.</summary>
    /// <param name="a">A symmetric operator.</param>
    /// <param name="count">How many, 1 to n.</param>
    /// <param name="options">Tolerance, start, block size, memory, threads, progress and cancellation.</param>
    /// <exception cref="ArgumentException">As for <see cref="Largest"/>.</exception>
    /// <exception cref="IterationCanceledException{TSolution}">It was cancelled; the <see cref="EigenPairs"/> reached are in it.</exception>
    public static EigenPairs Smallest(LinearOperator a, int count, EigenOptions? options = null)
    {
        RequireCount("Lanczos.Smallest", a, count);
        return Run("Lanczos.Smallest", a, new(count, 0), options);
    }

    /// <summary>Pairs at both ends, from one run: the same products serve both, and both results state all of them.</summary>
    /// <param name="a">A symmetric operator.</param>
    /// <param name="smallest">How many at the lower end, 1 to n.</param>
    /// <param name="largest">How many at the upper end, 1 to n; where the two are more than n together, some pairs are in both.</param>
    /// <param name="options">Tolerance, start, block size, memory, threads, progress and cancellation.</param>
    /// <exception cref="ArgumentException">As for <see cref="Largest"/>.</exception>
    /// <exception cref="IterationCanceledException{TSolution}">It was cancelled; the <see cref="EigenPairs"/> reached, of both ends together, are in it.</exception>
    public static (EigenPairs Smallest, EigenPairs Largest) BothEnds(
        LinearOperator a,
        int smallest,
        int largest,
        EigenOptions? options = null
    )
    {
        RequireCount("Lanczos.BothEnds", a, smallest);
        RequireCount("Lanczos.BothEnds", a, largest);
        var all = Run("Lanczos.BothEnds", a, new(smallest, largest), options);
        return (all with { Value = [.. all.Value.Take(smallest)] }, all with { Value = [.. all.Value.TakeLast(largest)] });
    }

    /// <summary>The <paramref name="count"/> pairs whose eigenvalues are nearest to σ, from the whole matrix, whose inertia says that none nearer is missing.</summary>
    /// <param name="a">A symmetric operator.</param>
    /// <param name="shift">σ.</param>
    /// <param name="count">How many, 1 to n.</param>
    /// <param name="options">Tolerance, threads, progress and cancellation; what else there is says nothing here.</param>
    /// <remarks>n + k products, 2·n² doubles and O(n³) time. <see cref="EigenPairs.Unexcluded"/> is what inertia counts beyond the pairs (Sylvester 1852).</remarks>
    /// <exception cref="ArgumentException">As for <see cref="Largest"/>; or the shift is not finite, or the matrix not finite or too large for memory.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static EigenPairs Nearest(LinearOperator a, double shift, int count, EigenOptions? options = null)
    {
        RequireCount("Lanczos.Nearest", a, count);
        Require.Finite("Lanczos.Nearest", "the shift", [shift]);
        return EigenNearest.Dense(a, shift, count, options ?? new());
    }

    /// <summary>The <paramref name="count"/> pairs whose eigenvalues are nearest to σ, from products with (A − σI)⁻¹ (Ericsson, Ruhe 1980).</summary>
    /// <param name="a">A symmetric operator.</param>
    /// <param name="shift">σ.</param>
    /// <param name="count">How many, 1 to n.</param>
    /// <param name="inverse">(A − σI)⁻¹, by a factorization or by a solver to a tolerance well below that of the pairs.</param>
    /// <param name="options">Tolerance, start, block size, memory, threads, progress and cancellation.</param>
    /// <remarks>
    /// The pairs of largest magnitude μ of the inverse have λ = σ + 1/μ; values and residuals are those of A. <see cref="Solution{TValue}.Products"/> counts products with
    /// the inverse, with A at the end, and a few with A for its norm. Where the inverse is not good enough for the tolerance the outcome is <see cref="Outcome.Breakdown"/>.
    /// </remarks>
    /// <exception cref="ArgumentException">As for <see cref="Largest"/>; or the shift is not finite, or the inverse not symmetric or of another size.</exception>
    /// <exception cref="IterationCanceledException{TSolution}">It was cancelled; the <see cref="EigenPairs"/> reached are in it.</exception>
    public static EigenPairs Nearest(LinearOperator a, double shift, int count, LinearOperator inverse, EigenOptions? options = null)
    {
        RequireCount("Lanczos.Nearest", a, count);
        RequireCount("Lanczos.Nearest", inverse, count);
        Require.Finite("Lanczos.Nearest", "the shift", [shift]);
        Require.That(inverse.Size == a.Size, $"[Lanczos.Nearest] got an inverse of size {inverse.Size}; expected {a.Size}");
        return EigenNearest.ByInverse(a, shift, count, inverse, Checked("Lanczos.Nearest", a, options));
    }

    private static EigenPairs Run(string operation, LinearOperator a, EigenEnds ends, EigenOptions? options)
    {
        return new EigenRun(operation, a, ends, Checked(operation, a, options)).Run();
    }

    private static EigenOptions Checked(string operation, LinearOperator a, EigenOptions? options)
    {
        options ??= new();
        Require.That(
            options.Start.Length % a.Size == 0,
            $"[{operation}] got a start of {options.Start.Length} values; expected vectors of {a.Size}"
        );
        return options;
    }

    private static void RequireCount(string operation, LinearOperator a, int count)
    {
        Require.NotNull(a, operation);
        a.RequireSymmetric(operation);
        Require.That(
            count >= 1 && count <= a.Size,
            $"[{operation}] got {count} pairs of an operator on {a.Size} elements; expected 1 to {a.Size}"
        );
    }
}
