namespace AutoDiff.Curvature;

/// <summary>Some eigenpairs of a symmetric operator from its products, by Lanczos' method.</summary>
/// <remarks>
/// <para>
/// Block Lanczos (Golub, Underwood 1977) with full orthogonalization done twice, so that no ghost copies appear, thick restarts when the basis is full (Wu, Simon 2000), and
/// Rayleigh–Ritz (Parlett 1980, chapter 11) from all coefficients as measured. A direction shorter than max(10, √n)·ε·‖A‖ is rounding; where none is left the span is invariant and random
/// vectors orthogonal to it go on. Pairs that have converged stay in the basis. Each pair is multiplied by A once more at the end, for its residual.
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

    private static EigenPairs Run(string operation, LinearOperator a, EigenEnds ends, EigenOptions? options)
    {
        options ??= new();
        Require.That(
            options.Start.Length % a.Size == 0,
            $"[{operation}] got a start of {options.Start.Length} values; expected vectors of {a.Size}"
        );
        return new EigenRun(operation, a, ends, options).Run();
    }

    private static void RequireCount(string operation, LinearOperator a, int count)
    {
        Require.NotNull(a, operation);
        Require.That(a.IsSymmetric, $"[{operation}] got an operator that is not symmetric; expected a symmetric one");
        Require.That(
            count >= 1 && count <= a.Size,
            $"[{operation}] got {count} pairs of an operator on {a.Size} elements; expected 1 to {a.Size}"
        );
    }
}
