using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests;

public class CompiledTests
{
    private static readonly Tensor X = new double[] { 0.5, -1, 2 };

    [Fact]
    public void GivesConstantsAndTracesOnceForAShape()
    {
        var traces = 0;
        var f = Compile(
            (Tensor x) =>
            {
                traces++;
                return Sum(Square(x));
            }
        );
        Assert.IsType<Constant>(f.Invoke(X));
        Assert.Equal(5.25, f.Invoke(X).Item());
        Assert.Equal(2, f.Invoke(new double[] { 1, 1 }).Item());
        Assert.Equal(2, traces);
        Func<Tensor, Tensor> asFunction = f;
        Assert.Equal(5.25, asFunction(X).Item());
        Assert.Equal(0, f.Invoke(Tensor.Zeros([3])).Item());
    }

    [Fact]
    public void IsDifferentiatedLikeAnyFunction()
    {
        var f = Compile((Tensor x) => Sum(Sin(x)));
        Assert.Equal(Cos(X).ToArray(), Grad<Tensor>(f)(X).ToArray());
        Assert.Equal(Cos(X).ToArray(), Compile((Tensor x) => Grad<Tensor>(f)(x)).Invoke(X).ToArray());
    }

    [Fact]
    public void TellsStructuresWithTheSameLeavesApart()
    {
        var f = Compile((Pair<TreeList<Tensor>, TreeList<Tensor>> lists) => lists.First.Count == 2 ? lists.First[1] : lists.Second[1]);
        Tensor a = 1,
            b = 2,
            c = 3;
        Assert.Equal(2, f.Invoke(new([a, b], [c])).Item());
        Assert.Equal(3, f.Invoke(new([a], [b, c])).Item());
    }

    [Fact]
    public void ComputesInSinglePrecisionWhenAsked()
    {
        var f = Compile<float, Tensor, Tensor>(x => x / 3);
        Assert.Equal(1f / 3f, f.Invoke(1.0).Item());
        Assert.Contains(
            "more than single precision tells apart",
            Assert
                .Throws<ArgumentException>(() => Compile<float, Tensor, Tensor>(x => ArgMax(x)).For(Tensor.Zeros([(1 << 24) + 1])))
                .Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentException>(() => Compile<Half, Tensor, Tensor>(x => x));
    }

    [Fact]
    public void NamesTheFirstOpThatGivesNaN()
    {
        var f = Compile((Tensor x) => Sum(Log(x)), new CompileOptions { CheckFinite = true });
        var error = Assert.Throws<NonFiniteException>(() => f.Invoke(X));
        Assert.Contains("[Log] gave NaN at element 1 of [3], from [3] in [-1, 2]; built at ", error.Message, StringComparison.Ordinal);
        Assert.Contains("CompiledTests.cs:", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, f.Invoke(Tensor.Ones([3])).Item());
        Assert.Contains(
            "input",
            Assert.Throws<NonFiniteException>(() => f.Invoke(new[] { 1, double.PositiveInfinity, 1 })).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void AllocatesNothingInTheSteadyStateOfAProgram()
    {
        var gradient = Compile((Tensor x) => Grad((Tensor w) => LogSumExp(MatMul(w, Transpose(w))), x));
        var example = Key.Of(1).Normal([20, 10]);
        var program = gradient.For(example);
        double[][] inputs = [example.ToArray()];
        double[][] outputs = [new double[200]];
        program.Run(inputs, outputs);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            program.Run(inputs, outputs);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(gradient.Invoke(example).ToArray(), outputs[0]);
    }

    [Fact]
    public void ManyThreadsMayCallAtOnceAndGetTheSameBits()
    {
        var f = Compile((Tensor x) => Grad((Tensor w) => Sum(Tanh(MatMul(w, Transpose(w)))), x));
        var inputs = Enumerable.Range(0, 64).Select(i => Key.Of((ulong)i).Normal([12, 8])).ToArray();
        var alone = inputs.Select(x => f.Invoke(x).ToArray()).ToArray();
        var together = new double[inputs.Length][];
        Parallel.For(0, inputs.Length, i => together[i] = f.Invoke(inputs[i]).ToArray());
        Assert.Equal(alone, together);
    }
}
