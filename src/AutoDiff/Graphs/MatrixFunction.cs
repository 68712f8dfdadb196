namespace AutoDiff;

/// <summary>Functions of whole matrices [batch…, rows, columns] with equal batch axes.</summary>
/// <remarks>A failure is NaN or ∞ in the matrix that fails, and in no other of the batch. Where a triangle is read the rest may hold anything.</remarks>
public enum MatrixFunction
{
    /// <summary>L with (A + Aᵀ)/2 = L·Lᵀ: lower triangular with a positive diagonal, 0 above it; NaN on and below the diagonal where the matrix is not positive definite.</summary>
    Cholesky,

    /// <summary>L⁻¹·B of (L, B), L [n, n] the lower triangle, B [n, k]; ∞ or NaN where the diagonal has a 0.</summary>
    SolveLower,

    /// <summary>U⁻¹·B of (U, B), U [n, n] the upper triangle, B [n, k]; ∞ or NaN where the diagonal has a 0.</summary>
    SolveUpper,

    /// <summary><see cref="SolveLower"/> of what is below the diagonal, with ones on it.</summary>
    SolveUnitLower,

    /// <summary><see cref="SolveUpper"/> of what is above the diagonal, with ones on it.</summary>
    SolveUnitUpper,
}
