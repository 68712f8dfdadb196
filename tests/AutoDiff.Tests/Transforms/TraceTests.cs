using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests;

public class TraceTests
{
    private static readonly Tensor X = new double[] { 0.3, -1.2, 2 };

    [Fact]
    public void Calls_the_function_once_for_all_that_is_made_of_it()
    {
        var calls = 0;
        Tensor F(Tensor x)
        {
            calls++;
            return Sum(Tanh(x) * Exp(x)) + CustomVjp((Tensor y) => Sum(Square(y)), (y, _, g) => 2 * g * y)(x);
        }
        var f = Trace((Func<Tensor, Tensor>)F, Tensor.Zeros([3]));
        var value = f(X).ToArray();
        var (gradient, hessian) = (Grad(f, X).ToArray(), Hessian(f, X).ToArray());
        var third = Grad((Tensor x) => Sum(Hvp(f, x, x)), X).ToArray();
        var compiled = Compile(f).Invoke(X).ToArray();
        var mapped = Vmap(f)(Stack([X, 2 * X])).ToArray();
        Assert.Equal(1, calls);
        Assert.Equal(F(X).ToArray(), value);
        Assert.Equal(value, compiled);
        Assert.Equal(Grad(F, X).ToArray(), gradient);
        Assert.Equal(Hessian(F, X).ToArray(), hessian);
        Assert.Equal(Grad((Tensor x) => Sum(Hvp(F, x, x)), X).ToArray(), third);
        Assert.Equal([value[0], F(2 * X).Item()], mapped);
    }

    [Fact]
    public void Gives_trees_and_takes_trees()
    {
        var f = Trace((Pair<Tensor, Tensor> p) => new Pair<Tensor, Tensor>(p.First * p.Second, p.First), new(X, X));
        var result = f(new(X, 2 * X));
        Assert.Equal((2 * Square(X)).ToArray(), result.First.ToArray());
        Assert.Equal(X.ToArray(), result.Second.ToArray());
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var f = Trace((Tensor x) => Sum(x), X);
        Assert.StartsWith(
            "[Trace] leaf \"\" has shape [2]; expected [3]",
            Assert.Throws<ArgumentException>(() => f(Tensor.Zeros([2]))).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentNullException>(() => Trace((Func<Tensor, Tensor>)null!, X));
        Assert.StartsWith(
            "[Trace] the function uses a value that is being differentiated or traced",
            Assert.Throws<InvalidOperationException>(() => Grad((Tensor a) => Trace((Tensor x) => Sum(a * x), X)(X), (Tensor)1.0)).Message,
            StringComparison.Ordinal
        );
    }

    /// <summary>A linear map by its parts: known once, then a product for each tangent, one at a time and batched.</summary>
    [Fact]
    public void A_linear_map_runs_by_its_parts()
    {
        var parts = LinearParts.Of((Tensor x, Tensor v) => Hvp((Tensor y) => Sum(Tanh(y) * Exp(y)), x, v), Tensor.Zeros([3]));
        var hessian = Hessian((Tensor y) => Sum(Tanh(y) * Exp(y)), X).ToArray();
        Assert.Equal(hessian, Run(parts.Batched(3), [1, 0, 0, 0, 1, 0, 0, 0, 1], 9));
        Assert.Equal(hessian[3..6], Run(parts.Product(), [0, 1, 0], 3));
        var whole = Assert.Single(parts.Units(parts.Rows));
        Assert.Equal((0, 3, 3), (whole.Start, whole.Size, whole.Rows));
        Assert.Equal(hessian, Run(whole.Split, null, 9));
        var pairs = Assert.Single(parts.Units(2));
        Assert.Equal((0, 3, 2), (pairs.Start, pairs.Size, pairs.Rows));
        Assert.Equal(hessian[3..], Run(pairs.Split, [1, 2], 6));
    }

    [Fact]
    public void A_linear_map_that_is_misused_says_so()
    {
        Assert.StartsWith(
            "[LinearParts] the function uses a value that is being differentiated or traced; expected one of its input and of constants alone",
            Assert
                .Throws<InvalidOperationException>(() =>
                    Grad((Tensor a) => Sum(Tensor.Of([LinearParts.Of((Tensor x, Tensor v) => a * v, X).Rows])), (Tensor)1.0)
                )
                .Message,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "[LinearParts.Units] got batches of 0; expected at least 1",
            Assert.Throws<ArgumentException>(() => LinearParts.Of((Tensor x, Tensor v) => x * v, X).Units(0)).Message,
            StringComparison.Ordinal
        );
    }

    private static double[] Run(SplitGraph split, double[]? directions, int results)
    {
        double[] x = X.ToArray();
        var residuals = Array.ConvertAll(split.Before.Outputs.ToArray(), id => new double[split.Before.Nodes[id].Shape.Size]);
        Executable.Of(split.Before).Run([x], residuals);
        var output = new double[results];
        Executable.Of(split.After).Run([x, .. residuals, .. directions is null ? [] : new[] { directions }], [output]);
        return output;
    }
}
