namespace AutoDiff.Numerics;

/// <summary>The functions of whole matrices.</summary>
public static class MatrixKernels
{
    /// <summary>L of (A + Aᵀ)/2 = L·Lᵀ, zeros above the diagonal; NaN on and below it where the matrix is not positive definite.</summary>
    public static MatrixKernel Cholesky { get; } = new(new CholeskyKernel<double>(), new CholeskyKernel<float>());

    /// <summary>L⁻¹·B for a lower triangle.</summary>
    public static MatrixKernel SolveLower { get; } = Triangular(upper: false, unit: false);

    /// <summary>U⁻¹·B for an upper triangle.</summary>
    public static MatrixKernel SolveUpper { get; } = Triangular(upper: true, unit: false);

    /// <summary>L⁻¹·B for a lower triangle with ones on its diagonal, which is not read.</summary>
    public static MatrixKernel SolveUnitLower { get; } = Triangular(upper: false, unit: true);

    /// <summary>U⁻¹·B for an upper triangle with ones on its diagonal, which is not read.</summary>
    public static MatrixKernel SolveUnitUpper { get; } = Triangular(upper: true, unit: true);

    private static MatrixKernel Triangular(bool upper, bool unit) =>
        new(new TriangularKernel<double>(upper, unit), new TriangularKernel<float>(upper, unit));
}
