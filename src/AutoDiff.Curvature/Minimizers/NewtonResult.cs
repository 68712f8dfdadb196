namespace AutoDiff.Curvature;

/// <summary>Where a Newton iteration ended.</summary>
/// <typeparam name="T">The tree of parameters.</typeparam>
/// <param name="Point">The last iterate.</param>
/// <param name="Loss">The loss there.</param>
/// <param name="GradientNorm">The gradient's 2-norm there.</param>
/// <param name="Decrement">Newton's decrement λ = √(gᵀ|H|⁻¹g) there: the quadratic model promises a loss lower by λ²/2. NaN where gradient or curvature are not finite, ∞ where there is slope without curvature.</param>
/// <param name="Iterations">How many steps were taken.</param>
/// <param name="Products">How many Hessian-vector products were computed.</param>
/// <param name="Outcome">
/// <see cref="Outcome.Converged"/>, or why not: <see cref="Outcome.MaxIterations"/>, <see cref="Outcome.NegativeCurvature"/>, <see cref="Outcome.NotFinite"/>,
/// <see cref="Outcome.Stagnated"/> or <see cref="Outcome.SmallStep"/>.
/// </param>
public sealed record NewtonResult<T>(
    T Point,
    double Loss,
    double GradientNorm,
    double Decrement,
    int Iterations,
    int Products,
    Outcome Outcome
);
