using static AutoDiff.MatrixRules;

namespace AutoDiff;

public static partial class Ops
{
    /// <summary>The thin QR decomposition of matrices [batch…, m, n]: Q [batch…, m, k], k = min(m, n), with orthonormal columns, and R [batch…, k, n], upper triangular, with A = Q·R.</summary>
    /// <remarks>
    /// R's diagonal is not negative, which makes both unique where the first k columns are independent (LAPACK leaves the signs as they come). There the derivatives
    /// exist; elsewhere the values are a decomposition still, and the derivatives ∞ or NaN. NaN or ∞ in a matrix make all of its result NaN.
    /// </remarks>
    /// <exception cref="ArgumentException">There are fewer than two axes.</exception>
    public static (Tensor Q, Tensor R) QR(Tensor x)
    {
        RequireMatrices(nameof(QR), x);
        var rows = x.Shape[-2];
        if (rows >= x.Shape[-1])
            return SpectraRules.CutQr(Of(MatrixFunction.QR, x), x.Shape);
        var square = Slice(x, -1, 0, rows);
        var (q, r) = SpectraRules.CutQr(Of(MatrixFunction.QR, square), square.Shape);
        return (q, Concatenate([r, MatMul(SwapLast(q), Slice(x, -1, rows))], axis: -1));
    }

    /// <summary>Eigenvalues [batch…, n], ascending, and eigenvectors [batch…, n, n], the columns, of the symmetric matrices (A + Aᵀ)/2 for A [batch…, n, n]: V·diag(λ)·Vᵀ.</summary>
    /// <remarks>
    /// Of each eigenvector the element of largest magnitude, the first of equals, is positive. Derivatives are exact where eigenvalues differ. Where λᵢ and λⱼ are equal, to
    /// n roundings of the largest magnitude, the eigenvectors have no derivative: what is given is finite and leaves out how vᵢ and vⱼ turn into each other. With it
    /// gradients of what does not depend on the choice among them (Σf(λ), the projector on all eigenvectors of a repeated eigenvalue) are right; Hessians of such
    /// functions, and gradients of V·diag(f(λ))·Vᵀ element by element, are not.
    /// NaN or ∞ in a matrix make all of its result NaN.
    /// </remarks>
    /// <exception cref="ArgumentException">The last two axes differ, or there are fewer.</exception>
    public static (Tensor Values, Tensor Vectors) Eigh(Tensor x)
    {
        var (values, vectors) = SpectraRules.CutEigen(Of(MatrixFunction.Eigh, x), x.Shape);
        return (Column(values), vectors);
    }

    /// <summary>The thin singular value decomposition of matrices [batch…, m, n]: U [batch…, m, k], σ [batch…, k], descending, and V [batch…, n, k], k = min(m, n), with A = U·diag(σ)·Vᵀ.</summary>
    /// <remarks>
    /// Of each column of U the element of largest magnitude, the first of equals, is positive. V is not transposed. Derivatives are exact where singular values differ and none is 0, or,
    /// in a square matrix, one at most. Where two are equal, to rounding, their vectors have no derivative: what is given is finite and leaves out how the pairs turn into each other together; with it
    /// the polar factor U·Vᵀ, Σf(σ) and projectors on all vectors of a repeated value have right gradients. Where σ = 0 its vectors' derivatives outside of the spans of U and V are left out.
    /// NaN or ∞ in a matrix make all of its result NaN.
    /// </remarks>
    /// <exception cref="ArgumentException">There are fewer than two axes.</exception>
    public static (Tensor U, Tensor S, Tensor V) Svd(Tensor x)
    {
        var (u, s, v) = SpectraRules.CutSvd(Of(MatrixFunction.Svd, x), x.Shape);
        return (u, Column(s), v);
    }

    /// <inheritdoc cref="MatrixFunction.PseudoInverse"/>
    /// <remarks>Derivatives of any order are those among matrices of equal rank; across a change of rank there are none.</remarks>
    /// <exception cref="ArgumentException">There are fewer than two axes.</exception>
    public static Tensor PseudoInverse(Tensor x) => Of(MatrixFunction.PseudoInverse, x);

    /// <inheritdoc cref="MatrixFunction.MatrixExponential"/>
    /// <exception cref="ArgumentException">The last two axes differ, or there are fewer.</exception>
    public static Tensor MatrixExponential(Tensor x) => Of(MatrixFunction.MatrixExponential, x);

    /// <summary>X [batch…, n, k] that makes ‖A·X − B‖ least for A [batch…, m, n] and B [batch…, m, k], or vectors for a vector B [m]; batch axes broadcast.</summary>
    /// <param name="matrix">A.</param>
    /// <param name="right">B.</param>
    /// <param name="rankDeficient">Whether A may be of lower rank than min(m, n).</param>
    /// <remarks>
    /// By QR, of Aᵀ where m is less than n: then, of all that solve, the X of least norm. Where A is not of full rank that gives ∞ or NaN, or what rounding makes of it. With
    /// <paramref name="rankDeficient"/> it is the least norm always, by <see cref="PseudoInverse"/>, whose tolerance says what counts as rank.
    /// </remarks>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Tensor LeastSquares(Tensor matrix, Tensor right, bool rankDeficient = false)
    {
        RequireMatrices(nameof(LeastSquares), matrix);
        Require.NotNull(right, nameof(LeastSquares));
        var vector = right.Rank == 1;
        Require.That(
            right.Rank >= 1 && right.Shape[vector ? -1 : -2] == matrix.Shape[-2],
            $"[{nameof(LeastSquares)}] got {matrix.Shape} and {right.Shape}; expected [batch…,m,n], and [batch…,m,k] or [m]"
        );
        var b = vector ? ExpandDims(right, 1) : right;
        Require.That(
            Shape.BroadcastLengths(matrix.Shape.AsSpan()[..^2], b.Shape.AsSpan()[..^2]) is not null,
            $"[{nameof(LeastSquares)}] batch axes of {matrix.Shape} and {right.Shape} do not broadcast; expected each length before the last two axes to be equal or 1"
        );
        Tensor x;
        if (rankDeficient)
            x = MatMul(PseudoInverse(matrix), b);
        else if (matrix.Shape[-2] >= matrix.Shape[-1])
        {
            var (q, r) = QR(matrix);
            x = TriangularSolve(r, MatMul(SwapLast(q), b), upper: true);
        }
        else
        {
            var (q, r) = QR(SwapLast(matrix));
            x = MatMul(q, TriangularSolve(r, b, upper: true, transposed: true));
        }
        return vector ? Column(x) : x;
    }

    private static Tensor Of(MatrixFunction function, Tensor x)
    {
        RequireMatrices(function.ToString(), x);
        return MatrixFunctions.Apply(function, x);
    }

    private static Tensor Column(Tensor x) => ReshapeTo(x, x.Shape.Without([x.Rank - 1]));

    private static void RequireMatrices(string operation, Tensor x)
    {
        Require.NotNull(x, operation);
        Require.That(x.Rank >= 2, $"[{operation}] got {x.Shape}; expected [batch…,m,n]");
    }
}
