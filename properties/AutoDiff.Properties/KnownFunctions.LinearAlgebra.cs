using static AutoDiff.Ops;

namespace AutoDiff.Properties;

internal static partial class KnownFunctions
{
    private static Tensor Exchanged => Tensor.Of([2, 1, 4, 10], 2, 2);
    private static Tensor Lower => Tensor.Of([2, 7, 1, 3], 2, 2);

    private static IEnumerable<KnownFunction> LinearAlgebra() =>
        [
            new(nameof(Cholesky), x => Cholesky(x[0]), [Tensor.Of([4, 2, 2, 10], 2, 2)], Tensor.Of([2, 0, 1, 3], 2, 2)),
            new(nameof(TriangularSolve), x => TriangularSolve(x[0], x[1]), [Lower, Tensor.Of([2, 7])], Tensor.Of([1, 2])),
            new(nameof(TriangularSolve), x => TriangularSolve(x[0], x[1], transposed: true), [Lower, Tensor.Of([4, 6])], Tensor.Of([1, 2])),
            new(nameof(TriangularSolve), x => TriangularSolve(x[0], x[1], upper: true), [Lower, Tensor.Of([16, 6])], Tensor.Of([1, 2])),
            new(
                nameof(TriangularSolve),
                x => TriangularSolve(x[0], x[1], upper: true, transposed: true, unitDiagonal: true),
                [Lower, Tensor.Of([-1, 9])],
                Tensor.Of([-1, 16])
            ),
            new(nameof(CholeskySolve), x => CholeskySolve(x[0], x[1]), [Lower, Tensor.Of([8, 22])], Tensor.Of([1, 2])),
            new(nameof(Solve), x => Solve(x[0], x[1]), [Exchanged, Tensor.Of([3, -2])], Tensor.Of([2, -1])),
            new(nameof(Inverse), x => Inverse(x[0]), [Tensor.Of([1, 2, 4, 4], 2, 2)], Tensor.Of([-1, 0.5, 1, -0.25], 2, 2)),
            new(nameof(Determinant), x => Determinant(x[0]), [Tensor.Of([1, 2, 4, 4, 4, 4, 1, 2], 2, 2, 2)], Tensor.Of([-4, 4])),
            new(nameof(LogDeterminant), x => LogDeterminant(x[0]).Sign, [Tensor.Of([1, 2, 4, 4, 4, 4, 1, 2], 2, 2, 2)], Tensor.Of([-1, 1])),
            new(nameof(LogDeterminant), x => LogDeterminant(x[0]).LogMagnitude, [Tensor.Of([1, 2, 4, 4], 2, 2)], 1.3862943611198906),
            new(nameof(Trace), x => Trace(x[0]), [Matrix], 6),
            new(
                nameof(Kronecker),
                x => Kronecker(x[0], x[1]),
                [Tensor.Of([1, 2, 3, 4], 2, 2), Tensor.Of([1, 10], 1, 2)],
                Tensor.Of([1, 10, 2, 20, 3, 30, 4, 40], 2, 4)
            ),
        ];
}
