using AutoDiff.Laws;
using static AutoDiff.Ops;

namespace AutoDiff.Properties;

public static partial class Cases
{
    /// <summary>A matrix whose rows are dominated by their diagonals wherever x is, and whose symmetric part is definite.</summary>
    private static Tensor Definite(Tensor x) => Tanh(x) + ((x.Shape[-1] + 1) * Tensor.Eye(x.Shape[-1]));

    private static IEnumerable<Case> Factors() =>
        [
            new("Cholesky", x => Cholesky(Definite(x)), Any(3, 3)),
            new("Cholesky: of a Gram matrix", x => Cholesky(MatMul(Tanh(x), Transpose(Tanh(x))) + Tensor.Eye(2)), Any(2, 3)),
            new("Cholesky: of a batch", x => Cholesky(Definite(x)), Any(2, 2, 2)),
            new("Cholesky: of one", x => Cholesky(Definite(x)), Any(1, 1)),
            new("Cholesky: of nothing", x => Cholesky(x), Any(0, 0)),
            new("Cholesky: no matrices", x => Cholesky(x), Any(0, 2, 2)),
            new("Determinant", x => Determinant(x + (6 * Tensor.Eye(3))), Any(3, 3)),
            new("Determinant: rows exchanged, of a batch", x => Determinant(x + (6 * Flip(Tensor.Eye(2), 0))), Any(2, 2, 2)),
            new("Determinant: of one", x => Determinant(Definite(x)), Any(1, 1)),
            new("Determinant: of nothing", x => Determinant(x), Any(0, 0)),
            new("LogDeterminant: magnitude", x => LogDeterminant(x + (6 * Flip(Tensor.Eye(3), 0))).LogMagnitude, Any(3, 3)),
            new("LogDeterminant: magnitudes of a batch", x => LogDeterminant(x + (6 * Tensor.Eye(2))).LogMagnitude, Any(2, 2, 2)),
            new("LogDeterminant: magnitude of one", x => LogDeterminant(Definite(x)).LogMagnitude, Any(1, 1)),
            new("LogDeterminant: magnitude of nothing", x => LogDeterminant(x).LogMagnitude, Any(0, 0)),
            new("LogDeterminant: sign", x => LogDeterminant(x + (6 * Flip(Tensor.Eye(2), 0))).Sign, Any(2, 2), Kind.PiecewiseConstant),
            new("Trace: of a matrix", x => AutoDiff.Ops.Trace(x), Any(3, 3)),
            new("Trace: of a batch, not square", x => AutoDiff.Ops.Trace(x), Any(2, 2, 3)),
            new("Trace: of nothing", x => AutoDiff.Ops.Trace(x), Any(0, 0)),
            new("Kronecker: left", x => Kronecker(x, Fixed(3, 1)), Any(2, 2)),
            new("Kronecker: right", x => Kronecker(Fixed(1, 2), x), Any(2, 3)),
            new("Kronecker: both, batches broadcast", x => Kronecker(x, Sin(Take(x, 0, 0))), Any(2, 2, 2)),
            new("Kronecker: with nothing", x => Kronecker(x, Fixed(0, 2)), Any(2, 2)),
        ];

    private static IEnumerable<Case> Solutions() =>
        [
            new("TriangularSolve: right", x => TriangularSolve(Fixed(3, 3) + (2 * Tensor.Eye(3)), x), Any(3, 2)),
            new("TriangularSolve: matrix", x => TriangularSolve(Definite(x), Fixed(3, 2)), Any(3, 3)),
            new("TriangularSolve: upper matrix", x => TriangularSolve(Definite(x), Fixed(3, 2), upper: true), Any(3, 3)),
            new("TriangularSolve: transposed matrix", x => TriangularSolve(Definite(x), Fixed(3, 2), transposed: true), Any(3, 3)),
            new("TriangularSolve: unit lower matrix", x => TriangularSolve(x, Fixed(3, 2), unitDiagonal: true), Any(3, 3)),
            new("TriangularSolve: unit upper matrix", x => TriangularSolve(x, Fixed(2, 2), upper: true, unitDiagonal: true), Any(2, 2)),
            new(
                "TriangularSolve: upper right side, transposed",
                x => TriangularSolve(Fixed(2, 2) + (2 * Tensor.Eye(2)), x, upper: true, transposed: true),
                Any(2)
            ),
            new("TriangularSolve: both, of a batch", x => TriangularSolve(Definite(x), Sin(x)), Any(2, 2, 2)),
            new("TriangularSolve: batches broadcast", x => TriangularSolve(Definite(x), Fixed(2, 2, 1)), Any(1, 2, 2)),
            new("TriangularSolve: no columns", x => TriangularSolve(Definite(x), Fixed(2, 0)), Any(2, 2)),
            new("TriangularSolve: of nothing", x => TriangularSolve(x, Fixed(0, 2)), Any(0, 0)),
            new("CholeskySolve: factor", x => CholeskySolve(Definite(x), Fixed(3, 2)), Any(3, 3)),
            new("CholeskySolve: right", x => CholeskySolve(Fixed(3, 3) + (2 * Tensor.Eye(3)), x), Any(3)),
            new("Solve: matrix", x => Solve(x + (10 * Tensor.Eye(3)), Fixed(3, 2)), Any(3, 3)),
            new("Solve: right", x => Solve(Fixed(3, 3) + (2 * Flip(Tensor.Eye(3), 0)), x), Any(3, 2)),
            new("Solve: vector", x => Solve(Fixed(3, 3) + (2 * Tensor.Eye(3)), x), Any(3)),
            new("Solve: both, of a batch", x => Solve(x + (7 * Flip(Tensor.Eye(2), 0)), Sin(x)), Any(2, 2, 2)),
            new("Solve: batches broadcast", x => Solve(x + (7 * Tensor.Eye(2)), Fixed(2, 2, 1)), Any(1, 2, 2)),
            new("Solve: of one", x => Solve(Definite(x), Fixed(1, 2)), Any(1, 1)),
            new("Solve: of nothing", x => Solve(x, Fixed(0, 2)), Any(0, 0)),
            new("Inverse", x => Inverse(x + (10 * Flip(Tensor.Eye(3), 0))), Any(3, 3)),
            new("Inverse: of a batch", x => Inverse(x + (7 * Tensor.Eye(2))), Any(2, 2, 2)),
        ];
}
