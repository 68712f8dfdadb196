using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>Some eigenpairs of a symmetric operator, ascending by value. The measure is the largest residual.</summary>
/// <remarks>The vectors are orthonormal to rounding. Fewer pairs than were asked for come from a run that was stopped before it had seen so many directions.</remarks>
public sealed record EigenPairs : Solution<ImmutableArray<RitzPair>>
{
    /// <summary>The eigenvalues [k], ascending.</summary>
    public ImmutableArray<double> Eigenvalues => [.. Value.Select(pair => pair.Value)];

    /// <summary>An estimate of ‖A‖₂ from below: the largest ‖Av‖₂ of a unit vector v, or magnitude of a Ritz value, met.</summary>
    public required double Norm { get; init; }

    /// <summary>How many of the pairs, those farthest inside the spectrum, could be displaced by copies of eigenvalues found that may not have been seen; 0 where none can be missing.</summary>
    /// <remarks>
    /// Products with p random vectors show up to p copies of each eigenvalue, with probability 1 in exact arithmetic; an eigenvalue of which fewer were found has no more.
    /// For others a run orthogonal to all that was found decides (see <see cref="EigenOptions.ExcludeMissed"/>); where it was not made, or not finished, they are counted here.
    /// </remarks>
    public required int Unexcluded { get; init; }
}
