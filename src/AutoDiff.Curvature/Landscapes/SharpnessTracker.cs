namespace AutoDiff.Curvature;

/// <summary>Follows λmax and the curvature along gradient and steps through a training: each record is the state that the next begins from.</summary>
public static class SharpnessTracker
{
    /// <summary>The record of a first point.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="point">The point.</param>
    /// <param name="count">How many of the largest pairs to follow.</param>
    /// <param name="options">Tolerance, key, limits, threads, progress and cancellation of <see cref="Lanczos"/>.</param>
    /// <remarks>Lanczos' products, one along the gradient, a gradient; memory as Lanczos'.</remarks>
    /// <exception cref="ArgumentException">The point is none of the objective's, it or its loss or gradient is not finite, or the count is not 1 to n.</exception>
    /// <exception cref="IterationCanceledException{TSolution}">Lanczos was cancelled; the exception holds the pairs.</exception>
    public static TrackedSharpness<T> Start<T>(Objective<T> objective, T point, int count = 1, EigenOptions? options = null)
        where T : ITensorTree<T> => Look("SharpnessTracker.Start", objective, null, point, count, options);

    /// <summary>The record of the next point of a training.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="last">The record before; as many pairs are followed.</param>
    /// <param name="point">The point.</param>
    /// <param name="options">As at the start.</param>
    /// <remarks>
    /// Lanczos begins with the eigenvectors of the record before, see <see cref="EigenOptions.Start"/>. With <see cref="EigenOptions.ExcludeMissed"/> on it still looks for what may have come up
    /// beside them, which takes most of the products; off, a point near the last takes a few, and <see cref="EigenPairs.Unexcluded"/> counts the pairs that a crossing could hide. One product more along the step, the rest as at the start.
    /// </remarks>
    /// <exception cref="ArgumentException">The point is none of the objective's, or it or its loss or gradient is not finite.</exception>
    /// <exception cref="IterationCanceledException{TSolution}">Lanczos was cancelled; the exception holds the pairs.</exception>
    public static TrackedSharpness<T> Next<T>(Objective<T> objective, TrackedSharpness<T> last, T point, EigenOptions? options = null)
        where T : ITensorTree<T>
    {
        Require.NotNull(last, "SharpnessTracker.Next");
        return Look("SharpnessTracker.Next", objective, last, point, last.Count, options);
    }

    private static TrackedSharpness<T> Look<T>(
        string operation,
        Objective<T> objective,
        TrackedSharpness<T>? last,
        T point,
        int count,
        EigenOptions? options
    )
        where T : ITensorTree<T>
    {
        Require.NotNull(objective, operation);
        objective.RequireParameters(operation);
        Require.That(count > 0 && count <= objective.Size, $"[{operation}] got a count of {count}; expected 1 to {objective.Size}");
        var (x, gradient) = (objective.Ravel(operation, point), new double[objective.Size]);
        Require.Finite(operation, "the point", x);
        var loss = objective.ValueAndGradient(x, gradient);
        Require.Finite(operation, "the loss", [loss]);
        Require.Finite(operation, "the gradient", gradient);
        var hessian = objective.Hessian(x);
        var step = last is null ? new double[x.Length] : objective.Ravel(operation, last.Point);
        if (last is not null)
            VectorLoops.AddScaled(-1, x, step);
        var pairs = Lanczos.Largest(
            hessian,
            count,
            last is null ? options : (options ?? new()) with { Start = [.. last.Pairs.Value.SelectMany(pair => pair.Vector)] }
        );
        var (alongGradient, alongStep) = (DirectionalCurvature.Quotient(hessian, gradient), DirectionalCurvature.Quotient(hessian, step));
        return new()
        {
            Step = last is null ? 0 : last.Step + 1,
            Point = objective.Unravel(x),
            Loss = loss,
            GradientNorm = VectorLoops.Norm(gradient),
            Count = count,
            Pairs = pairs,
            AlongGradient = alongGradient,
            AlongStep = alongStep,
            Products = pairs.Products + (double.IsNaN(alongGradient) ? 0 : 1) + (double.IsNaN(alongStep) ? 0 : 1),
        };
    }
}
