using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Properties;

internal static partial class Steps
{
    private static IEnumerable<Step> Matrices() =>
        [
            new("Cholesky", (a, _, _) => Cholesky(Definite(a))),
            new("Gradient through Cholesky", (a, b, _) => Grad(x => Sum(Sin(Cholesky(x)) * Tanh(Sum(b))), Definite(a))),
            new(
                "TriangularSolve",
                (a, b, p) => Tanh(TriangularSolve(Definite(a), Weights(Definite(a).Shape[0], b), upper: p % 2 == 1, unitDiagonal: p > 1))
            ),
            new("Solve", (a, b, _) => Solve(Definite(a), Weights(Definite(a).Shape[0], b))),
            new("Gradient through Solve", (a, b, _) => Grad(x => Sum(Sin(Solve(x, Weights(x.Shape[0], b)))), Definite(a))),
            new("Log Determinant", (a, _, _) => Log(Determinant(Definite(a)))),
            new("Gradient of Determinant", (a, _, _) => Grad(x => Log(Determinant(x)), Definite(a))),
            new("LogDeterminant", (a, _, _) => LogDeterminant(Definite(a)).LogMagnitude),
            new("Kronecker", (a, _, _) => a.Shape.Size > 8 ? a : Kronecker(Tanh(Matrix(a)), Matrix(a))),
        ];

    /// <summary>A positive definite matrix.</summary>
    private static Tensor Definite(Tensor a)
    {
        var rows = Tanh(Matrix(a));
        return MatMul(rows, Transpose(rows)) + (2 * Tensor.Eye(rows.Shape[0]));
    }
}
