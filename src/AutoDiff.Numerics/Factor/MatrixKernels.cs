namespace AutoDiff.Numerics;

/// <summary>The functions of whole matrices.</summary>
public static class MatrixKernels
{
    /// <summary>L of (A + Aᵀ)/2 = L·Lᵀ, zeros above the diagonal; NaN on and below it where the matrix is not positive definite.</summary>
    public static MatrixKernel Cholesky { get; } = new(new CholeskyKernel<double>(), new CholeskyKernel<float>());

    /// <summary>The symmetric part of L⁻ᵀ·Φ(Lᵀ·G)·L⁻¹ of the lower triangles of (L, G), Φ the lower triangle with its diagonal halved.</summary>
    public static MatrixKernel CholeskyPullback { get; } = new(new CholeskyPullbackKernel<double>(), new CholeskyPullbackKernel<float>());

    /// <summary>L⁻¹·B of (L, B) for a lower triangle.</summary>
    public static MatrixKernel SolveLower { get; } = Triangular(upper: false, unit: false);

    /// <summary>U⁻¹·B of (U, B) for an upper triangle.</summary>
    public static MatrixKernel SolveUpper { get; } = Triangular(upper: true, unit: false);

    /// <summary>L⁻¹·B of (L, B) for a lower triangle with ones on its diagonal, which is not read.</summary>
    public static MatrixKernel SolveUnitLower { get; } = Triangular(upper: false, unit: true);

    /// <summary>U⁻¹·B of (U, B) for an upper triangle with ones on its diagonal, which is not read.</summary>
    public static MatrixKernel SolveUnitUpper { get; } = Triangular(upper: true, unit: true);

    /// <summary>P·A = L·U with partial pivoting as [n, n + 1]: U, below its diagonal L, and in the last column the rows exchanged with.</summary>
    public static MatrixKernel LuFactors { get; } = new(new LuKernel<double>(), new LuKernel<float>());

    /// <summary>A⁻¹·B of (A's factors, A, B).</summary>
    public static MatrixKernel SolveByFactors { get; } = ByFactors(transposed: false);

    /// <summary>A⁻ᵀ·B of (A's factors, A, B).</summary>
    public static MatrixKernel SolveTransposedByFactors { get; } = ByFactors(transposed: true);

    /// <summary>det A of (A's factors, A).</summary>
    public static MatrixKernel Determinant { get; } = Determinants(logarithm: false);

    /// <summary>ln |det A| of (A's factors, A).</summary>
    public static MatrixKernel LogAbsDeterminant { get; } = Determinants(logarithm: true);

    /// <summary>∂ det A ⁄ ∂A of (A's factors, A).</summary>
    public static MatrixKernel Cofactors { get; } = new(new CofactorKernel<double>(), new CofactorKernel<float>());

    private static MatrixKernel Triangular(bool upper, bool unit) =>
        new(new TriangularKernel<double>(upper, unit), new TriangularKernel<float>(upper, unit));

    private static MatrixKernel ByFactors(bool transposed) =>
        new(new LuSolutionKernel<double>(transposed), new LuSolutionKernel<float>(transposed));

    private static MatrixKernel Determinants(bool logarithm) =>
        new(new DeterminantKernel<double>(logarithm), new DeterminantKernel<float>(logarithm));
}
