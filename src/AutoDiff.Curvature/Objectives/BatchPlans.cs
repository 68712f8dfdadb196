namespace AutoDiff.Curvature;

/// <summary>The plans of what is made of a batch of one set of shapes, each made when it is first asked for.</summary>
internal sealed class BatchPlans
{
    /// <summary>The loss.</summary>
    public required Lazy<LossPlan> Value { get; init; }

    /// <summary>The loss with its gradient.</summary>
    public required Lazy<LossPlan> Gradient { get; init; }

    /// <summary>The loss's Hessian.</summary>
    public required Lazy<LinearPlans> Hessian { get; init; }

    /// <summary>The Gauss-Newton matrix; null where the model is not known.</summary>
    public required Lazy<LinearPlans>? GaussNewton { get; init; }
}
