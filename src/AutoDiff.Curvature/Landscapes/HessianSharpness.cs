namespace AutoDiff.Curvature;

/// <summary>How sharp a point is by its Hessian: the largest curvature and the mean one.</summary>
/// <remarks>Neither is the function's own, see <see cref="Sharpness"/>; their ratio does not change with the units of the loss.</remarks>
public sealed record HessianSharpness
{
    /// <summary>λmax with its vector, residual and error bound.</summary>
    public required RitzPair Largest { get; init; }

    /// <summary>How Lanczos ended.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>tr(H) with its standard error.</summary>
    public required Estimate Trace { get; init; }

    /// <summary>The number n of parameters.</summary>
    public required int Size { get; init; }

    /// <summary>The products with the Hessian.</summary>
    public required int Products { get; init; }

    /// <summary>tr(H)/n, the mean curvature over all directions.</summary>
    public double Mean => Trace.Value / Size;

    /// <summary>λmax·n/tr(H), how far the sharpest direction exceeds the mean; 1 for a multiple of the identity, NaN where the trace is 0.</summary>
    public double Excess => Trace.Value == 0 ? double.NaN : Largest.Value / Mean;

    /// <summary>λmax by <see cref="Lanczos"/> and the trace by <see cref="HutchPlusPlus"/> (Meyer, Musco, Musco, Woodruff 2021).</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="point">The point.</param>
    /// <param name="key">What the probes of the trace are drawn from.</param>
    /// <param name="eigen">Tolerance, key, limits, threads, progress and cancellation of Lanczos.</param>
    /// <param name="trace">Tolerance or budget, threads, progress and cancellation of the estimate.</param>
    /// <remarks>Products and memory are those of the two.</remarks>
    /// <exception cref="ArgumentException">The point is none of the objective's, or it or its Hessian is not finite, or Lanczos was allowed too little for one pair.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static HessianSharpness Of<T>(
        Objective<T> objective,
        T point,
        Key key,
        EigenOptions? eigen = null,
        EstimatorOptions? trace = null
    )
        where T : ITensorTree<T>
    {
        const string operation = "HessianSharpness.Of";
        Require.NotNull(objective, operation);
        Require.NotNull(key, operation);
        objective.RequireParameters(operation);
        var x = objective.Ravel(operation, point);
        Require.Finite(operation, "the point", x);
        var hessian = objective.Hessian(x);
        var pairs = Lanczos.Largest(hessian, 1, eigen);
        Require.That(
            !pairs.Value.IsEmpty,
            $"[{operation}] got no eigenpair, outcome {pairs.Outcome}; expected a finite Hessian and products enough for one"
        );
        var estimate = HutchPlusPlus.Trace(hessian, key, trace);
        return new()
        {
            Largest = pairs.Value[0],
            Outcome = pairs.Outcome,
            Trace = estimate,
            Size = x.Length,
            Products = pairs.Products + estimate.Products,
        };
    }
}
