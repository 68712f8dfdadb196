namespace AutoDiff.Curvature;

/// <summary>How far an examination has come.</summary>
/// <param name="Stage">What is being done: "Hessian", "eigenvalues" or "inertia".</param>
/// <param name="Fraction">How much of the stage is done, 0 to 1.</param>
public sealed record CurvatureProgress(string Stage, double Fraction);
