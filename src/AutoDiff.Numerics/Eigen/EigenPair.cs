using System.Collections.Immutable;

namespace AutoDiff.Numerics;

/// <summary>An eigenvalue of a symmetric operator with its eigenvector.</summary>
/// <param name="Index">The eigenvalue's place in ascending order, from 0.</param>
/// <param name="Value">The eigenvalue λ.</param>
/// <param name="Vector">The eigenvector v [n], of length 1; its element of largest magnitude is positive.</param>
/// <param name="ErrorBound">A bound on the distance from λ to an exact eigenvalue.</param>
public sealed record EigenPair(int Index, double Value, ImmutableArray<double> Vector, double ErrorBound);
