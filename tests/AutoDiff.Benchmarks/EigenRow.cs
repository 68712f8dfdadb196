using System.Collections.Immutable;
using System.Numerics.Tensors;
using AutoDiff.Curvature;

namespace AutoDiff.Benchmarks;

/// <summary>The eigenvalues of a symmetric matrix, or its eigenpairs, as a row.</summary>
internal static class EigenRow
{
    public static Row Of(string what, double[] matrix, int n, bool vectors, int threads) =>
        new(what, () => SymmetricEigen.Decompose(matrix, n, vectors, threads), () => Verify(what, matrix, n, vectors))
        {
            // Reduction to tridiagonal form, 4/3·n³, and the vectors' way back, 2n³: what no method of this kind goes without.
            Flops = (vectors ? 10.0 / 3 : 4.0 / 3) * n * n * n,
        };

    /// <summary>Σλ is the trace, Σλ² the squared Frobenius norm; an eigenvector's image is itself, scaled.</summary>
    private static void Verify(string what, double[] matrix, int n, bool vectors)
    {
        var eigen = SymmetricEigen.Decompose(matrix, n, vectors);
        var trace = Enumerable.Range(0, n).Sum(i => matrix[(i * n) + i]);
        var norm = TensorPrimitives.SumOfSquares<double>(matrix);
        var scale = Math.Sqrt(norm); // the trace may cancel: it is compared on the norm's scale
        Check.Close(
            $"{what}: trace and norm",
            [norm, scale + trace],
            [eigen.Eigenvalues.Sum(value => value * value), scale + eigen.Eigenvalues.Sum()],
            1e-10
        );
        foreach (var index in eigen.Indices.Where(index => index % (1 + (n / 8)) == 0))
            VerifyPair(what, matrix, eigen.Pair(index));
    }

    private static void VerifyPair(string what, double[] matrix, EigenPair pair)
    {
        var vector = pair.Vector.AsSpan();
        var n = vector.Length;
        var (image, scaled) = (new double[n], new double[n]);
        for (var i = 0; i < n; i++)
            image[i] = TensorPrimitives.Dot(matrix.AsSpan(i * n, n), vector);
        TensorPrimitives.Multiply(vector, pair.Value, scaled);
        // The error is of the order of ‖A‖ε, however small the eigenvalue: the image is compared on the norm's scale.
        var norm = TensorPrimitives.Norm<double>(matrix);
        Check.Close($"{what}: eigenvector {pair.Index}", [norm, .. image], [norm, .. scaled], 1e-10);
    }
}
