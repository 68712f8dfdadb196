namespace AutoDiff.Curvature;

/// <summary>Where a Newton iteration ended.</summary>
/// <typeparam name="T">The tree of parameters.</typeparam>
/// <param name="Point">The last iterate.</param>
/// <param name="Loss">The loss there.</param>
/// <param name="GradientNorm">The gradient's 2-norm there.</param>
/// <param name="Iterations">How many steps were taken.</param>
/// <param name="Products">How many Hessian-vector products were computed.</param>
/// <param name="Outcome"><see cref="Outcome.Converged"/>, <see cref="Outcome.MaxIterations"/>, or <see cref="Outcome.Breakdown"/> where no step lowers the loss in double precision.</param>
public sealed record NewtonResult<T>(T Point, double Loss, double GradientNorm, int Iterations, int Products, Outcome Outcome);
