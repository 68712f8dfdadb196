namespace AutoDiff.Numerics;

/// <summary>A = V·diag(λ)·Vᵀ of a symmetric matrix, as numbers: <see cref="SymmetricEigen"/> without error bounds, for many small matrices too.</summary>
/// <remarks>
/// Up to <see cref="Small"/> rows by plane rotations, which allocate nothing, beyond by tridiagonalization, QL and divide and conquer. ‖A − VΛVᵀ‖ and ‖VᵀV − I‖·‖A‖ are
/// within a few n·ε·‖A‖. Of each eigenvector the element of largest magnitude is positive.
/// </remarks>
public static class SpectralDecomposition
{
    /// <summary>The size up to which rotations are faster.</summary>
    public const int Small = 8;

    /// <summary>Writes eigenvalues and eigenvectors of (A + Aᵀ)/2; NaN where the matrix holds NaN or ∞.</summary>
    /// <param name="matrix">A [size, size].</param>
    /// <param name="size">The number n of rows and of columns.</param>
    /// <param name="values">λ [n], ascending; ±∞ where one exceeds the range of double.</param>
    /// <param name="vectors">V [n, n], the eigenvectors its columns.</param>
    /// <returns>Whether all was finite and every iteration ended within its limit; else λ and V are NaN.</returns>
    /// <exception cref="ArgumentException">The matrix is not square, or a result has another length.</exception>
    public static bool Decompose(ReadOnlySpan<double> matrix, int size, Span<double> values, Span<double> vectors)
    {
        SymmetricMatrix.RequireSquare("SpectralDecomposition", matrix.Length, size);
        Require.Length("SpectralDecomposition", "eigenvalues", values.Length, size);
        Require.Length("SpectralDecomposition", "eigenvectors", vectors.Length, matrix.Length);
        using var rows = new Rented(size * size);
        if (PowerOfTwo.Of(matrix) is { } scaling && Rows(scaling, matrix, size, values, rows))
        {
            scaling.Unscale(values);
            for (var i = 0; i < size; i++)
                TurnPositive(rows.Span.Slice(i * size, size));
            Transposition.Write(rows.Span, vectors, size, size);
            return true;
        }
        values.Fill(double.NaN);
        vectors.Fill(double.NaN);
        return false;
    }

    /// <summary>Turns a vector so that its first element of largest magnitude is positive.</summary>
    internal static void TurnPositive(Span<double> v)
    {
        var largest = 0.0;
        foreach (var value in v)
            largest = Math.Abs(value) > Math.Abs(largest) ? value : largest;
        if (largest < 0)
            VectorLoops.Scale(-1, v);
    }

    /// <summary>Eigenvalues in scaled units, and the eigenvectors row by row.</summary>
    private static bool Rows(PowerOfTwo scaling, ReadOnlySpan<double> matrix, int n, Span<double> values, Rented vectors)
    {
        using var scaled = new Rented(n * n);
        var a = scaled.Span;
        scaling.Scale(matrix, a);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
                a[(i * n) + j] = a[(j * n) + i] = 0.5 * (a[(i * n) + j] + a[(j * n) + i]);
        }
        if (n <= Small)
            return PlaneRotations.Diagonalize(a, n, values, vectors.Span);
        var reduced = Tridiagonal.Reduce(a, n, threads: 1, CancellationToken.None);
        var (found, valuesDone) = RootFreeQl.Values(reduced.Diagonal, reduced.OffDiagonal, CancellationToken.None);
        found.CopyTo(values);
        var (rows, done) = DivideAndConquer.Vectors(reduced.Diagonal, reduced.OffDiagonal, threads: 1, CancellationToken.None);
        reduced.Back(rows, threads: 1, CancellationToken.None);
        rows.CopyTo(vectors.Span);
        return done && valuesDone;
    }
}
