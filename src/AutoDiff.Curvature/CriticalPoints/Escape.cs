namespace AutoDiff.Curvature;

/// <summary>Where a search along a direction of negative curvature led.</summary>
/// <typeparam name="T">The tree of parameters.</typeparam>
/// <param name="Point">The lower point, or the start where none was found.</param>
/// <param name="Loss">The loss there.</param>
/// <param name="Decrease">How far the loss fell, not negative.</param>
/// <param name="Step">The signed length of the step along the eigenvector.</param>
/// <param name="Outcome"><see cref="Outcome.Converged"/> at a lowest point along the line; <see cref="Outcome.MaxIterations"/> where the loss still fell at the longest step tried; <see cref="Outcome.Breakdown"/> where no lower point was found; <see cref="Outcome.NotFinite"/> where the loss falls to −∞ or to the edge of where it is finite.</param>
public sealed record Escape<T>(T Point, double Loss, double Decrease, double Step, Outcome Outcome);
