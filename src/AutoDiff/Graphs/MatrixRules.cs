using static AutoDiff.Ops;

namespace AutoDiff;

/// <summary>Derivatives of functions of whole matrices, as graph: of triangular solutions and products, never of an inverse.</summary>
internal static class MatrixRules
{
    private static readonly Triangle Lower = new(IsUpper: false, IsUnit: false);

    /// <summary>L·Φ(L⁻¹·dA·L⁻ᵀ) for the symmetric part dA of the tangent (Murray 2016, equation 8).</summary>
    public static Tensor? CholeskyTangent(MatrixNode y, Tensor?[] t)
    {
        var left = Lower.Solve(y.Y, Symmetric(t[0]!));
        return MatMul(y.Y, HalfLower(Lower.Solve(y.Y, SwapLast(left))));
    }

    /// <summary>The symmetric part of L⁻ᵀ·Φ(Lᵀ·G)·L⁻¹ (Murray 2016, equation 10).</summary>
    public static Tensor? CholeskyCotangent(MatrixNode y, Tensor g, int argument) =>
        MatrixFunctions.Apply(MatrixFunction.CholeskyPullback, y.Y, g);

    /// <summary>The pullback of dG, and the symmetric part of L⁻ᵀ·(Φ(dLᵀ·G) − dLᵀ·L⁻ᵀ·Φ(Lᵀ·G) − Φ(Lᵀ·G)·L⁻¹·dL)·L⁻¹.</summary>
    public static Tensor? CholeskyPullbackTangent(MatrixNode y, Tensor?[] t)
    {
        var (l, g) = (y.X[0], y.X[1]);
        var linear = t[1] is null ? null : MatrixFunctions.Apply(MatrixFunction.CholeskyPullback, l, t[1]!);
        if (t[0] is null)
            return linear;
        var (left, right) = Halves(l, g);
        var moved = Lower.Of(t[0]!);
        var inner = HalfLower(MatMul(SwapLast(moved), g)) - MatMul(SwapLast(moved), left) - MatMul(SwapLast(right), moved);
        var bent = Symmetric(SolveTransposed(l, SwapLast(SolveTransposed(l, inner))));
        return linear is null ? bent : linear + bent;
    }

    /// <summary>With K = L⁻¹·H·L⁻ᵀ for the symmetric part H of the cotangent: L·Φ(K) of G, the lower triangle of G·Φ(K)ᵀ − (L⁻ᵀ·Φ(Lᵀ·G) + L⁻ᵀ·Φ(Lᵀ·G)ᵀ)·K of L.</summary>
    public static Tensor? CholeskyPullbackCotangent(MatrixNode y, Tensor g, int argument)
    {
        var l = y.X[0];
        var inner = Lower.Solve(l, SwapLast(Lower.Solve(l, Symmetric(g))));
        if (argument == 1)
            return MatMul(Lower.Of(l), HalfLower(inner));
        var (left, right) = Halves(l, y.X[1]);
        return Lower.Of(MatMul(y.X[1], SwapLast(HalfLower(inner))) - MatMul(left + right, inner));
    }

    /// <summary>L⁻ᵀ·Φ(Lᵀ·G) and L⁻ᵀ·Φ(Lᵀ·G)ᵀ.</summary>
    private static (Tensor Left, Tensor Right) Halves(Tensor l, Tensor g)
    {
        var half = HalfLower(MatMul(SwapLast(Lower.Of(l)), g));
        return (SolveTransposed(l, half), SolveTransposed(l, SwapLast(half)));
    }

    private static Tensor SolveTransposed(Tensor l, Tensor right) => Lower.Transposed.Solve(SwapLast(l), right);

    /// <summary>T⁻¹·(dB − dT·Y).</summary>
    public static Tensor? SolutionTangent(Triangle triangle, MatrixNode y, Tensor?[] t)
    {
        var moved = t[0] is null ? null : MatMul(triangle.Of(t[0]!), y.Y);
        return triangle.Solve(
            y.X[0],
            moved is null ? t[1]!
                : t[1] is null ? -moved
                : t[1]! - moved
        );
    }

    /// <summary>T⁻ᵀ·G of the right side, and −T⁻ᵀ·G·Yᵀ of what is read of the matrix.</summary>
    public static Tensor? SolutionCotangent(Triangle triangle, MatrixNode y, Tensor g, int argument)
    {
        var right = triangle.Transposed.Solve(SwapLast(y.X[0]), g);
        return argument == 1 ? right : triangle.Of(-MatMul(right, SwapLast(y.Y)));
    }

