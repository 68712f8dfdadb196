namespace AutoDiff.Curvature;

/// <summary>An eigenvalue of a Hessian with its eigenvector as a tree.</summary>
/// <param name="Value">The eigenvalue λ.</param>
/// <param name="Vector">The eigenvector v, of 2-norm 1 over all leaves.</param>
/// <param name="Residual">‖Hv − λv‖₂, from a Hessian-vector product apart from the matrix the pair was computed from.</param>
/// <param name="ErrorBound">A bound on the distance from λ to an exact eigenvalue.</param>
public sealed record EigenPair<T>(double Value, T Vector, double Residual, double ErrorBound);
