namespace AutoDiff.Curvature;

/// <summary>The plans of what is made of a batch of one set of shapes, each made when it is first asked for; null what the objective does not have.</summary>
internal sealed class BatchPlans
{
    /// <summary>The loss.</summary>
    public required Lazy<LossPlan> Value { get; init; }

    /// <summary>The loss with its gradient.</summary>
    public required Lazy<LossPlan> Gradient { get; init; }

    /// <summary>The loss's Hessian.</summary>
    public required Lazy<LinearPlans> Hessian { get; init; }

    /// <summary>The Gauss-Newton matrix.</summary>
    public Lazy<LinearPlans>? GaussNewton { get; init; }

    /// <summary>The Fisher matrix.</summary>
    public Lazy<LinearPlans>? Fisher { get; init; }

    /// <summary>The Fisher matrix of so many drawn targets; its plans take a key's words after the batch.</summary>
    public Func<int, LinearPlans>? Drawn { get; init; }

    /// <summary>The second moment of the examples' gradients.</summary>
    public Lazy<LinearPlans>? SecondMoment { get; init; }

    /// <summary>The covariance of the examples' gradients; its plans take the mean gradient after the batch.</summary>
    public Lazy<LinearPlans>? Covariance { get; init; }
}
