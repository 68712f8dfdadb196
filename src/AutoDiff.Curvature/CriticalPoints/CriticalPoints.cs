using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>The distinct critical points that searches from some starts came to, by ascending loss.</summary>
/// <remarks>
/// <see cref="Outcome.Converged"/> where all starts were used, <see cref="Outcome.MaxIterations"/> where the products allowed ran out before, in an exception
/// <see cref="Outcome.Cancelled"/>. An iteration is a start; the measure is the share of the searches that came to no critical point, NaN where there were none.
/// </remarks>
/// <typeparam name="T">The tree of parameters.</typeparam>
public sealed record CriticalPoints<T> : Solution<ImmutableArray<FoundPoint<T>>>
{
    /// <summary>The points, by ascending loss.</summary>
    public ImmutableArray<FoundPoint<T>> Points => Value;

    /// <summary>The searches that came to no critical point, in the order of their starts.</summary>
    public required ImmutableArray<FindRun<T>> Failures { get; init; }
}
