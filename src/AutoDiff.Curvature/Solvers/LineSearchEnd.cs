namespace AutoDiff.Curvature;

/// <summary>Where a search along a line ended.</summary>
/// <param name="Step">The signed distance of the lowest point met; 0 where none was lower than the start.</param>
/// <param name="Loss">The loss there.</param>
/// <param name="Outcome">How the search ended.</param>
/// <param name="Evaluations">How often the loss was evaluated.</param>
internal readonly record struct LineSearchEnd(double Step, double Loss, Outcome Outcome, int Evaluations);
