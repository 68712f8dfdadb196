using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>Finds out what kind of critical point of a loss a point is.</summary>
public static partial class CriticalPoint
{
    /// <summary>The point's gradient, all eigenvalues of the exact Hessian there, and what they say.</summary>
    /// <param name="loss">A scalar function of the tree.</param>
    /// <param name="point">The point.</param>
    /// <param name="options">Threads, tolerances, progress and cancellation.</param>
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
    /// <para>The index is counted twice: from the eigenvalues, and by LDLᵀ factorizations at ±τ (Sylvester's law of inertia).
    /// O(n³) time and O(n²) memory for n parameters; beside the Hessian eight gradients and products in random rounding, eight products at x + d, and the Hessian there where those do not decide.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">The loss is not a scalar, or gives a gradient or Hessian that is not finite.</exception>
    /// <exception cref="InvalidOperationException">The loss uses a value that is being differentiated or traced.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static CriticalPoint<T> Classify<T>(Func<T, Tensor> loss, T point, CurvatureOptions? options = null)
        where T : ITensorTree<T> => Classify(Objective.Of("CriticalPoint.Classify", loss, point), point, options);

    /// <summary>The same for a point of an objective, without making its plans anew.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="point">The point.</param>
    /// <param name="options">Threads, tolerances, progress and cancellation.</param>
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
        var hessian = objective.Hessian(x);
        var matrix = hessian.ToMatrix(options);
        Require.Finite("CriticalPoint.Classify", "the Hessian", matrix);
        var asymmetry = SymmetricMatrix.Symmetrize(matrix, size);
        var hessianError = Math.Max(asymmetry, RoundingError.OfHessian(hessian, matrix, options));
        var gradientError = RoundingError.OfGradient(objective, x, gradient, options);
        options.Progress?.Report(new("eigenvalues", 0));
        var eigen = SymmetricEigen.Decompose(matrix, size, vectors: true, options.Threads, options.Cancellation);
        Require.Finite("CriticalPoint.Classify", "the eigenvalues", eigen.Eigenvalues.AsSpan());
        ImmutableArray<double> bounds = [.. eigen.ErrorBounds.Select(bound => bound + hessianError)];
        options.Progress?.Report(new("eigenvalues", 1));
        var step = NewtonModel.Step(eigen, bounds.AsSpan(), gradient, 0);
        var displacement = NewtonModel.Displacement(NewtonModel.Step(eigen, bounds.AsSpan(), gradient, gradientError), x);
        var norm = VectorLoops.Norm(gradient);
        var critical = options.GradientTolerance is { } tolerance ? norm <= tolerance : displacement <= options.DisplacementTolerance;
        var threshold = options.ZeroTolerance ?? NewtonModel.Rounding(eigen, hessianError);
        VectorLoops.AddScaled(1, x, step);
        if (critical && options.ZeroTolerance is null)
        {
            var there = step.AsSpan().SequenceEqual(x) ? hessian : objective.Hessian(step);
            var hidden = NewtonModel.Hidden(eigen, options.GradientTolerance is null ? gradientError : 0, x, options.DisplacementTolerance);
            threshold = NewtonModel.Threshold(eigen, threshold, hidden, hessian, there, options);
        }
        options.Progress?.Report(new("inertia", 0));
        var inertia = Inertia.Certify(matrix, size, threshold, hessianError, options.Threads, options.Cancellation);
        options.Progress?.Report(new("inertia", 1));
        return new()
        {
            Point = objective.Unravel(x),
            Loss = value,
            GradientNorm = norm,
            GradientError = gradientError,
            Displacement = displacement,
            IsCritical = critical,
            HessianError = hessianError,
            Eigenvalues = eigen.Eigenvalues,
            ErrorBounds = bounds,
            Outcome = eigen.Converged ? Outcome.Converged : Outcome.MaxIterations,
            Statistics = SpectrumStatistics.Of(eigen.Eigenvalues.AsSpan(), threshold),
            Inertia = inertia,
            Lowest = Tree(eigen.Pair(0), bounds[0], hessian, objective),
            Highest = Tree(eigen.Pair(size - 1), bounds[^1], hessian, objective),
        };
    }

    private static EigenPair<T> Tree<T>(EigenPair pair, double bound, LinearOperator hessian, Objective<T> objective)
        where T : ITensorTree<T>
    {
        var residual = hessian.Apply(pair.Vector.AsSpan()).ToArray();
        VectorLoops.AddScaled(-pair.Value, pair.Vector.AsSpan(), residual);
        return new(pair.Value, objective.Unravel(pair.Vector.AsSpan()), VectorLoops.Norm(residual), bound);
    }
}
