namespace AutoDiff.Numerics;

/// <summary>What makes a matrix symmetric that is so but for rounding.</summary>
/// <remarks>A matrix is its elements row by row, [size, size], everywhere in this library.</remarks>
public static class SymmetricMatrix
{
    /// <summary>Replaces a matrix [size, size] by (A + Aᵀ)/2; gives ‖A − Aᵀ‖_F/2.</summary>
    /// <remarks>
    /// For a matrix that is symmetric only to the rounding it was computed in, as a Hessian in single precision, which <see cref="SymmetricEigen"/> and
    /// <see cref="Inertia"/> refuse. The number given says how far apart the two matrices are, and is about as large as the errors that are symmetric; NaN and ∞ stay.
    /// </remarks>
    /// <exception cref="ArgumentException">The matrix is not square.</exception>
    public static double Symmetrize(Span<double> matrix, int size)
    {
        RequireSquare("SymmetricMatrix", matrix.Length, size);
        var half = new double[size];
        var norms = new double[size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < i; j++)
            {
                // Halves first, which cannot overflow.
                var (x, y) = (0.5 * matrix[(i * size) + j], 0.5 * matrix[(j * size) + i]);
                matrix[(i * size) + j] = matrix[(j * size) + i] = x + y;
                half[j] = x - y;
            }
            norms[i] = VectorLoops.Norm(half.AsSpan(0, i));
        }
        return Math.Sqrt(2) * VectorLoops.Norm(norms);
    }

    /// <summary>(A + Aᵀ)/2 [size, size] as a new array.</summary>
    /// <param name="operation">In whose name to refuse.</param>
    /// <param name="matrix">A [size, size], row by row.</param>
    /// <param name="size">The number of rows and of columns.</param>
    /// <exception cref="ArgumentException">The matrix is not square, holds NaN or ∞, or differs from its transpose by more than 1e-8 of its largest element.</exception>
    public static double[] Checked(string operation, ReadOnlySpan<double> matrix, int size)
    {
        var input = SymmetricInput.Read(operation, matrix, size);
        var values = input.Values;
        for (var i = 0; i < values.Length; i++)
            values[i] = input.Unscale(values[i]);
        return values;
    }

    /// <summary>How many of the threads allowed are worth their start: a factorization of fewer rows is done before a second one is there.</summary>
    internal static int Threads(int size, int allowed) => size < 64 ? 1 : allowed;

    /// <summary>Refuses what is not a square matrix.</summary>
    internal static void RequireSquare(string operation, int length, int size)
    {
        if (size < 0 || length != (long)size * size)
            Require.Fail(
                $"[{operation}] got {length} values for a matrix of size {size}; expected {(long)size * size} values, a square matrix"
            );
    }
}
