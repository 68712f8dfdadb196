namespace AutoDiff.Curvature;

/// <summary>Where a Newton iteration ended.</summary>
/// <remarks>
/// The outcome is <see cref="Outcome.Converged"/>, or why not: <see cref="Outcome.MaxIterations"/>, <see cref="Outcome.NegativeCurvature"/>,
/// <see cref="Outcome.NotFinite"/>, <see cref="Outcome.Stagnated"/>, <see cref="Outcome.SmallStep"/> or, in an exception, <see cref="Outcome.Cancelled"/>.
/// </remarks>
/// <typeparam name="T">The tree of parameters.</typeparam>
public sealed record NewtonResult<T> : Solution<T>
{
    /// <summary>The last iterate.</summary>
    public T Point => Value;

    /// <summary>The loss there.</summary>
    public required double Loss { get; init; }

    /// <summary>The gradient's 2-norm there.</summary>
    public double GradientNorm => Measure;

    /// <summary>Newton's decrement λ = √(gᵀ|H|⁻¹g) there: the quadratic model promises a loss lower by λ²/2. NaN where gradient or curvature are not finite, ∞ where there is slope without curvature.</summary>
    public required double Decrement { get; init; }
}
