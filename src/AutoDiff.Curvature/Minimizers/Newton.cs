namespace AutoDiff.Curvature;

/// <summary>Minimizes a loss by Newton's steps with a line search.</summary>
public static class Newton
{
    /// <summary>A minimum, from a start near one.</summary>
    /// <param name="loss">A scalar function of the tree.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="options">Tolerances, limits, threads, progress and cancellation.</param>
    /// <remarks>
    /// <para>
    /// Each step is p = −|H|⁻¹g, by all eigenvalues of the exact Hessian up to 128 parameters and by conjugate gradients on its products above, there to the relative
    /// residual min(½, √(‖g‖/‖g₀‖)), which makes convergence superlinear (Dembo, Eisenstat, Steihaug 1982). It is halved until loss, gradient and curvature are
    /// finite and Armijo's condition holds; where rounding hides the decrease, the slope along the step must shrink (Hager, Zhang 2005, "approximate Wolfe").
    /// The loss never rises by more than its rounding.
    /// </para>
    /// <para>
    /// <see cref="Outcome.Converged"/> means, with λ² = gᵀ|H|⁻¹g and τ the tolerance: no curvature below −τ of the largest, some above τ of it, and one of
    /// </para>
    /// <list type="bullet">
    /// <item>
    /// λ ≤ τ·√max(|f|, τ²·F), F the largest |f| met: the decrease λ²/2 still promised is nothing beside the loss (Boyd, Vandenberghe 2004, section 9.5; for sums of
    /// squares the relative offset of Bates, Watts 1981). The step is also at most √τ of the point or of the way to it along every eigenvector of curvature
    /// beyond rounding, so that a loss that only levels off towards infinity does not pass.
    /// </item>
    /// <item>
    /// |pᵢ| ≤ τ·|xᵢ| for every parameter: each is right to a relative τ, and one more step would square that (Dennis, Schnabel 1983, section 7.2, with the Newton
    /// step still to take for the one last taken).
    /// </item>
    /// <item>
    /// No step lowers the loss any more, all curvature is positive beyond rounding, λ²/2 ≤ 64·ε·max(|f|, τ²·F), the rounding of the loss, ε = 2⁻⁵², and |pᵢ| ≤ √τ·|xᵢ|.
    /// </item>
    /// </list>
    /// <para>
    /// Nothing of this changes with the units of the loss or of a parameter. Above 128 parameters λ and p are found to the relative residual τ, and curvature is judged in the directions
    /// met and, before a point counts as converged or stuck, in the Krylov space of a random vector, up to <see cref="NewtonOptions.CurvatureProducts"/> products more: an eigenvalue that is less than some hundredth
    /// of their range below zero can be missed (Kuczyński, Woźniakowski 1992); a classification tells more.
    /// </para>
    /// <para>
    /// Cost: up to 128 parameters a step takes n products, O(n³) time and O(n²) memory; above, those of conjugate gradients and some vectors [n]. Each length tried takes a gradient.
    /// </para>
    /// </remarks>
    /// <exception cref="ArgumentException">The loss is not a scalar, or the start has no element or one that is not finite.</exception>
    /// <exception cref="InvalidOperationException">The loss uses a value that is being differentiated or traced.</exception>
    /// <exception cref="IterationCanceledException{TSolution}">The work was cancelled; the exception holds the last iterate.</exception>
    public static NewtonResult<T> Minimize<T>(Func<T, Tensor> loss, T start, NewtonOptions? options = null)
        where T : ITensorTree<T> => Minimize(Objective.Of("Newton.Minimize", loss, start), start, options);

    /// <summary>A minimum of an objective, from a start near one; as for its loss, without making its plans anew.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="options">Tolerances, limits, threads, progress and cancellation.</param>
    /// <exception cref="ArgumentException">The start is none of the objective's points, or has no element or one that is not finite.</exception>
    /// <exception cref="IterationCanceledException{TSolution}">The work was cancelled; the exception holds the last iterate.</exception>
    public static NewtonResult<T> Minimize<T>(Objective<T> objective, T start, NewtonOptions? options = null)
        where T : ITensorTree<T>
    {
        Require.NotNull(objective, "Newton.Minimize");
        objective.RequireParameters("Newton.Minimize");
        var x = objective.Ravel("Newton.Minimize", start);
        Require.Finite("Newton.Minimize", "the start", x);
        return new NewtonRun<T>(objective, options ?? new()).From(x);
    }
}
