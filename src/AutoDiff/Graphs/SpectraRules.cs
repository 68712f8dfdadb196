using static AutoDiff.MatrixRules;
using static AutoDiff.Ops;

namespace AutoDiff;

/// <summary>Derivatives of decompositions, of the pseudoinverse and of the exponential, as graph; several results lie one after another in the last axis.</summary>
internal static class SpectraRules
{
    private static readonly Triangle Upper = new(IsUpper: true, IsUnit: false);

    /// <summary>The matrices of the given sizes that lie one after another in the last axis.</summary>
    public static Tensor[] Cut(Tensor packed, params MatrixSize[] sizes)
    {
        var batch = packed.Shape.AsSpan()[..^1].ToArray();
        var parts = Split(packed, Ints.From(sizes.Length, i => sizes[i].Rows * sizes[i].Columns), axis: -1);
        return [.. parts.Select((part, i) => Reshape(part, [.. batch, sizes[i].Rows, sizes[i].Columns]))];
    }

    /// <summary>Q and R of a packed decomposition of matrices [batch…, m, n], m ≥ n.</summary>
    public static (Tensor Q, Tensor R) CutQr(Tensor packed, Shape of)
    {
        var parts = Cut(packed, new(of[-2], of[-1]), new(of[-1], of[-1]));
        return (parts[0], parts[1]);
    }

    /// <summary>λ [batch…, n, 1] and V of a packed decomposition of matrices [batch…, n, n].</summary>
    public static (Tensor Values, Tensor Vectors) CutEigen(Tensor packed, Shape of)
    {
        var parts = Cut(packed, new(of[-1], 1), new(of[-1], of[-1]));
        return (parts[0], parts[1]);
    }

    /// <summary>U, σ [batch…, k, 1] and V of a packed decomposition of matrices [batch…, m, n].</summary>
    public static (Tensor U, Tensor S, Tensor V) CutSvd(Tensor packed, Shape of)
    {
        var k = Math.Min(of[-2], of[-1]);
        var parts = Cut(packed, new(of[-2], k), new(k, 1), new(of[-1], k));
        return (parts[0], parts[1], parts[2]);
    }

    /// <summary>With C = dA·R⁻¹, S = QᵀC and W = tril(S, −1) − tril(S, −1)ᵀ: dQ = C + Q(W − S), dR = (S − W)R (Walter, Lehmann 2013).</summary>
    public static Tensor? QrTangent(MatrixNode y, Tensor?[] t)
    {
        var (q, r) = CutQr(y.Y, t[0]!.Shape);
        var c = DivideRight(t[0]!, r, transposed: false);
        var s = MatMul(SwapLast(q), c);
        var low = LowerTriangle(s, -1);
        var turn = low - SwapLast(low) - s;
        return Pack(c + MatMul(q, turn), UpperTriangle(-MatMul(turn, r)));
    }

    /// <summary>With M the lower triangle of R·Hᵀ − Gᵀ·Q mirrored to both sides, G and H the cotangents of Q and R: (G + Q·M)·R⁻ᵀ (Walter, Lehmann 2013).</summary>
    public static Tensor? QrCotangent(MatrixNode y, Tensor g, int argument)
    {
        var (q, r) = CutQr(y.Y, y.X[0].Shape);
        var (gq, gr) = CutQr(g, y.X[0].Shape);
        var m = MatMul(r, SwapLast(UpperTriangle(gr))) - MatMul(SwapLast(gq), q);
        var mirrored = LowerTriangle(m) + SwapLast(LowerTriangle(m, -1));
        return DivideRight(gq + MatMul(q, mirrored), r, transposed: true);
    }

    /// <summary>With P = Vᵀ·dA·V of the symmetric part dA and Fᵢⱼ = 1/(λⱼ − λᵢ): dλ = diag P, dV = V·(F∘P).</summary>
    public static Tensor? EigenTangent(MatrixNode y, Tensor?[] t)
    {
        var (values, v) = CutEigen(y.Y, t[0]!.Shape);
        var p = Symmetric(Inside(v, t[0]!, v));
        return Pack(ExpandDims(Diagonal(p), -1), MatMul(v, Gaps(values, values) * p));
    }

