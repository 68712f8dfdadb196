namespace AutoDiff.Properties;

internal static partial class KnownOps
{
    // What no function may read is 9 here.
    private static Tensor LowerFactor => Tensor.Of([2, 9, 1, 3], 2, 2);
    private static Tensor Uneven => Tensor.Of([2, 3, 1, 4, 4, 4, 1, 3, 1.5], 3, 3);
    private static Tensor FactorsOfUneven => Tensor.Of([4, 4, 4, 1, 0.25, 2, 0.5, 2, 0.5, 0.5, -1.25, 2], 3, 4);
    private static Tensor Exchanged => Tensor.Of([2, 1, 4, 10], 2, 2);
    private static Tensor FactorsOfExchanged => Tensor.Of([4, 10, 1, 0.5, -4, 1], 2, 3);
    private static Tensor Singular => Tensor.Of([1, 2, 2, 4], 2, 2);
    private static Tensor FactorsOfSingular => Tensor.Of([2, 4, 1, 0.5, 0, 1], 2, 3);

    private static IEnumerable<KnownOp> Matrices() =>
        [
            Of(
                MatrixFunction.Cholesky,
                Tensor.Of([2, 0, 0, 1, 3, 0, -1, 2, 1], 3, 3),
                Tensor.Of([4, 1, -2, 3, 10, 5, -2, 5, 6], 3, 3) // not symmetric: the mean counts
            ),
            Of(MatrixFunction.Cholesky, Tensor.Of([NaN, 0, NaN, NaN, 2, 0, 1, 3], 2, 2, 2), Tensor.Of([1, 2, 2, 1, 4, 2, 2, 10], 2, 2, 2)),
            Of(MatrixFunction.CholeskyPullback, Tensor.Of([0.125, 0.25, 0.25, 0.5], 2, 2), LowerFactor, Tensor.Of([1, 9, 2, 3], 2, 2)),
            Of(MatrixFunction.SolveLower, Tensor.Of([1, 2, 2, 0.5], 2, 2), LowerFactor, Tensor.Of([2, 4, 7, 3.5], 2, 2)),
            Of(MatrixFunction.SolveLower, Tensor.Of([Infinity, -Infinity], 2, 1), Tensor.Of([0, 9, 1, 1], 2, 2), Tensor.Of([1, 1], 2, 1)),
            Of(MatrixFunction.SolveUpper, Tensor.Of([1, 2], 2, 1), Tensor.Of([2, 1, 9, 4], 2, 2), Tensor.Of([4, 8], 2, 1)),
            Of(MatrixFunction.SolveUnitLower, Tensor.Of([1, 2, 3, -1], 2, 2), Tensor.Of([9, 9, 2, 9], 2, 2), Tensor.Of([1, 2, 5, 3], 2, 2)),
            Of(MatrixFunction.SolveUnitUpper, Tensor.Of([1, 3], 2, 1), Tensor.Of([9, 2, 9, 9], 2, 2), Tensor.Of([7, 3], 2, 1)),
            Of(MatrixFunction.LuFactors, FactorsOfExchanged, Exchanged),
            Of(MatrixFunction.LuFactors, Tensor.Of([0, 1, 0, 0, 2, 1], 2, 3), Tensor.Of([0, 1, 0, 2], 2, 2)),
            // Nothing cancels, so that random rounding stays near.
            Of(MatrixFunction.SolveByFactors, Tensor.Of([2, -1], 2, 1), FactorsOfExchanged, Exchanged, Tensor.Of([3, -2], 2, 1)),
            Of(
                MatrixFunction.SolveTransposedByFactors,
                Tensor.Of([-5, 3.5], 2, 1),
                FactorsOfExchanged,
                Exchanged,
                Tensor.Of([4, 30], 2, 1)
            ),
            Of(MatrixFunction.Determinant, -10, FactorsOfUneven, Uneven),
            Of(MatrixFunction.LogAbsDeterminant, 2.302585092994046, FactorsOfUneven, Uneven),
            Of(MatrixFunction.LogAbsDeterminant, -Infinity, FactorsOfSingular, Singular),
            Of(MatrixFunction.Cofactors, Tensor.Of([-6, -2, 8, -1.5, 2, -3, 8, -4, -4], 3, 3), FactorsOfUneven, Uneven),
            Of(MatrixFunction.Cofactors, Tensor.Of([4, -2, -2, 1], 2, 2), FactorsOfSingular, Singular),
        ];

    private static KnownOp Of(MatrixFunction function, Tensor value, params Tensor[] arguments) =>
        new(new Op.Matrix(function), [.. arguments], value);
}
