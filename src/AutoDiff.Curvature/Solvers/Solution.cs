using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>What an iterative solver found for Ax = b.</summary>
public sealed record Solution
{
    /// <summary>The solution x [n], or the last iterate where the outcome is another than <see cref="Outcome.Converged"/>.</summary>
    public required ImmutableArray<double> Value { get; init; }

    /// <summary>How the iteration ended.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The number of steps taken.</summary>
    public required int Iterations { get; init; }

    /// <summary>The number of products with A computed, those that check the residual included.</summary>
    public required int Products { get; init; }

    /// <summary>‖b − Ax‖₂, computed from x at the end and not by recurrence.</summary>
    public required double Residual { get; init; }

    /// <summary>The first direction p [n], of length 1, whose curvature pᵀAp is not positive; empty where none was met.</summary>
    public required ImmutableArray<double> Direction { get; init; }

    /// <summary>The curvature pᵀAp of <see cref="Direction"/>; 0 where none was met or where it cannot be told from 0.</summary>
    public required double Curvature { get; init; }
}