    /// <summary>The symmetric part of V·(diag g + F∘(VᵀG))·Vᵀ.</summary>
    public static Tensor? EigenCotangent(MatrixNode y, Tensor g, int argument)
    {
        var (values, v) = CutEigen(y.Y, y.X[0].Shape);
        var (gValues, gv) = CutEigen(g, y.X[0].Shape);
        var inner = (Tensor.Eye(v.Shape[-1]) * gValues) + (Gaps(values, values) * MatMul(SwapLast(v), gv));
        return Symmetric(Outside(v, inner, v));
    }

    /// <summary>
    /// With P = Uᵀ·dA·V, M and K its symmetric and skew parts, F₋ = 1/(σⱼ − σᵢ) and F₊ = 1/(σⱼ + σᵢ): dσ = diag P, dU = U(F₋∘M + F₊∘K) + (dA·V − U·P)Σ⁻¹,
    /// dV = V(F₋∘M − F₊∘K) + (dAᵀ·U − V·Pᵀ)Σ⁻¹.
    /// </summary>
    /// <remarks>The derivative of the eigenvectors of [[0, A], [Aᵀ, 0]]: unlike 1/(σⱼ² − σᵢ²), F₊ is there where singular values are equal.</remarks>
    public static Tensor? SvdTangent(MatrixNode y, Tensor?[] t)
    {
        var a = t[0]!;
        var (u, s, v) = CutSvd(y.Y, a.Shape);
        var p = Inside(u, a, v);
        var (same, turn) = (Gaps(s, s) * Symmetric(p), Gaps(-s, s) * Skew(p));
        var (du, dv) = (MatMul(u, same + turn), MatMul(v, same - turn));
        if (a.Shape[-2] > s.Shape[-2])
            du += (MatMul(a, v) - MatMul(u, p)) * Inverse(s);
        if (a.Shape[-1] > s.Shape[-2])
            dv += (MatMul(SwapLast(a), u) - MatMul(v, SwapLast(p))) * Inverse(s);
        return Pack(du, ExpandDims(Diagonal(p), -1), dv);
    }

    /// <summary>The transpose of <see cref="SvdTangent"/>.</summary>
    public static Tensor? SvdCotangent(MatrixNode y, Tensor g, int argument)
    {
        var shape = y.X[0].Shape;
        var (u, s, v) = CutSvd(y.Y, shape);
        var (gu, gs, gv) = CutSvd(g, shape);
        var (inU, inV) = (MatMul(SwapLast(u), gu), MatMul(SwapLast(v), gv));
        var inner = (Tensor.Eye(s.Shape[-2]) * gs) + Symmetric(Gaps(s, s) * (inU + inV)) + Skew(Gaps(-s, s) * (inU - inV));
        var result = Outside(u, inner, v);
        if (shape[-2] > s.Shape[-2])
            result += MatMul((gu - MatMul(u, inU)) * Inverse(s), SwapLast(v));
        if (shape[-1] > s.Shape[-2])
            result += MatMul(u, SwapLast((gv - MatMul(v, inV)) * Inverse(s)));
        return result;
    }

    /// <summary>−Y·dA·Y + Y·Yᵀ·dAᵀ·(I − A·Y) + (I − Y·A)·dAᵀ·Yᵀ·Y (Golub, Pereyra 1973).</summary>
    public static Tensor? PseudoInverseTangent(MatrixNode y, Tensor?[] t)
    {
        var (a, x, turned, transposed) = (y.X[0], y.Y, SwapLast(t[0]!), SwapLast(y.Y));
        var left = MatMul(x, MatMul(transposed, turned));
        var right = MatMul(MatMul(turned, transposed), x);
        return left - MatMul(MatMul(left, a), x) + right - MatMul(x, MatMul(a, right)) - MatMul(x, MatMul(t[0]!, x));
    }

