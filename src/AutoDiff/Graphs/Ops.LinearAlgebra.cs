namespace AutoDiff;

public static partial class Ops
{
    /// <summary>The Cholesky factor of symmetric positive definite matrices [batch…, n, n]: L, lower triangular with a positive diagonal, with A = L·Lᵀ.</summary>
    /// <remarks>
    /// Both triangles are read: it is the factor of (A + Aᵀ)/2, so that gradients are symmetric. A matrix that is not positive definite has NaN on and below the
    /// diagonal of its own factor; others of the batch have theirs.
    /// </remarks>
    /// <exception cref="ArgumentException">The last two axes differ, or there are fewer.</exception>
    public static Tensor Cholesky(Tensor x) => Apply.Of(new Op.Matrix(MatrixFunction.Cholesky), x);

    /// <summary>Y with T·Y = B for a triangle T of matrices [batch…, n, n] and B [batch…, n, k] or a vector [n]; batch axes broadcast.</summary>
    /// <param name="matrix">The matrices; what is not in the triangle is not read.</param>
    /// <param name="right">B.</param>
    /// <param name="upper">Whether the upper triangle is meant.</param>
    /// <param name="transposed">Whether Tᵀ·Y = B is solved instead.</param>
    /// <param name="unitDiagonal">Whether the diagonal counts as ones, and is not read.</param>
    /// <remarks>By substitution. A 0 on the diagonal gives ∞ or NaN in what depends on it.</remarks>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Tensor TriangularSolve(
        Tensor matrix,
        Tensor right,
        bool upper = false,
        bool transposed = false,
        bool unitDiagonal = false
    )
    {
        var triangle = new Triangle(upper, unitDiagonal);
        return Solution(
            nameof(TriangularSolve),
            matrix,
            right,
            (a, b) => transposed ? triangle.Transposed.Solve(Transposes.SwapLast(a), b) : triangle.Solve(a, b)
        );
    }

    /// <summary>A solution for right sides [batch…, n, k] or a vector [n], batch axes broadcast.</summary>
    private static Tensor Solution(string operation, Tensor matrix, Tensor right, Func<Tensor, Tensor, Tensor> solve)
    {
        Require.NotNull(matrix, operation);
        Require.NotNull(right, operation);
        var vector = right.Rank == 1;
        Require.That(
            matrix.Rank >= 2 && right.Rank >= 1 && matrix.Shape[-1] == matrix.Shape[-2] && right.Shape[vector ? -1 : -2] == matrix.Shape[-1],
            $"[{operation}] got {matrix.Shape} and {right.Shape}; expected [batch…,n,n], and [batch…,n,k] or [n]"
        );
        var columns = vector ? ExpandDims(right, 1) : right;
        var batch = Shape.BroadcastLengths(matrix.Shape.AsSpan()[..^2], columns.Shape.AsSpan()[..^2]);
        Require.That(
            batch is not null,
            $"[{operation}] batch axes of {matrix.Shape} and {right.Shape} do not broadcast; expected each length before the last two axes to be equal or 1"
        );
        var y = solve(
            BroadcastTo(matrix, Shape.Result(operation, [.. batch, .. matrix.Shape.AsSpan()[^2..]], matrix.Shape, right.Shape)),
            BroadcastTo(columns, Shape.Result(operation, [.. batch, .. columns.Shape.AsSpan()[^2..]], matrix.Shape, right.Shape))
        );
        return vector ? ReshapeTo(y, y.Shape.Without([y.Rank - 1])) : y;
    }
}
