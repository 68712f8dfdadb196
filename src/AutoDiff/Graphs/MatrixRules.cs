using static AutoDiff.Ops;
using static AutoDiff.Transposes;

namespace AutoDiff;

/// <summary>Derivatives of functions of whole matrices, as graph: of triangular solutions and products, never of an inverse.</summary>
internal static class MatrixRules
{
    private static readonly Triangle Lower = new(IsUpper: false, IsUnit: false);

    /// <summary>L·Φ(L⁻¹·dA·L⁻ᵀ) for the symmetric part dA of the tangent (Murray 2016, equation 8).</summary>
    public static Tensor? CholeskyTangent(Apply y, Tensor?[] t)
    {
        var left = Lower.Solve(y, Symmetric(t[0]!));
        return MatMul(y, HalfLower(Lower.Solve(y, SwapLast(left))));
    }

    /// <summary>The symmetric part of L⁻ᵀ·Φ(Lᵀ·G)·L⁻¹ (Murray 2016, equation 10).</summary>
    public static Tensor? CholeskyCotangent(Pulled y) => CholeskyPullback(y.Node, y.G);

    /// <summary>What <see cref="CholeskyCotangent"/> computes, by triangular solutions.</summary>
    public static Tensor CholeskyPullback(Tensor factor, Tensor g)
    {
        var transposed = SwapLast(Lower.Of(factor));
        var left = Lower.Transposed.Solve(transposed, HalfLower(MatMul(transposed, g)));
        return Symmetric(Lower.Transposed.Solve(transposed, SwapLast(left)));
    }

    /// <summary>T⁻¹·(dB − dT·Y).</summary>
    public static Tensor? SolutionTangent(Triangle triangle, Apply y, Tensor?[] t)
    {
        var moved = t[0] is null ? null : MatMul(triangle.Of(t[0]!), y);
        return triangle.Solve(
            y.Arguments[0],
            moved is null ? t[1]!
            : t[1] is null ? -moved
            : t[1]! - moved
        );
    }

    /// <summary>T⁻ᵀ·G of the right side, and −T⁻ᵀ·G·Yᵀ of what is read of the matrix.</summary>
    public static Tensor? SolutionCotangent(Triangle triangle, Pulled y)
    {
        var right = triangle.Transposed.Solve(SwapLast(y[0]), y.G);
        return y.Argument == 1 ? right : triangle.Of(-MatMul(right, SwapLast(y.Node)));
    }

    private static Tensor Symmetric(Tensor x) => 0.5 * (x + SwapLast(x));

    /// <summary>Φ: the lower triangle with its diagonal halved.</summary>
    private static Tensor HalfLower(Tensor x) => 0.5 * (LowerTriangle(x) + LowerTriangle(x, -1));
}