    /// <summary>−Yᵀ·G·Yᵀ + (I − A·Y)·Gᵀ·Y·Yᵀ + Yᵀ·Y·Gᵀ·(I − Y·A).</summary>
    public static Tensor? PseudoInverseCotangent(MatrixNode node, Tensor g, int argument)
    {
        var (a, y, turned, transposed) = (node.X[0], node.Y, SwapLast(g), SwapLast(node.Y));
        var left = MatMul(MatMul(turned, y), transposed);
        var right = MatMul(transposed, MatMul(y, turned));
        return left - MatMul(a, MatMul(y, left)) + right - MatMul(MatMul(right, y), a) - MatMul(transposed, MatMul(g, transposed));
    }

    /// <summary>The block above the diagonal of exp [[A, E], [0, A]] (Mathias 1996; Higham 2008, equation 3.16).</summary>
    public static Tensor? ExponentialTangent(MatrixNode y, Tensor?[] t) => ExponentialAlong(y.X[0], t[0]!);

    /// <summary>The derivative at Aᵀ along G.</summary>
    public static Tensor? ExponentialCotangent(MatrixNode y, Tensor g, int argument) => ExponentialAlong(SwapLast(y.X[0]), g);

    /// <summary>−F²·(db − da).</summary>
    public static Tensor? GapsTangent(MatrixNode y, Tensor?[] t)
    {
        var slope = Square(y.Y);
        return t[0] is null ? -slope * SwapLast(t[1]!)
            : t[1] is null ? slope * t[0]!
            : slope * (t[0]! - SwapLast(t[1]!));
    }

    /// <summary>Sums of F²·G along rows, of −F²·G along columns.</summary>
    public static Tensor? GapsCotangent(MatrixNode y, Tensor g, int argument)
    {
        var moved = Square(y.Y) * g;
        return ExpandDims(argument == 0 ? Sum(moved, -1) : -Sum(moved, -2), -1);
    }

    private static Tensor ExponentialAlong(Tensor a, Tensor direction)
    {
        if (direction.Shape.Size == 0)
            return direction;
        var n = a.Shape[-1];
        // The block's norm says how often it is halved: a long direction would cost the digits of A.
        var length = StopGradient(Max(Abs(direction), [-2, -1], keepDims: true));
        var scale = Where(length > 0, Exp2(Round(-Log2(length))), 1);
        var upper = Concatenate([a, scale * direction], axis: -1);
        var lower = Concatenate([Tensor.Zeros(a.Shape), a], axis: -1);
        var whole = MatrixFunctions.Apply(MatrixFunction.MatrixExponential, Concatenate([upper, lower], axis: -2));
        return Slice(Slice(whole, -2, 0, n), -1, n) / scale;
    }

    private static Tensor Gaps(Tensor a, Tensor b) => MatrixFunctions.Apply(MatrixFunction.ReciprocalGaps, a, b);

    /// <summary>1/σ [batch…, 1, k], 0 for those that are 0 to rounding.</summary>
    private static Tensor Inverse(Tensor s) => Gaps(Tensor.Zeros([.. s.Shape.AsSpan()[..^2], 1, 1]), s);

    /// <summary>X·R⁻¹, or X·R⁻ᵀ.</summary>
    private static Tensor DivideRight(Tensor x, Tensor r, bool transposed) =>
        SwapLast(transposed ? Upper.Solve(r, SwapLast(x)) : Upper.Transposed.Solve(SwapLast(r), SwapLast(x)));

    private static Tensor Inside(Tensor left, Tensor x, Tensor right) => MatMul(MatMul(SwapLast(left), x), right);

    private static Tensor Outside(Tensor left, Tensor x, Tensor right) => MatMul(MatMul(left, x), SwapLast(right));

    private static Tensor Skew(Tensor x) => 0.5 * (x - SwapLast(x));

    private static Tensor Pack(params Tensor[] parts) =>
        Concatenate([.. parts.Select(part => Reshape(part, [.. part.Shape.AsSpan()[..^2], part.Shape[-2] * part.Shape[-1]]))], axis: -1);
}
