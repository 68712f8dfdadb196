using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>The directions along which a trajectory varies most, and its shadow on them.</summary>
/// <typeparam name="T">The tree of parameters.</typeparam>
public sealed record PrincipalDirections<T>
{
    /// <summary>Orthonormal directions [count], the most varied first; of each the element of largest magnitude is positive.</summary>
    public required ImmutableArray<T> Directions { get; init; }

    /// <summary>The share of the trajectory's variance along each [count], 0 to 1.</summary>
    public required ImmutableArray<double> Explained { get; init; }

    /// <summary>The points' coordinates [points, count], row by row, from the last point as origin: a landscape's steps around it.</summary>
    public required ImmutableArray<double> Coordinates { get; init; }
}
