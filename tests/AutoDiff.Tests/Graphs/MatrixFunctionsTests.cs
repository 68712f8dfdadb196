using AutoDiff.Tests.Execution;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Graphs;

/// <summary>What the rows of functions of whole matrices say is so; batches, threads and failures.</summary>
public sealed class MatrixFunctionsTests
{
    public static TheoryData<MatrixFunction> All => [.. Enum.GetValues<MatrixFunction>()];

    [Theory]
    [MemberData(nameof(All))]
    public void A_function_is_linear_where_it_is_said_to_be(MatrixFunction function)
    {
        var row = MatrixFunctions.Of(function);
        var x = Arguments(function, 1);
        for (var i = 0; i < x.Length; i++)
        {
            var step = Arguments(function, 2)[i];
            double[] At(Tensor argument) => MatrixFunctions.Apply(function, [.. x[..i], argument, .. x[(i + 1)..]]).ToArray();
            var (sum, both) = (At(x[i] + (0.5 * step)), At(x[i]).Zip(At(step), (left, right) => left + (0.5 * right)).ToArray());
            var off = sum.Zip(both, (left, right) => Math.Abs(left - right)).Max() / both.Max(Math.Abs);
            Assert.Equal(i == row.LinearIn, off < 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Columns_of_the_argument_that_is_said_become_the_results(MatrixFunction function)
    {
        var at = MatrixFunctions.Of(function).ColumnsOf;
        if (at < 0)
            return;
        var x = Arguments(function, 1);
        var whole = MatrixFunctions.Apply(function, x);
        for (var column = 0; column < x[at].Shape[1]; column++)
        {
            var alone = MatrixFunctions.Apply(function, [.. x[..at], Slice(x[at], 1, column, column + 1), .. x[(at + 1)..]]);
            ReferenceData.AssertClose(Take(whole, 1, column).ToArray(), alone.ToArray(), 1e-14, $"{function}");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_matrix_that_fails_leaves_the_others_of_its_batch_alone(MatrixFunction function)
    {
        Tensor[][] examples = [Arguments(function, 1), [.. Arguments(function, 2).Select(x => x * double.NaN)], Arguments(function, 3)];
        var batch = MatrixFunctions.Apply(function, [.. examples[0].Select((_, i) => Stack([.. examples.Select(x => x[i])]))]);
        foreach (var i in new[] { 0, 2 })
            Assert.Equal(MatrixFunctions.Apply(function, examples[i]).ToArray(), Take(batch, 0, i).ToArray());
        Assert.Contains(double.NaN, Take(batch, 0, 1).ToArray());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Threads_change_no_bit(MatrixFunction function)
    {
        Tensor[] x = [.. Arguments(function, 1, 60).Select(argument => BroadcastTo(argument, argument.Shape.Insert(0, 9)) * 1)];
        var graph = PlanCases.Graph(
            [.. x.Select(argument => argument.Shape.AsSpan().ToArray())],
            inputs => [MatrixFunctions.Apply(function, inputs)]
        );
        double[][] values = [.. x.Select(argument => argument.ToArray())];
        double[][] Run(int threads)
        {
            var result = new double[graph.Nodes[graph.Outputs[0]].Shape.Size];
            Plan<double>.Of(graph, threads).Run(values, [result]);
            return [result];
        }
        Assert.Equal(Run(1), Run(2));
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named()
    {
        var (square, columns) = (Tensor.Zeros([3, 3]), Tensor.Zeros([2, 3, 2]));
        Says("[Cholesky] got [3,2]; expected [batch…,n,n]", () => Cholesky(Tensor.Zeros([3, 2])));
        Says("[Solve] got [3,3] and [4]; expected [batch…,n,n], and [batch…,n,k] or [n]", () => Solve(square, Tensor.Zeros([4])));
        Says("[Determinant] got [3]; expected [batch…,n,n]", () => Determinant(Tensor.Zeros([3])));
        Says(
            "[TriangularSolve] batch axes of [4,3,3] and [2,3,2] do not broadcast; expected each length before the last two axes to be equal or 1",
            () => TriangularSolve(Tensor.Zeros([4, 3, 3]), columns)
        );
        Says(
            "[SolveLower] got [3,3], [2,3,2]; expected [batch…,n,n], [batch…,n,k]",
            () => MatrixFunctions.Apply(MatrixFunction.SolveLower, square, columns)
        );
        Says("[Matrix] got a function of no name; expected a member", () => MatrixFunctions.Of((MatrixFunction)99));

        static void Says(string text, Func<object> call) => Assert.Equal(text, Assert.Throws<ArgumentException>(call).Message);
    }

    /// <summary>Valid arguments [size, size], and [size, 4] for right sides.</summary>
    private static Tensor[] Arguments(MatrixFunction function, ulong seed, int size = 5)
    {
        var (first, second) = Key.Of(seed).Split();
        var x = first.Normal([size, size]);
        var a = MatMul(x, Transpose(x)) + Tensor.Eye(size);
        var right = second.Normal([size, 4]);
        var row = MatrixFunctions.Of(function);
        return function == MatrixFunction.CholeskyPullback ? [Cholesky(a), x]
            : function == MatrixFunction.ReciprocalGaps ? [x[.., ..1], x[.., 1..2]]
            : row.LinearIn == 1 ? [Cholesky(a) + Transpose(Cholesky(a)), right]
            : row.Facts.Least == 1 ? [a]
            : row.LinearIn == 2 ? [MatrixFunctions.Apply(MatrixFunction.LuFactors, a), a, right]
            : [MatrixFunctions.Apply(MatrixFunction.LuFactors, a), a];
    }
}
