using static AutoDiff.Arguments;
using Plain = AutoDiff.PlainMatrices;
using Rules = AutoDiff.MatrixRules;

namespace AutoDiff;

/// <summary>The functions of whole matrices: a row each. The compiler names a member without one.</summary>
internal static class MatrixFunctions
{
    private static readonly MatrixRow[] Rows = Array.ConvertAll(Enum.GetValues<MatrixFunction>(), Row);

    /// <summary>The row of a function.</summary>
    /// <exception cref="ArgumentException">It is no member.</exception>
    public static MatrixRow Of(MatrixFunction function)
    {
        Require.That((uint)function < (uint)Rows.Length, $"[Matrix] got a function of no name; expected a member");
        return Rows[(int)function];
    }

    /// <summary>The node of a function.</summary>
    public static Apply Apply(MatrixFunction function, params Tensor[] x) => AutoDiff.Apply.Of(new Op.Matrix(function), x);

    private static MatrixRow Row(MatrixFunction function) =>
        function switch
        {
            MatrixFunction.Cholesky => new(
                Facts(1, All),
                "[batch…,n,n]",
                x => x[0].IsSquare ? [x[0].Rows, x[0].Rows] : null,
                x => Plain.Cholesky(x[0]),
                MatrixKernels.Cholesky,
                Rules.CholeskyTangent,
                Rules.CholeskyCotangent
            ),
            MatrixFunction.CholeskyPullback => new(
                Facts(2, All),
                "[batch…,n,n], [batch…,n,n]",
                x => x[0].IsSquare && x[1] == x[0] ? [x[0].Rows, x[0].Rows] : null,
                x => Plain.CholeskyPullback(x[0], x[1]),
                MatrixKernels.CholeskyPullback,
                Rules.CholeskyPullbackTangent,
                Rules.CholeskyPullbackCotangent
            )
            {
                LinearIn = 1,
                IsSubstitution = true,
            },
            MatrixFunction.SolveLower => Solution(new(IsUpper: false, IsUnit: false), MatrixKernels.SolveLower),
            MatrixFunction.SolveUpper => Solution(new(IsUpper: true, IsUnit: false), MatrixKernels.SolveUpper),
            MatrixFunction.SolveUnitLower => Solution(new(IsUpper: false, IsUnit: true), MatrixKernels.SolveUnitLower),
            MatrixFunction.SolveUnitUpper => Solution(new(IsUpper: true, IsUnit: true), MatrixKernels.SolveUnitUpper),
            MatrixFunction.LuFactors => new(
                Facts(1, None),
                "[batch…,n,n]",
                x => x[0].IsSquare && x[0].Rows < int.MaxValue ? [x[0].Rows, x[0].Rows + 1] : null,
                x => Plain.LuFactors(x[0]).Elements,
                MatrixKernels.LuFactors,
                (_, _) => null,
                (_, _, _) => null
            ),
            MatrixFunction.SolveByFactors => ByFactors(transposed: false, MatrixKernels.SolveByFactors),
            MatrixFunction.SolveTransposedByFactors => ByFactors(transposed: true, MatrixKernels.SolveTransposedByFactors),
            MatrixFunction.Determinant => OfFactors(
                _ => [],
                x => [Plain.Determinant(x[0])],
                MatrixKernels.Determinant,
                Rules.DeterminantTangent,
                Rules.DeterminantCotangent
            ),
            MatrixFunction.LogAbsDeterminant => OfFactors(
                _ => [],
                x => [Plain.LogAbsDeterminant(x[0])],
                MatrixKernels.LogAbsDeterminant,
                Rules.LogAbsDeterminantTangent,
                Rules.LogAbsDeterminantCotangent
            ),
            MatrixFunction.Cofactors => OfFactors(
                x => [x[1].Rows, x[1].Rows],
                x => Plain.Cofactors(x[1]),
                MatrixKernels.Cofactors,
                Rules.CofactorsTangent,
                Rules.CofactorsCotangent
            ),
            MatrixFunction.QR => SpectraRows.Qr,
            MatrixFunction.Eigh => SpectraRows.Eigen,
            MatrixFunction.Svd => SpectraRows.Svd,
            MatrixFunction.PseudoInverse => SpectraRows.PseudoInverse,
            MatrixFunction.MatrixExponential => SpectraRows.Exponential,
            MatrixFunction.ReciprocalGaps => SpectraRows.ReciprocalGaps,
        };

    private static MatrixRow Solution(Triangle triangle, MatrixKernel kernel) =>
        new(
            Facts(2, All),
            "[batch…,n,n], [batch…,n,k]",
            x => x[0].IsSquare && x[1].Rows == x[0].Rows ? [x[1].Rows, x[1].Columns] : null,
            x => Plain.Solve(triangle, x[0], x[1]),
            kernel,
            (y, t) => Rules.SolutionTangent(triangle, y, t),
            (y, g, argument) => Rules.SolutionCotangent(triangle, y, g, argument)
        )
        {
            LinearIn = 1,
            ColumnsOf = 1,
            IsSubstitution = true,
        };

    private static MatrixRow ByFactors(bool transposed, MatrixKernel kernel) =>
        new(
            Facts(3, AllButFirst),
            "[batch…,n,n+1], [batch…,n,n], [batch…,n,k]",
            x => AreFactors(x) && x[2].Rows == x[1].Rows ? [x[2].Rows, x[2].Columns] : null,
            x => Plain.SolveByFactors(transposed, x[0], x[2]),
            kernel,
            (y, t) => Rules.SolutionByFactorsTangent(transposed, y, t),
            (y, g, argument) => Rules.SolutionByFactorsCotangent(transposed, y, g, argument)
        )
        {
            LinearIn = 2,
            ColumnsOf = 2,
            IsSubstitution = true,
        };

    private static MatrixRow OfFactors(
        Func<MatrixSize[], int[]> result,
        Func<PlainMatrix[], double[]> value,
        MatrixKernel kernel,
        Func<MatrixNode, Tensor?[], Tensor?> tangent,
        Func<MatrixNode, Tensor, int, Tensor?> cotangent
    ) =>
        new(Facts(2, AllButFirst), "[batch…,n,n+1], [batch…,n,n]", x => AreFactors(x) ? result(x) : null, value, kernel, tangent, cotangent)
        {
            IsSubstitution = true,
        };

    private static bool AreFactors(MatrixSize[] x) => x[1].IsSquare && x[0].Rows == x[1].Rows && x[0].Columns == (long)x[0].Rows + 1;

    private static OpFacts Facts(int arguments, Arguments differentiable) =>
        new(OpKind.Matrix, arguments, arguments, differentiable, Arrangement.Computed);
}
