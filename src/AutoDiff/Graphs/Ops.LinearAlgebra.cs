namespace AutoDiff;

public static partial class Ops
{
    /// <summary>The Cholesky factor of symmetric positive definite matrices [batch…, n, n]: L, lower triangular with a positive diagonal, with A = L·Lᵀ.</summary>
    /// <remarks>
    /// Both triangles are read: it is the factor of (A + Aᵀ)/2, so that gradients are symmetric. A matrix that is not positive definite has NaN on and below the
    /// diagonal of its own factor; others of the batch have theirs.
    /// </remarks>
    /// <exception cref="ArgumentException">The last two axes differ, or there are fewer.</exception>
    public static Tensor Cholesky(Tensor x) => MatrixFunctions.Apply(MatrixFunction.Cholesky, CheckedSquare(x, nameof(Cholesky)));

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
            (a, b) => transposed ? triangle.Transposed.Solve(MatrixRules.SwapLast(a), b) : triangle.Solve(a, b)
        );
    }

    /// <summary>Y with A·Y = B for A = L·Lᵀ, given its <see cref="Cholesky"/> factor L [batch…, n, n], and B [batch…, n, k] or a vector [n]; batch axes broadcast.</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Tensor CholeskySolve(Tensor factor, Tensor right)
    {
        var lower = new Triangle(IsUpper: false, IsUnit: false);
        return Solution(nameof(CholeskySolve), factor, right, (l, b) => lower.Transposed.Solve(MatrixRules.SwapLast(l), lower.Solve(l, b)));
    }

    /// <summary>Y with A·Y = B for matrices [batch…, n, n] and B [batch…, n, k] or a vector [n]; batch axes broadcast.</summary>
    /// <remarks>By LU factors with partial pivoting, one factorization for the value and all derivatives. A singular matrix gives ∞ or NaN in its own solution.</remarks>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Tensor Solve(Tensor matrix, Tensor right) =>
        Solution(
            nameof(Solve),
            matrix,
            right,
            (a, b) => MatrixFunctions.Apply(MatrixFunction.SolveByFactors, MatrixFunctions.Apply(MatrixFunction.LuFactors, a), a, b)
        );

    /// <summary>The inverses of matrices [batch…, n, n]. <see cref="Solve"/> is faster, and its errors are smaller.</summary>
    /// <remarks>A singular matrix gives ∞ or NaN in its own inverse.</remarks>
    /// <exception cref="ArgumentException">The last two axes differ, or there are fewer.</exception>
    public static Tensor Inverse(Tensor x) => Solve(CheckedSquare(x, nameof(Inverse)), Tensor.Eye(x.Shape[-1]));

    /// <summary>The determinants [batch…] of matrices [batch…, n, n]; 1 for n = 0.</summary>
    /// <remarks>
    /// By LU factors with partial pivoting. The gradient is the matrix of cofactors, of singular matrices too; of these higher derivatives are NaN or ∞.
    /// </remarks>
    /// <exception cref="ArgumentException">The last two axes differ, or there are fewer.</exception>
    public static Tensor Determinant(Tensor x) =>
        MatrixFunctions.Apply(
            MatrixFunction.Determinant,
            MatrixFunctions.Apply(MatrixFunction.LuFactors, CheckedSquare(x, nameof(Determinant))),
            x
        );

    /// <summary>The determinants' signs [batch…], −1, 0 or 1, and the logarithms [batch…] of their magnitudes, for matrices [batch…, n, n].</summary>
    /// <remarks>
    /// By LU factors with partial pivoting; nothing overflows or underflows where a determinant would. A singular matrix has sign 0 and logarithm −∞. The sign has derivative 0,
    /// the logarithm A⁻ᵀ.
    /// </remarks>
    /// <exception cref="ArgumentException">The last two axes differ, or there are fewer.</exception>
    public static (Tensor Sign, Tensor LogMagnitude) LogDeterminant(Tensor x)
    {
        var size = CheckedSquare(x, nameof(LogDeterminant)).Shape[-1];
        Tensor factors = MatrixFunctions.Apply(MatrixFunction.LuFactors, x);
        var pivots = SliceAxis(factors, factors.Rank - 1, 0, size, 1);
        var exchanges = Take(factors, -1, size);
        var signs = Sign(Diagonal(pivots)) * Where(Equal(exchanges, Tensor.Range(size)), 1, -1);
        return (Product(signs, -1), MatrixFunctions.Apply(MatrixFunction.LogAbsDeterminant, factors, x));
    }

    /// <summary>Σ xᵢᵢ [batch…] of the last two axes, which may differ.</summary>
    /// <exception cref="ArgumentException">There are fewer than two axes.</exception>
    public static Tensor Trace(Tensor x)
    {
        Require.NotNull(x, nameof(Trace));
        Require.That(x.Rank >= 2, $"[Trace] got {x.Shape}; expected at least two axes");
        Shape.Result(nameof(Trace), [.. x.Shape.SkipLast(2), (long)x.Shape[-2] * x.Shape[-1]], x.Shape);
        return Sum(Diagonal(x), -1);
    }

    /// <summary>The Kronecker products [batch…, m·p, n·q] of matrices [batch…, m, n] and [batch…, p, q]: blocks xᵢⱼ·Y; batch axes broadcast.</summary>
    /// <exception cref="ArgumentException">There are fewer than two axes, or the batch axes do not broadcast.</exception>
    public static Tensor Kronecker(Tensor x, Tensor y)
    {
        Require.NotNull(x, nameof(Kronecker));
        Require.NotNull(y, nameof(Kronecker));
        var batch = x.Rank >= 2 && y.Rank >= 2 ? Shape.BroadcastLengths(x.Shape.AsSpan()[..^2], y.Shape.AsSpan()[..^2]) : null;
        Require.That(
            batch is not null,
            $"[Kronecker] got {x.Shape} and {y.Shape}; expected [batch…,m,n] and [batch…,p,q] whose batch axes broadcast"
        );
        var to = Shape.Result(
            nameof(Kronecker),
            [.. batch.Select(length => (long)length), (long)x.Shape[-2] * y.Shape[-2], (long)x.Shape[-1] * y.Shape[-1]],
            x.Shape,
            y.Shape
        );
        var rows = ReshapeTo(x, [.. x.Shape.SkipLast(2), x.Shape[-2], 1, x.Shape[-1], 1]);
        return ReshapeTo(rows * ReshapeTo(y, [.. y.Shape.SkipLast(2), 1, y.Shape[-2], 1, y.Shape[-1]]), to);
    }

    private static Tensor CheckedSquare(Tensor x, string operation)
    {
        Require.NotNull(x, operation);
        Require.That(x.Rank >= 2 && x.Shape[-1] == x.Shape[-2], $"[{operation}] got {x.Shape}; expected [batch…,n,n]");
        return x;
    }

    /// <summary>A solution for right sides [batch…, n, k] or a vector [n], batch axes broadcast.</summary>
    private static Tensor Solution(string operation, Tensor matrix, Tensor right, Func<Tensor, Tensor, Tensor> solve)
    {
        Require.NotNull(matrix, operation);
        Require.NotNull(right, operation);
        var vector = right.Rank == 1;
        Require.That(
            matrix.Rank >= 2
                && right.Rank >= 1
                && matrix.Shape[-1] == matrix.Shape[-2]
                && right.Shape[vector ? -1 : -2] == matrix.Shape[-1],
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
