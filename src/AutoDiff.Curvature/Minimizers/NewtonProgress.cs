namespace AutoDiff.Curvature;

/// <summary>Where a Newton iteration is.</summary>
/// <param name="Iteration">How many steps were taken.</param>
/// <param name="Loss">The loss.</param>
/// <param name="GradientNorm">The gradient's 2-norm.</param>
public sealed record NewtonProgress(int Iteration, double Loss, double GradientNorm);
