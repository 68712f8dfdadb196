using System.Collections.Immutable;

namespace AutoDiff.Numerics;

/// <summary>The eigenvalues of a symmetric matrix, how far each can be trusted, and the eigenvectors asked for.</summary>
public sealed record EigenDecomposition
{
    /// <summary>The eigenvalues [n], ascending; ±∞ where one exceeds the range of double, and its bound is then ∞.</summary>
    public required ImmutableArray<double> Eigenvalues { get; init; }

    /// <summary>For each eigenvalue [n], a bound on its distance from an exact one.</summary>
    /// <remarks>
    /// Where the eigenvector v is known, ‖Av − λv‖₂ + n·ε·‖A‖₂, the residual as computed and an allowance for its rounding (Parlett 1980, theorem 4.5.1:
    /// an eigenvalue lies that near). Elsewhere max(n, 10)·ε·‖A‖_F, the usual size of the backward error of orthogonal reductions (Wilkinson 1965; LAPACK
    /// Users' Guide 1999, section 4.7). ‖A − Aᵀ‖_F/2 of the matrix as given is added to both, and the smallest number 2⁻¹⁰⁷⁴ where the bound is not 0; ε = 2⁻⁵².
    /// </remarks>
    public required ImmutableArray<double> ErrorBounds { get; init; }

    /// <summary>The eigenvectors [k, n] in row-major order, orthonormal; row i belongs to the eigenvalue at <c>Indices[i]</c>.</summary>
    /// <remarks>Each vector's element of largest magnitude is positive.</remarks>
    public required ImmutableArray<double> Vectors { get; init; }

    /// <summary>The places [k] of the eigenvalues whose eigenvectors are known, ascending.</summary>
    public required ImmutableArray<int> Indices { get; init; }

    /// <summary>Whether every iteration ended within its limit; otherwise the values, or the vectors of a merge, are not to be trusted.</summary>
    public required bool Converged { get; init; }

    /// <summary>The number n of rows of the matrix.</summary>
    public int Size => Eigenvalues.Length;

    /// <summary>The eigenvalue at place <paramref name="index"/> in ascending order with its eigenvector.</summary>
    /// <exception cref="ArgumentException">The index is out of range, or its eigenvector was not asked for.</exception>
    public EigenPair Pair(int index)
    {
        if (index < 0 || index >= Size)
            Require.Fail($"[EigenDecomposition.Pair] got index {index}; expected 0 to {Size - 1}");
        var row = Indices.BinarySearch(index);
        if (row < 0)
            Require.Fail(
                $"[EigenDecomposition.Pair] got index {index}, whose eigenvector was not computed; expected one of the {Indices.Length} asked for"
            );
        return new(index, Eigenvalues[index], Vectors.Slice(row * Size, Size), ErrorBounds[index]);
    }
}
