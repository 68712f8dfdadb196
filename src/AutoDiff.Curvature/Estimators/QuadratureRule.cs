using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>A Gauss quadrature of a symmetric operator's spectrum, weighted by the square of a unit vector's part along each eigenvector.</summary>
/// <param name="Nodes">Ritz values θ [m], ascending, all between the smallest eigenvalue and the largest.</param>
/// <param name="Weights">ω [m], of sum 1: the squared first elements of the tridiagonal matrix's eigenvectors.</param>
/// <remarks>Σ ωᵢf(θᵢ) = vᵀf(A)v for the unit vector v and every polynomial f of degree up to 2m − 1 (Golub, Meurant 1994).</remarks>
public sealed record QuadratureRule(ImmutableArray<double> Nodes, ImmutableArray<double> Weights)
{
    /// <summary>Σ ωᵢf(θᵢ).</summary>
    public double Mean(Func<double, double> f)
    {
        Require.NotNull(f, "QuadratureRule.Mean");
        var sum = 0.0;
        for (var i = 0; i < Nodes.Length; i++)
            sum += Weights[i] * f(Nodes[i]);
        return sum;
    }
}
