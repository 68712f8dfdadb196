namespace AutoDiff.Curvature;

/// <summary>Where a search along a direction of negative curvature led.</summary>
/// <remarks>
/// <see cref="Outcome.Converged"/> at a lowest point along the line; <see cref="Outcome.MaxIterations"/> where the loss still fell at the longest step tried;
/// <see cref="Outcome.Breakdown"/> where no lower point was found; <see cref="Outcome.NotFinite"/> where the loss falls to −∞ or to the edge of where it is finite.
/// An iteration is an evaluation of the loss, and the measure the slope's magnitude along the line, NaN where no search was made.
/// </remarks>
/// <typeparam name="T">The tree of parameters.</typeparam>
public sealed record Escape<T> : Solution<T>
{
    /// <summary>The lower point, or the start where none was found.</summary>
    public T Point => Value;

    /// <summary>The loss there.</summary>
    public required double Loss { get; init; }

    /// <summary>How far the loss fell, not negative.</summary>
    public required double Decrease { get; init; }

    /// <summary>The signed length of the step along the eigenvector.</summary>
    public required double Step { get; init; }
}
