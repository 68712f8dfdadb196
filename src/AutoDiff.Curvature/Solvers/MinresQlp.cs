namespace AutoDiff.Curvature;

/// <summary>Solves Ax = b for any symmetric operator, indefinite or singular, by products alone: the x of minimum length among those that make ‖b − Ax‖ least, A⁺b.</summary>
/// <remarks>
/// <para>
/// MINRES-QLP (Choi, Paige, Saunders 2011): Lanczos vectors from b, the tridiagonal matrix factored as QLP by reflections from both sides, so that x stays
/// right where A is singular or nearly so. Where b is not in the range, the residual r tends to a null vector of A, and what x has along it is taken out:
/// x − (rᵀx/rᵀr)·r (Liu, Milzarek, Roosta 2023).
/// </para>
/// <para>
/// An iteration costs one product and some 30·n operations; memory is 14 vectors. The end costs two products more: residual and normal residual are computed from
/// x. Where they miss the tolerance that the recurrences promised, or ‖Ar‖/‖r‖ has fallen by √ε, below which the recurrences lose their way, x is refined while that
/// helps: by A⁺r, or where r is nearly a null vector by A⁺A⁺(Ar), to four digits each.
/// </para>
/// <para>For (A − σI)x = b hand in <c>a.Shift(−σ)</c>.</para>
/// </remarks>
public static class MinresQlp
{
    /// <summary>Solves Ax = <paramref name="b"/> [n].</summary>
    /// <param name="a">The symmetric operator A.</param>
    /// <param name="b">The right-hand side [n].</param>
    /// <param name="options">When to stop; null for the defaults.</param>
    /// <remarks>
    /// Curvature within n·ε·‖A‖ of zero is taken for zero. Where b = 0 the solution is 0 after no step. A product, a residual or a solution that is not finite
    /// ends in <see cref="Outcome.NotFinite"/> with the iterate before it.
    /// </remarks>
    /// <exception cref="IterationCanceledException{TSolution}">The work was cancelled; the exception holds the iterate.</exception>
    /// <exception cref="ArgumentException">A is not symmetric, or b has another length than A's, or an element that is not finite.</exception>
    public static MinresSolution Solve(LinearOperator a, ReadOnlySpan<double> b, MinresOptions? options = null)
    {
        Require.NotNull(a, "MinresQlp");
        a.RequireSymmetric("MinresQlp");
        Require.Length("MinresQlp", "a right-hand side", b.Length, a.Size);
        Require.Finite("MinresQlp", "the right-hand side", b);
        return new MinresRun(a, b, options ?? new MinresOptions()).Solve();
    }
}
