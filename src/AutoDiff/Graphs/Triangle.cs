using static AutoDiff.Ops;

namespace AutoDiff;

/// <summary>The part of a matrix that a triangular solution reads.</summary>
/// <param name="IsUpper">Whether it is the upper triangle.</param>
/// <param name="IsUnit">Whether its diagonal counts as ones, and is not read.</param>
internal readonly record struct Triangle(bool IsUpper, bool IsUnit)
{
    /// <summary>The triangle that the transposed matrix has.</summary>
    public Triangle Transposed => this with { IsUpper = !IsUpper };

    /// <summary>The solution with this triangle.</summary>
    public MatrixFunction Function =>
        (IsUpper, IsUnit) switch
        {
            (false, false) => MatrixFunction.SolveLower,
            (true, false) => MatrixFunction.SolveUpper,
            (false, true) => MatrixFunction.SolveUnitLower,
            (true, true) => MatrixFunction.SolveUnitUpper,
        };

    /// <summary>The solution Y of T·Y = B for this triangle T of a matrix.</summary>
    public Tensor Solve(Tensor matrix, Tensor right) => MatrixFunctions.Apply(Function, matrix, right);

    /// <summary>A matrix with zeros where nothing is read.</summary>
    public Tensor Of(Tensor x) => IsUpper ? UpperTriangle(x, IsUnit ? 1 : 0) : LowerTriangle(x, IsUnit ? -1 : 0);
}
