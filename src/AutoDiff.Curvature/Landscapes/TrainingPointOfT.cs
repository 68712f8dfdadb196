namespace AutoDiff.Curvature;

/// <summary>What was noted of a training at one moment.</summary>
/// <typeparam name="T">The tree of parameters.</typeparam>
/// <param name="Loss">The loss.</param>
/// <param name="GradientNorm">The gradient's 2-norm.</param>
/// <param name="Point">The parameters.</param>
public sealed record TrainingPoint<T>(double Loss, double GradientNorm, T Point);
