using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>What <see cref="MinresQlp"/> found for Ax = b: x [n].</summary>
/// <remarks>
/// <see cref="Outcome.Converged"/> with <see cref="Kind"/> saying what x solves; <see cref="Outcome.NegativeCurvature"/> where it was to stop there;
/// <see cref="Outcome.Breakdown"/> where double precision does not resolve the tolerance; <see cref="Outcome.MaxIterations"/>; <see cref="Outcome.NotFinite"/>;
/// in an exception <see cref="Outcome.Cancelled"/>.
/// </remarks>
public sealed record MinresSolution : Solution<ImmutableArray<double>>
{
    /// <summary>What x solves.</summary>
    public required LinearSystemKind Kind { get; init; }

    /// <summary>‖b − Ax‖₂, computed from x at the end and not by recurrence.</summary>
    public double Residual => Measure;

    /// <summary>‖A(b − Ax)‖₂, likewise: 0 for a least-squares solution.</summary>
    public required double NormalResidual { get; init; }

    /// <summary>An estimate of ‖A‖₂ from below, the largest column of the tridiagonal matrix that the iteration saw; 0 where it saw none.</summary>
    public required double Norm { get; init; }

    /// <summary>An estimate of ‖A‖₂·‖A⁺‖₂ from the factors' diagonal: rough, and of the part of A that b reaches; 1 before the first step.</summary>
    public required double Condition { get; init; }

    /// <summary>The first residual direction p [n], of length 1, whose curvature pᵀAp is not positive; empty where none was met.</summary>
    public required ImmutableArray<double> Direction { get; init; }

    /// <summary>The curvature pᵀAp of <see cref="Direction"/>; 0 where none was met or where it cannot be told from 0.</summary>
    public required double Curvature { get; init; }
}
