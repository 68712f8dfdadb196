using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>A point classified by all eigenvalues of its Hessian.</summary>
internal static class DenseExamination
{
    public static CriticalPoint<T> Of<T>(Objective<T> objective, double[] x, double value, double[] gradient, CurvatureOptions options)
        where T : ITensorTree<T>
    {
        var size = x.Length;
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
        var pairs = Math.Min(options.Pairs, size);
        return new()
        {
            Point = objective.Unravel(x),
            Size = size,
            Examination = Examination.All,
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
            LowestPairs = [.. Enumerable.Range(0, pairs).Select(At)],
            HighestPairs = [.. Enumerable.Range(size - pairs, pairs).Select(At)],
            SmallestPossible = eigen.Eigenvalues[0] - bounds[0],
            LargestPossible = eigen.Eigenvalues[^1] + bounds[^1],
        };

        EigenPair<T> At(int i) =>
            CriticalPoint.Pair(eigen.Eigenvalues[i], eigen.Vectors.AsSpan(i * size, size), bounds[i], hessian, objective);
    }
}
