namespace AutoDiff.Curvature;

/// <summary>Where a minimizer that leaves saddles ended.</summary>
/// <remarks>
/// <see cref="Outcome.Converged"/>: the point is second-order stationary, ‖g‖ ≤ ε_g and no curvature below −ε_H seen; or the same of the curvature where rounding hides
/// any further decrease and Newton's model promises none beyond it. Otherwise <see cref="Outcome.MaxIterations"/>; <see cref="Outcome.NotFinite"/> where the loss falls to −∞ or
/// nothing finite is ahead; <see cref="Outcome.NegativeCurvature"/> where a negative curvature leads to no lower loss; <see cref="Outcome.Stagnated"/>;
/// <see cref="Outcome.SmallStep"/>; in an exception <see cref="Outcome.Cancelled"/>. The loss never rises by more than its rounding. Products count those that look for curvature.
/// </remarks>
/// <typeparam name="T">The tree of parameters.</typeparam>
public sealed record MinimizerResult<T> : Solution<T>
{
    /// <summary>The last iterate.</summary>
    public T Point => Value;

    /// <summary>The loss there.</summary>
    public required double Loss { get; init; }

    /// <summary>The gradient's 2-norm there.</summary>
    public double GradientNorm => Measure;

    /// <summary>How often the loss was evaluated, with or without its gradient.</summary>
    public required int Evaluations { get; init; }

    /// <summary>An estimate of the Hessian's smallest eigenvalue there, never below it; NaN where it was not looked for.</summary>
    public required double Curvature { get; init; }

    /// <summary>No eigenvalue of the Hessian there is below it, but for a chance of one in a million (Kuczyński, Woźniakowski 1992); −∞ where it was not looked for.</summary>
    public required double CurvatureFloor { get; init; }

    /// <summary>What to go on with, see <see cref="MinimizerOptions.State"/>.</summary>
    public required MinimizerState State { get; init; }
}
