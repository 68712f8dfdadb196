using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>Some eigenpairs of a symmetric operator, ascending by value. The measure is the largest residual.</summary>
public sealed record EigenPairs : Solution<ImmutableArray<RitzPair>>
{
    /// <summary>The eigenvalues [k], ascending.</summary>
    public ImmutableArray<double> Eigenvalues => [.. Value.Select(pair => pair.Value)];

    /// <summary>An estimate of ‖A‖₂, the largest magnitude of any Ritz value met.</summary>
    public required double Norm { get; init; }
}
