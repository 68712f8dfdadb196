using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>An approximate eigenvalue of an operator with its vector.</summary>
/// <param name="Value">The eigenvalue λ.</param>
/// <param name="Vector">The eigenvector v [n], of 2-norm 1.</param>
/// <param name="Residual">‖Av − λv‖₂, from products: with v, or with the basis that v is a combination of and one more with a random combination of all v's, which agrees.</param>
/// <param name="ErrorBound">
/// A bound on the distance from λ to an exact eigenvalue of the operator as applied: the residual (Parlett 1980, theorem 4.5.1) and 10·max(10, √n)·ε·‖A‖₂, ε = 2⁻⁵², for
/// the rounding in it, of the size that sums of n products have in practice (Higham, Mary 2019).
/// </param>
/// <remarks>Where the gap γ from λ to the other eigenvalues is known, ‖Av − λv‖²/γ bounds the error too, and is mostly far smaller (Parlett 1980, theorem 11.7.1).</remarks>
public sealed record RitzPair(double Value, ImmutableArray<double> Vector, double Residual, double ErrorBound);
