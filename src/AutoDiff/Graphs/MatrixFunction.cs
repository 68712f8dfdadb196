namespace AutoDiff;

/// <summary>Functions of whole matrices [batch…, rows, columns] with equal batch axes.</summary>
/// <remarks>A failure is NaN or ∞ in the matrix that fails, and in no other of the batch. Where a triangle is read the rest may hold anything.</remarks>
public enum MatrixFunction
{
    /// <summary>L with (A + Aᵀ)/2 = L·Lᵀ: lower triangular with a positive diagonal, 0 above it; NaN on and below the diagonal where the matrix is not positive definite.</summary>
    Cholesky,

    /// <summary>
    /// The cotangent of A from that of its Cholesky factor, of (L, G): the symmetric part of L⁻ᵀ·Φ(Lᵀ·G)·L⁻¹, Φ the lower triangle with its diagonal halved.
    /// Lower triangles are read.
    /// </summary>
    CholeskyPullback,

    /// <summary>L⁻¹·B of (L, B), L [n, n] the lower triangle, B [n, k]; ∞ or NaN where the diagonal has a 0.</summary>
    SolveLower,

    /// <summary>U⁻¹·B of (U, B), U [n, n] the upper triangle, B [n, k]; ∞ or NaN where the diagonal has a 0.</summary>
    SolveUpper,

    /// <summary><see cref="SolveLower"/> of what is below the diagonal, with ones on it.</summary>
    SolveUnitLower,

    /// <summary><see cref="SolveUpper"/> of what is above the diagonal, with ones on it.</summary>
    SolveUnitUpper,

    /// <summary>
    /// P·A = L·U with partial pivoting, as [n, n + 1]: U on and above the diagonal, L below it with ones that are not stored, and in the last column the row that each
    /// row was exchanged with. It has no derivative: what is computed from it takes A as well, and has its own in A.
    /// </summary>
    LuFactors,

    /// <summary>A⁻¹·B of (A's <see cref="LuFactors"/>, A, B), B [n, k]; ∞ or NaN where a pivot is 0.</summary>
    SolveByFactors,

    /// <summary>A⁻ᵀ·B of (A's <see cref="LuFactors"/>, A, B), B [n, k]; ∞ or NaN where a pivot is 0.</summary>
    SolveTransposedByFactors,

    /// <summary>det A of (A's <see cref="LuFactors"/>, A).</summary>
    Determinant,

    /// <summary>ln |det A| of (A's <see cref="LuFactors"/>, A); −∞ where a pivot is 0.</summary>
    LogAbsDeterminant,

    /// <summary>The cofactors ∂ det A ⁄ ∂A of (A's <see cref="LuFactors"/>, A), also where A is singular.</summary>
    Cofactors,

    /// <summary>Q [m, n] and R [n, n] of A = Q·R [m, n], m ≥ n, one after another: orthonormal columns, and an upper triangle whose diagonal is not negative.</summary>
    QR,

    /// <summary>λ [n], ascending, and V [n, n] of (A + Aᵀ)/2 = V·diag(λ)·Vᵀ [n, n], one after another; of each column of V the element of largest magnitude is positive.</summary>
    Eigh,

    /// <summary>U [m, k], σ [k], descending, and V [n, k] of A = U·diag(σ)·Vᵀ [m, n], k = min(m, n), one after another; of each column of U the element of largest magnitude is positive.</summary>
    Svd,

    /// <summary>The Moore–Penrose inverse A⁺ [batch…, n, m] of A [batch…, m, n]: singular values of at most max(m, n)·ε·σ₁ count as 0, ε = 2⁻⁵², in float 2⁻²³; NaN where A holds NaN or ∞.</summary>
    PseudoInverse,

    /// <summary>exp(A) = Σ Aᵏ/k! [batch…, n, n] of A [batch…, n, n]: scaling and squaring with Padé approximants (Higham 2005); NaN where A holds NaN or ∞.</summary>
    MatrixExponential,

    /// <summary>1/(bⱼ − aᵢ) [m, n] of columns a [m, 1] and b [n, 1]; 0, with derivative 0, where they differ by at most max(m, n)·ε of the largest magnitude in both, ε = 2⁻⁵², in float 2⁻²³.</summary>
    ReciprocalGaps,
}
