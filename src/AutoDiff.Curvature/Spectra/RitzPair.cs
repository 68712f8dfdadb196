using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>An approximate eigenvalue of an operator with its vector.</summary>
/// <param name="Value">The eigenvalue λ.</param>
/// <param name="Vector">The eigenvector v [n], of 2-norm 1.</param>
/// <param name="Residual">‖Av − λv‖₂, from a product with v.</param>
/// <param name="ErrorBound">A bound on the distance from λ to an exact eigenvalue of the operator as applied, rounding of the products allowed for.</param>
public sealed record RitzPair(double Value, ImmutableArray<double> Vector, double Residual, double ErrorBound);
