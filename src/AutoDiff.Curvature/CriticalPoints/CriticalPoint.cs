namespace AutoDiff.Curvature;

/// <summary>Finds critical points of a loss, and what kind a point is.</summary>
public static partial class CriticalPoint
{
    /// <summary>The point's gradient, the exact Hessian's eigenvalues there, all of them or those at both ends, and what they say.</summary>
    /// <param name="loss">A scalar function of the tree.</param>
    /// <param name="point">The point.</param>
    /// <param name="options">Threads, tolerances, what is computed at which size, progress and cancellation.</param>
    /// <remarks>
    /// <para>Errors: every bound counts from the exact Hessian of the exact function at these parameters, as doubles. ‖H̃ − H‖₂ is estimated, safe by the factor that
    /// <see cref="CriticalPoint{T}.HessianError"/> states, and by Weyl's inequality is added to what the eigenvalues' computation may err by.</para>
    /// <para>Where the critical point is: in the eigenvectors' directions Newton's step is dᵢ = −gᵢ/λᵢ, λᵢ taken to be no smaller than its error bound. The point counts
    /// as critical if what the gradient's own error leaves of d is short in every parameter, see <see cref="CurvatureOptions.DisplacementTolerance"/>.</para>
    /// <para>What counts as zero: from x to x + d eigenvalue i changes by Δᵢ. By Kantorovich's theorem (1948; Ortega, Rheinboldt 1970, theorem 12.6.2) a
    /// nondegenerate critical point with H's signs is near where the curvature exceeds twice its change, if H changes nowhere faster than seen from these two points; beside a degenerate one, f ~ xᵖ with p ≥ 3, it lies
    /// below: λ = Δ·1/(1 − (1 − 1/(p − 1))ᵖ⁻²), at most 2Δ. So λᵢ counts as zero up to 10·max(n, 10)·ε·‖H‖_F + 2·‖H̃ − H‖ + hᵢ + 3Δᵢ, hᵢ the curvature
    /// below which the gradient's error, divided by it, is a step beyond the tolerance; <see cref="CriticalPoint{T}.Threshold"/>
    /// τ parts these eigenvalues from the others. Away from critical points h and Δ are left out. All this is the same for c·f and f + c and, but for
    /// the units in <see cref="CurvatureOptions.DisplacementTolerance"/>, in turned coordinates and for x in other units; parameters whose units differ so much that rounding in the
    /// large eigenvalues covers the small ones (‖H‖‖H⁻¹‖ above some 1e13) want to be scaled first.</para>
    /// <para>The loss is taken to be smooth: at a kink (of Relu, Abs, a maximum) gradient and Hessian are those of the conventions, and so is the kind.</para>
    /// <para>Which <see cref="CriticalPoint{T}.Examination"/> is made depends on the number n of parameters alone:</para>
    /// <list type="bullet">
    /// <item>
    /// Up to <see cref="CurvatureOptions.MostDense"/> all eigenvalues; the index is counted twice, from them and by LDLᵀ factorizations at ±τ (Sylvester's law of inertia).
    /// O(n³) time and O(n²) memory; beside the Hessian eight gradients and products in random rounding, eight products at x + d, the Hessian there where those do not decide, and a product for each pair given.
    /// </item>
    /// <item>
    /// Up to <see cref="CurvatureOptions.MostFactored"/> the index by those four factorizations, n³/3 multiplications each, and the ends by <see cref="Lanczos"/>. n² numbers a matrix; n products for it.
    /// </item>
    /// <item>
    /// Beyond, the ends only: as many eigenvalues are below −τ as orthonormal vectors span a space of curvature below −τ (Courant 1920, Fischer 1905), so the index is at least that of the Ritz values, and certain is
    /// a saddle as soon as one Ritz value is below −τ and one above τ. What no Ritz value shows is excluded by <see cref="CriticalPoint{T}.SmallestPossible"/> and <see cref="CriticalPoint{T}.LargestPossible"/>. Some hundred products and
    /// vectors [n] for these two; what Lanczos takes; eight gradients and sixteen products for the errors; up to 256 products and vectors (a gibibyte at most) for d; sixteen products for Δ.
    /// </item>
    /// </list>
    /// <para>In the second and the third d comes from the gradient's Krylov space, until it solves Newton's equations to 1e-3 of the gradient or to the gradient's error; ‖H(x + d) − H(x)‖_F, estimated by eight
    /// products, stands for every Δᵢ; and the gradient's error over the tolerance, the most it can be, for every hᵢ; in the third ‖H‖_F is estimated by the same products as the error. So τ is somewhat larger.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">The loss is not a scalar, or gives a gradient or Hessian that is not finite.</exception>
    /// <exception cref="InvalidOperationException">The loss uses a value that is being differentiated or traced.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static CriticalPoint<T> Classify<T>(Func<T, Tensor> loss, T point, CurvatureOptions? options = null)
        where T : ITensorTree<T> => Classify(Objective.Of("CriticalPoint.Classify", loss, point), point, options);

    /// <summary>The same for a point of an objective, without making its plans anew.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="point">The point.</param>
    /// <param name="options">Threads, tolerances, what is computed at which size, progress and cancellation.</param>
    /// <exception cref="ArgumentException">The point is none of the objective's, or the loss, its gradient or its Hessian is not finite there.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static CriticalPoint<T> Classify<T>(Objective<T> objective, T point, CurvatureOptions? options = null)
        where T : ITensorTree<T>
    {
        Require.NotNull(objective, "CriticalPoint.Classify");
        objective.RequireParameters("CriticalPoint.Classify");
        options ??= new();
        var size = objective.Size;
        var (x, gradient) = (objective.Ravel("CriticalPoint.Classify", point), new double[size]);
        var value = objective.ValueAndGradient(x, gradient);
        Require.Finite("CriticalPoint.Classify", "the loss", [value]);
        Require.Finite("CriticalPoint.Classify", "the gradient", gradient);
        return size <= options.MostDense
            ? DenseExamination.Of(objective, x, value, gradient, options)
            : new EndsExamination<T>(objective, x, value, gradient, options).Point();
    }

    /// <summary>An eigenpair as a tree, its residual from a product with the Hessian.</summary>
    internal static EigenPair<T> Pair<T>(
        double value,
        ReadOnlySpan<double> vector,
        double bound,
        LinearOperator hessian,
        Objective<T> objective
    )
        where T : ITensorTree<T>
    {
        var residual = hessian.Apply(vector).ToArray();
        VectorLoops.AddScaled(-value, vector, residual);
        return new(value, objective.Unravel(vector), VectorLoops.Norm(residual), bound);
    }
}