    /// <summary>A⁻¹·(dB − dA·Y), transposed A⁻ᵀ·(dB − dAᵀ·Y).</summary>
    public static Tensor? SolutionByFactorsTangent(bool transposed, MatrixNode y, Tensor?[] t)
    {
        var moved = t[1] is null ? null : MatMul(transposed ? SwapLast(t[1]!) : t[1]!, y.Y);
        return SolveByFactors(
            transposed,
            y.X[0],
            y.X[1],
            moved is null ? t[2]!
                : t[2] is null ? -moved
                : t[2]! - moved
        );
    }

    /// <summary>A⁻ᵀ·G of the right side and −A⁻ᵀ·G·Yᵀ of A; transposed A⁻¹·G, and −Y·(A⁻¹·G)ᵀ.</summary>
    public static Tensor? SolutionByFactorsCotangent(bool transposed, MatrixNode y, Tensor g, int argument)
    {
        var right = SolveByFactors(!transposed, y.X[0], y.X[1], g);
        return argument == 2 ? right
            : transposed ? -MatMul(y.Y, SwapLast(right))
            : -MatMul(right, SwapLast(y.Y));
    }

    /// <summary>⟨A⁻ᵀ, dA⟩.</summary>
    public static Tensor? LogAbsDeterminantTangent(MatrixNode y, Tensor?[] t) => Inner(InverseTransposed(y.X[0], y.X[1]), t[1]!);

    /// <summary>g·A⁻ᵀ.</summary>
    public static Tensor? LogAbsDeterminantCotangent(MatrixNode y, Tensor g, int argument) =>
        Scalars(g) * InverseTransposed(y.X[0], y.X[1]);

    /// <summary>⟨C, dA⟩ for the cofactors C (Jacobi).</summary>
    public static Tensor? DeterminantTangent(MatrixNode y, Tensor?[] t) =>
        Inner(MatrixFunctions.Apply(MatrixFunction.Cofactors, y.X[0], y.X[1]), t[1]!);

    /// <summary>g·C.</summary>
    public static Tensor? DeterminantCotangent(MatrixNode y, Tensor g, int argument) =>
        Scalars(g) * MatrixFunctions.Apply(MatrixFunction.Cofactors, y.X[0], y.X[1]);

    /// <summary>A⁻ᵀ·(⟨C, dA⟩·I − dAᵀ·C).</summary>
    public static Tensor? CofactorsTangent(MatrixNode y, Tensor?[] t)
    {
        var spread = Scalars(Inner(y.Y, t[1]!)) * Tensor.Eye(y.Y.Shape[-1]);
        return SolveByFactors(true, y.X[0], y.X[1], spread - MatMul(SwapLast(t[1]!), y.Y));
    }

    /// <summary>tr(H)·C − C·Hᵀ for H = A⁻¹·G.</summary>
    public static Tensor? CofactorsCotangent(MatrixNode y, Tensor g, int argument)
    {
        var h = SolveByFactors(false, y.X[0], y.X[1], g);
        return (Scalars(Inner(h, Tensor.Eye(h.Shape[-1]))) * y.Y) - MatMul(y.Y, SwapLast(h));
    }

    private static Apply SolveByFactors(bool transposed, Tensor factors, Tensor matrix, Tensor right) =>
        MatrixFunctions.Apply(transposed ? MatrixFunction.SolveTransposedByFactors : MatrixFunction.SolveByFactors, factors, matrix, right);

    private static Apply InverseTransposed(Tensor factors, Tensor matrix) =>
        SolveByFactors(true, factors, matrix, BroadcastTo(Tensor.Eye(matrix.Shape[-1]), matrix.Shape));

    /// <summary>⟨x, y⟩ of each matrix.</summary>
    private static Tensor Inner(Tensor x, Tensor y) => Sum(x * y, [-2, -1]);

    /// <summary>A number for each matrix, as a matrix of one element.</summary>
    private static Tensor Scalars(Tensor x) => ReshapeTo(x, [.. x.Shape, 1, 1]);

    /// <summary>The transposes of matrices.</summary>
    public static Tensor SwapLast(Tensor x) => MoveAxis(x, -1, -2);

    /// <summary>The mean of a matrix and its transpose.</summary>
    public static Tensor Symmetric(Tensor x) => 0.5 * (x + SwapLast(x));

    /// <summary>Φ: the lower triangle with its diagonal halved.</summary>
    private static Tensor HalfLower(Tensor x) => 0.5 * (LowerTriangle(x) + LowerTriangle(x, -1));
}
