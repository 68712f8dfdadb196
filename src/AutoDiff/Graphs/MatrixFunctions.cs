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
            MatrixFunction.SolveLower => Solution(new(IsUpper: false, IsUnit: false), MatrixKernels.SolveLower),
            MatrixFunction.SolveUpper => Solution(new(IsUpper: true, IsUnit: false), MatrixKernels.SolveUpper),
            MatrixFunction.SolveUnitLower => Solution(new(IsUpper: false, IsUnit: true), MatrixKernels.SolveUnitLower),
            MatrixFunction.SolveUnitUpper => Solution(new(IsUpper: true, IsUnit: true), MatrixKernels.SolveUnitUpper),
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
            y => Rules.SolutionCotangent(triangle, y)
        )
        {
            LinearIn = 1,
            ColumnsOf = 1,
            IsSubstitution = true,
        };

    private static OpFacts Facts(int arguments, Arguments differentiable) =>
        new(OpKind.Matrix, arguments, arguments, differentiable, Arrangement.Computed);
}
