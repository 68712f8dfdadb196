using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>Where a search along directions of negative curvature led.</summary>
/// <remarks>
/// <see cref="Outcome.Converged"/> at a lowest point along the line; <see cref="Outcome.MaxIterations"/> where the loss still fell at the longest step tried;
/// <see cref="Outcome.Breakdown"/> where no lower point was found; <see cref="Outcome.NotFinite"/> where the loss falls to −∞ or to the edge of where it is finite.
/// Of several lines it is the lowest's outcome. An iteration is an evaluation of the loss, and the measure the slope's magnitude along the line, NaN where no search was made.
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

    /// <summary>The signed length of the step along <see cref="Direction"/>.</summary>
    public required double Step { get; init; }

    /// <summary>The direction of the line that was taken, of 2-norm 1: an eigenvector, or a combination of some.</summary>
    public required T Direction { get; init; }

    /// <summary>Its coefficients in the eigenvectors that were searched, the lowest first; as many as these.</summary>
    public required ImmutableArray<double> Coefficients { get; init; }
}
