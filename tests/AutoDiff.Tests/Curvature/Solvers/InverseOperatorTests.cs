using AutoDiff.Curvature;
using static AutoDiff.Tests.Numerics.EigenChecks;
using static AutoDiff.Tests.Numerics.Matrices;

namespace AutoDiff.Tests.Curvature;

public class InverseOperatorTests
{
    private const int Size = 20;

    private static readonly double[] Positive = WithEigenvalues([.. Enumerable.Range(1, Size).Select(i => i / 4.0)], seed: 1);
    private static readonly double[] Indefinite = WithEigenvalues([.. Enumerable.Range(0, Size).Select(i => i - 9.5)], seed: 2);

    [Theory]
    [InlineData(InverseMethod.Minres, true)]
    [InlineData(InverseMethod.Minres, false)]
    [InlineData(InverseMethod.ConjugateGradient, true)]
    public void Its_matrix_is_the_inverse_on_any_number_of_threads(InverseMethod method, bool definite)
    {
        var matrix = definite ? Positive : Indefinite;
        var counting = new CountingOperator(MatrixOperator.Of(matrix, Size));
        var inverse = InverseOperator.Of(counting, new() { Method = method, Tolerance = 1e-12 });
        Assert.True(inverse.IsSymmetric);
        var one = inverse.ToMatrix(new() { Threads = 1 });
        Assert.Equal(counting.Products, inverse.Products);
        Assert.Equal(one, inverse.ToMatrix(new() { Threads = 3 }));
        for (var i = 0; i < Size; i++)
        {
            var column = Times(matrix, one.AsSpan(i * Size, Size).ToArray());
            for (var j = 0; j < Size; j++)
                Near(i == j ? 1 : 0, column[j], 1e-11);
        }
    }

    [Fact]
    public void What_misses_the_tolerance_throws()
    {
        var singular = InverseOperator.Of(MatrixOperator.Of(Diagonal(1, 0, 2), 3));
        foreach (var (expected, actual) in new double[] { 3, 0, 2 }.Zip(singular.Apply([3, 0, 4])))
            Near(expected, actual, 1e-9);
        var thrown = Assert.Throws<LinearSolveException>(() => singular.Apply([0, 2, 0]));
        Near(1, thrown.Residual, 1e-12);
        var definite = InverseOperator.Of(MatrixOperator.Of(Indefinite, Size), new() { Method = InverseMethod.ConjugateGradient });
        double[] b = [.. Enumerable.Range(0, Size).Select(i => Math.Cos(i))];
        Assert.Equal(Outcome.NegativeCurvature, Assert.Throws<LinearSolveException>(() => definite.Apply(b)).Outcome);
        var hasty = InverseOperator.Of(MatrixOperator.Of(Positive, Size), new() { MaxIterations = 3 });
        Assert.Equal(Outcome.MaxIterations, Assert.Throws<LinearSolveException>(() => hasty.Apply(b)).Outcome);
        Assert.Equal(Outcome.MaxIterations, Assert.Throws<LinearSolveException>(() => hasty.ApplyBlock(b, new double[Size], 1)).Outcome);
        var few = InverseOperator.Of(MatrixOperator.Of(Positive, Size), new() { MaxProducts = 4 });
        Assert.Equal(Outcome.MaxIterations, Assert.Throws<LinearSolveException>(() => few.Apply(b)).Outcome);
        var nan = InverseOperator.Of(new CountingOperator(MatrixOperator.Of(Positive, Size), 2));
        Assert.Equal(Outcome.NotFinite, Assert.Throws<LinearSolveException>(() => nan.Apply(b)).Outcome);
    }

    [Fact]
    public void Conjugate_gradients_keep_to_their_budget_and_stop_when_told()
    {
        var options = new InverseOptions { Method = InverseMethod.ConjugateGradient };
        double[] b = [.. Enumerable.Range(0, Size).Select(i => Math.Cos(i))];
        var a = MatrixOperator.Of(Positive, Size);
        var few = InverseOperator.Of(a, options with { MaxProducts = 4 });
        Assert.Equal(Outcome.MaxIterations, Assert.Throws<LinearSolveException>(() => few.Apply(b)).Outcome);
        var cancelled = InverseOperator.Of(a, options with { Cancellation = new(canceled: true) });
        Assert.ThrowsAny<OperationCanceledException>(() => cancelled.Apply(b));
    }

    [Fact]
    public void What_is_nearly_singular_is_solved_all_the_same()
    {
        var inverse = InverseOperator.Of(MatrixOperator.Of(Diagonal(1, 1e-5, 2e-5), 3));
        foreach (var (expected, actual) in new[] { 1, 1e5, 5e4 }.Zip(inverse.Apply([1, 1, 1])))
            Near(1, actual / expected, 1e-3);
    }

    [Fact]
    public void Zero_has_the_product_zero() =>
        Assert.Equal(new double[Size], InverseOperator.Of(MatrixOperator.Of(Positive, Size)).Apply(new double[Size]));

    [Fact]
    public void Wrong_input_throws()
    {
        Assert.Throws<ArgumentNullException>(() => InverseOperator.Of(null!));
        Assert.Throws<ArgumentException>(() => new InverseOptions { Tolerance = -1 });
        var cancelled = InverseOperator.Of(MatrixOperator.Of(Positive, Size), new() { Cancellation = new(canceled: true) });
        Assert.ThrowsAny<OperationCanceledException>(() =>
            cancelled.Apply(
                new double[] { 1 }
                    .Concat(new double[Size - 1])
                    .ToArray()
            )
        );
    }
}
