namespace AutoDiff.Curvature;

/// <summary>How far work has come.</summary>
/// <param name="Stage">What is being done, as "Hessian" or "Newton".</param>
/// <param name="Fraction">How much of the stage is done, 0 to 1; NaN for an iteration, whose end is not known.</param>
/// <param name="Iteration">How many steps of an iteration were taken.</param>
/// <param name="Loss">The loss where it is; NaN where there is none.</param>
/// <param name="Measure">What it makes small, as <see cref="Solution{TValue}.Measure"/>; NaN where there is none.</param>
public sealed record RunProgress(string Stage, double Fraction, int Iteration = 0, double Loss = double.NaN, double Measure = double.NaN);
