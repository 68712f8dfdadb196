using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests;

/// <summary>Compiled functions with several results, in single precision, and batches by argument.</summary>
public sealed class CompiledTuplesTests
{
    private static readonly Tensor X = Tensor.Of([1, 2, 3]);

    [Fact]
    public void ValueAndGradientCompileAsTheyAre()
    {
        var (value, gradient) = Compile(ValueAndGrad<Tensor>(x => Sum(x * x * x))).Invoke(X);
        Assert.Equal(36, value.Item());
        Assert.Equal([3, 12, 27], gradient.ToArray());
    }

    [Fact]
    public void ThreeResultsAndTwoInputs()
    {
        var (value, twice, gradient) = Compile(ValueAndGrad<Tensor, Tensor>(x => (Sum(x * x), 2 * x))).Invoke(X);
        Assert.Equal((14, 4), (value.Item(), twice.ToArray()[1]));
        Assert.Equal([2, 4, 6], gradient.ToArray());
        var (sum, difference) = Compile((Tensor x, Tensor y) => (x + y, x - y)).Invoke(X, 1);
        Assert.Equal([2, 3, 4], sum.ToArray());
        Assert.Equal([0, 1, 2], difference.ToArray());
        (Tensor First, Tensor Second, Tensor Third) all = Compile((Tensor x, Tensor y) => (x, y, x * y)).Invoke(X, 2);
        Assert.Equal([2, 4, 6], all.Third.ToArray());
    }

    [Fact]
    public void TuplesAreTreesBothWays()
    {
        Pair<Tensor, Tensor> pair = (X, 2);
        (Tensor First, Tensor Second) tuple = pair;
        Assert.Same(X, tuple.First);
        Triple<Tensor, Tensor, Tensor> triple = (X, 2, 3);
        Assert.Equal(["First", "Second", "Third"], TreeMath.Names(triple));
    }

    [Fact]
    public void SinglePrecisionTakesOptions()
    {
        var traces = 0;
        var third = Compile<float, Tensor, Tensor>(
            x =>
            {
                traces++;
                return x / 3;
            },
            new() { Plans = 1, Threads = 2 }
        );
        Assert.Equal([1f / 3, 2f / 3, 1], third.Invoke(X).ToArray());
        third.Invoke(1);
        third.Invoke(X);
        Assert.Equal(3, traces);
        Assert.Equal([4f / 3, 5f / 3, 2], Compile<float, Tensor, Tensor, Tensor>((x, y) => (x + y) / 3).Invoke(X, 3).ToArray());
        Assert.Throws<ArgumentException>(() => Compile<float, Tensor, Tensor>(x => x, new() { CheckFinite = true }));
    }

    [Fact]
    public void EachArgumentHasItsBatchAxis()
    {
        var points = Tensor.Of([1, 2, 3, 4, 5, 6], 2, 3);
        var dots = Vmap((Tensor w, Tensor x) => Sum(w * x), null, 0)(X, points);
        Assert.Equal([14, 32], dots.ToArray());
        var columns = Vmap((Tensor w, Tensor x) => w * x, null, 1, 1)(Tensor.Of([1, 10]), points);
        Assert.Equal([1, 2, 3, 40, 50, 60], columns.ToArray());
        var pairs = Vmap((Pair<Tensor, Tensor> w, Tensor x, Tensor y) => Sum(w.First * x) + (w.Second * y), null, 0, 0)(
            new(X, 100),
            points,
            Tensor.Of([1, 2])
        );
        Assert.Equal([114, 232], pairs.ToArray());
    }
}
