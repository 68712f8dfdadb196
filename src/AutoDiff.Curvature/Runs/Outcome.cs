namespace AutoDiff.Curvature;

/// <summary>How an iteration ended. Whatever it was, the value that comes with it is the last one that was finite.</summary>
public enum Outcome
{
    /// <summary>The criterion that the method states was met, at the value returned.</summary>
    Converged,

    /// <summary>The iterations or products allowed were used up; the value is the last iterate. Allow more, or start nearer.</summary>
    MaxIterations,

    /// <summary>
    /// A direction p with pᵀAp &lt; 0 was met: the operator is indefinite. A linear solver returns the direction; a minimizer has come to a saddle or a maximum that
    /// its gradient no longer leads away from: classify the point and leave it by <see cref="Saddle"/>.
    /// </summary>
    NegativeCurvature,

    /// <summary>The iteration cannot go on: a direction of no curvature, or no further progress in double precision. The operator is singular or too ill-conditioned: shift or scale it.</summary>
    Breakdown,

    /// <summary>
    /// A value, gradient, residual or curvature is NaN or infinite wherever the iteration could go next: it overflows, leaves the loss's domain, or falls to −∞.
    /// Bound the parameters, write the loss in a form that does not overflow, or start elsewhere.
    /// </summary>
    NotFinite,

    /// <summary>
    /// Steps no longer lower the loss by more than its rounding, and the criterion is not met: the loss or its gradient is not accurate enough for it. Loosen the
    /// tolerance, or write the loss with less cancellation.
    /// </summary>
    Stagnated,

    /// <summary>
    /// No step that changes the parameters in double precision lowers the loss, and the criterion is not met: the loss has a kink there, or its gradient is more
    /// rounding than slope. Smooth the loss, or scale it with less cancellation.
    /// </summary>
    SmallStep,

    /// <summary>
    /// A search for a zero of the gradient g came to a place where ‖g‖ is stationary and g is not 0: Hg = 0, g along the Hessian's null space ("gradient-flat"; Frye
    /// et al. 2019). It is no critical point, and there may be none nearby. Start elsewhere.
    /// </summary>
    FlatGradient,

    /// <summary>It was asked to stop; the value is the last iterate.</summary>
    Cancelled,
}
