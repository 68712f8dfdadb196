using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>What an iterative solver found for Ax = b: x [n].</summary>
public sealed record LinearSolution : Solution<ImmutableArray<double>>
{
    /// <summary>‖b − Ax‖₂, computed from x at the end and not by recurrence.</summary>
    public double Residual => Measure;

    /// <summary>The first direction p [n], of length 1, whose curvature pᵀAp is not positive; empty where none was met.</summary>
    public required ImmutableArray<double> Direction { get; init; }

    /// <summary>The curvature pᵀAp of <see cref="Direction"/>; 0 where none was met or where it cannot be told from 0.</summary>
    public required double Curvature { get; init; }
}
