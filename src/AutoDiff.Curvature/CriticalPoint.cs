using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>Finds out what kind of critical point of a loss a point is.</summary>
public static class CriticalPoint
{
    /// <summary>The point's gradient, all eigenvalues of the exact Hessian there, and what they say.</summary>
    /// <param name="loss">A scalar function of the tree.</param>
    /// <param name="point">The point.</param>
    /// <param name="options">Threads, tolerances, progress and cancellation.</param>
    /// <remarks>
    /// The index is counted twice: from the eigenvalues of a tridiagonalized Hessian, and by two LDLᵀ factorizations at ±τ (Sylvester's law of inertia).
    /// An eigenvalue counts as zero within τ = max(10 error bounds, √(‖H‖·‖g‖)): at a point whose gradient g is small but not zero, the curvature of a flat
    /// direction is known no better (second-order optimality as of Nesterov, Polyak 2006, with the Hessian's Lipschitz constant taken to be ‖H‖ per unit length).
    /// O(n³) time and O(n²) memory for n parameters.
    /// </remarks>
    /// <exception cref="ArgumentException">The loss is not a scalar, or gives a gradient or Hessian that is not finite.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static CriticalPoint<T> Classify<T>(Func<T, Tensor> loss, T point, CurvatureOptions? options = null)
        where T : ITensorTree<T>
    {
        options ??= new();
        var at = Transforms.Evaluate(point);
        var flat = new FlatLoss<T>(loss, at, "CriticalPoint.Classify");
        var size = flat.Size;
        var gradient = new double[size];
        var value = flat.ValueAndGradient(FlatLoss<T>.Flatten(at), gradient);
        Check.Finite("CriticalPoint.Classify", "the loss", [value]);
        Check.Finite("CriticalPoint.Classify", "the gradient", gradient);
        var hessian = HessianOperator.Of(loss, at);
        var matrix = hessian.ToMatrix(options.Threads, Fractions(options, "Hessian"), options.Cancellation);
        options.Progress?.Report(new("eigenvalues", 0));
        var eigen = SymmetricEigen.Pairs(matrix, size, size == 1 ? [0] : [0, size - 1], options.Cancellation);
        options.Progress?.Report(new("eigenvalues", 1));
        var norm = VectorLoops.Norm(gradient);
        var tolerance = options.GradientTolerance ?? 1e-6 * (1 + Math.Abs(value));
        var threshold = options.ZeroTolerance ?? Threshold(eigen, norm <= tolerance ? norm : 0);
        options.Progress?.Report(new("inertia", 0));
        var inertia = Inertia.Certify(matrix, size, threshold, options.Cancellation);
        options.Progress?.Report(new("inertia", 1));
        return new()
        {
            Point = at,
            Loss = value,
            GradientNorm = norm,
            GradientTolerance = tolerance,
            Eigenvalues = eigen.Eigenvalues,
            ErrorBounds = eigen.ErrorBounds,
            Outcome = eigen.Outcome,
            Statistics = SpectrumStatistics.Of(eigen.Eigenvalues.AsSpan(), threshold),
            Inertia = inertia,
            Lowest = Tree(eigen.Pair(0), hessian, at),
            Highest = Tree(eigen.Pair(size - 1), hessian, at),
        };
    }

    // A point whose gradient is g lies off the critical point it is taken for; over that distance an eigenvalue of a flat direction moves by about √(ρ‖g‖), where
    // ρ, the Hessian's change over a unit of length, is taken to be its norm.
    private static double Threshold(EigenDecomposition eigen, double gradientNorm)
    {
        var largest = Math.Max(Math.Abs(eigen.Eigenvalues[0]), Math.Abs(eigen.Eigenvalues[^1]));
        return Math.Max(10 * eigen.ErrorBounds.Max(), Math.Sqrt(largest * gradientNorm));
    }

    private static EigenPair<T> Tree<T>(EigenPair pair, LinearOperator hessian, T like)
        where T : ITensorTree<T>
    {
        var residual = hessian.Apply(pair.Vector.AsSpan()).ToArray();
        VectorLoops.AddScaled(-pair.Value, [.. pair.Vector], residual);
        var vector = Transforms.Evaluate(TreeMath.Unravel(like, Tensor.Of(pair.Vector.AsSpan())));
        return new(pair.Value, vector, VectorLoops.Norm(residual), pair.ErrorBound);
    }

    private static StageProgress? Fractions(CurvatureOptions options, string stage) =>
        options.Progress is { } progress ? new(progress, stage) : null;

    private sealed class StageProgress(IProgress<CurvatureProgress> progress, string stage) : IProgress<double>
    {
        public void Report(double value) => progress.Report(new(stage, value));
    }
}
