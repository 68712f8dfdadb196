using Xunit;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests;

/// <summary>Loops as nodes are the same steps written out: values, derivatives of every mode and order, batches, and both precisions.</summary>
public sealed class LoopTests
{
    private const int Steps = 5;

    private static readonly Tensor Weights = Tensor.Of([0.3, -0.2, 0.5, 0.1, 0.7, -0.4, 0.2, 0.6, -0.1], 3, 3);
    private static readonly Tensor Rows = Tensor.Of([.. Enumerable.Range(0, Steps * 3).Select(i => Math.Sin(i + 1))], Steps, 3);

    /// <summary>By name: the loop's result as a function of weights [3, 3], and the steps written out.</summary>
    private static readonly Dictionary<string, (Func<Tensor, Tensor> Looped, Func<Tensor, Tensor> Unrolled)> Cases = new(
        StringComparer.Ordinal
    )
    {
        ["closure"] = (w => Looped(w, Step(w)), w => Unrolled(w, Step(w))),
        ["carry"] = (w => Looped(w, (h, x) => (Tanh(h * 2 + x), Sin(h))), w => Unrolled(w, (h, x) => (Tanh(h * 2 + x), Sin(h)))),
        ["slices"] = (
            w =>
            {
                var (last, ys) = Scan((Tensor h, Tensor x) => (Tanh(h + x) * Sum(w), Square(h)), Tensor.Zeros([3]), w);
                return Sum(last * last) + Sum(ys);
            },
            w =>
            {
                Tensor h = Tensor.Zeros([3]),
                    sum = 0;
                for (var i = 0; i < 3; i++)
                    (h, sum) = (Tanh(h + Take(w, 0, i)) * Sum(w), sum + Sum(Square(h)));
                return Sum(h * h) + sum;
            }
        ),
        ["reverse"] = (w => Looped(w, Step(w), reverse: true), w => Unrolled(w, Step(w), reverse: true)),
        ["checkpoints"] = (w => Looped(w, Step(w), checkpointEvery: 2), w => Unrolled(w, Step(w))),
        ["checkpoints, reverse"] = (w => Looped(w, Step(w), true, 2), w => Unrolled(w, Step(w), true)),
        ["count"] = (
            w => Sum(ForI(4, (i, s) => Tanh(MatMul(w, s)) + i, Take(w, 0, 0))),
            w =>
            {
                var s = Take(w, 0, 0);
                for (var i = 0; i < 4; i++)
                    s = Tanh(MatMul(w, s)) + i;
                return Sum(s);
            }
        ),
        ["nested"] = (
            w => Sum(ForI(3, (i, s) => ForI(2, (j, t) => Sin(MatMul(w, t) + j * i), s) * (1 + i), Take(w, 0, 1))),
            w =>
            {
                var s = Take(w, 0, 1);
                for (var i = 0; i < 3; i++)
                {
                    for (var j = 0; j < 2; j++)
                        s = Sin(MatMul(w, s) + (j * i));
                    s *= 1 + i;
                }
                return Sum(s);
            }
        ),
        ["gradient inside"] = (
            w => Sum(ForI(3, (_, s) => s - (0.1 * Grad((Tensor t) => Sum(Exp(MatMul(w, t))), s)), Take(w, 0, 0))),
            w =>
            {
                var s = Take(w, 0, 0);
                for (var i = 0; i < 3; i++)
                    s -= 0.1 * Grad((Tensor t) => Sum(Exp(MatMul(w, t))), s);
                return Sum(s);
            }
        ),
        ["unused carry"] = (
            w => Sum(Scan((Tensor h, Tensor x) => (h * 2, x * h), Take(w, 0, 0), Rows).Ys),
            w =>
            {
                Tensor h = Take(w, 0, 0),
                    sum = 0;
                for (var i = 0; i < Steps; i++)
                    (h, sum) = (h * 2, sum + Sum(Take(Rows, 0, i) * h));
                return sum;
            }
        ),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_are_the_unrolled_ones(string name) => Close(name, f => f(Weights));

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_are_the_unrolled_ones(string name) => Close(name, f => Grad(f, Weights));

    [Theory]
    [MemberData(nameof(Names))]
    public void Tangents_are_the_unrolled_ones(string name) => Close(name, f => Jvp(f, Weights, Slice(Rows, 0, 0, 3)).Tangent);

    [Theory]
    [MemberData(nameof(Names))]
    public void Products_with_the_Hessian_are_the_unrolled_ones(string name)
    {
        Close(name, f => Hvp(f, Weights, Slice(Rows, 0, 0, 3)));
        Close(name, f => Grad((Tensor w) => Jvp(f, w, Slice(Rows, 0, 0, 3)).Tangent, Weights));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Hessians_are_the_unrolled_ones(string name) => Close(name, f => Hessian(f, Weights));

    [Theory]
    [MemberData(nameof(Names))]
    public void Third_derivatives_are_the_unrolled_ones(string name) =>
        Close(name, f => Grad((Tensor w) => Sum(Square(Hvp(f, w, Slice(Rows, 0, 0, 3)))), Weights));

    [Theory]
    [MemberData(nameof(Names))]
    public void Batches_are_the_unrolled_ones(string name)
    {
        var batch = Stack([Weights, Weights * 0.5, -Weights]);
        Close(name, f => Vmap(f)(batch));
        Close(name, f => Vmap((Tensor w) => Grad(f, w))(batch));
        Close(name, f => Grad((Tensor b) => Sum(Square(Vmap(f)(b))), batch));
        Close(name, f => Vmap((Tensor w) => Hvp(f, w, Slice(Rows, 0, 0, 3)))(batch));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Compiled_they_are_the_same(string name)
    {
        Close(name, f => Compile((Tensor w) => Grad(f, w)).Invoke(Weights));
        Close(name, f => Compile((Tensor w) => Hvp(f, w, Slice(Rows, 0, 0, 3))).Invoke(Weights));
        Close(name, f => Compile((Tensor w) => Hessian(f, w)).Invoke(Weights));
        Close(name, f => Compile<float, Tensor, Tensor>(w => Grad(f, w)).Invoke(Weights), 1e-4);
        Close(name, f => Compile((Tensor w) => Grad(f, w), new CompileOptions { CheckFinite = true }).Invoke(Weights));
        Close(name, f => Linearize((Tensor w) => Grad(f, w), Weights).Apply(Slice(Rows, 0, 0, 3)));
    }

    private static Func<Tensor, Tensor, (Tensor, Tensor)> Step(Tensor w) => (h, x) => (Tanh(MatMul(w, h) + x), h * Exp(x) * Sum(w));

    private static Tensor Looped(Tensor w, Func<Tensor, Tensor, (Tensor, Tensor)> step, bool reverse = false, int? checkpointEvery = null)
    {
        var (last, ys) = Scan(step, Take(w, 0, 0), Rows, reverse, checkpointEvery);
        return Sum(Square(last)) + Sum(ys * Rows);
    }

    private static Tensor Unrolled(Tensor w, Func<Tensor, Tensor, (Tensor, Tensor)> step, bool reverse = false)
    {
        var h = Take(w, 0, 0);
        Tensor sum = 0;
        for (var k = 0; k < Steps; k++)
        {
            var x = Take(Rows, 0, reverse ? Steps - 1 - k : k);
            (h, var y) = step(h, x);
            sum += Sum(y * x);
        }
        return Sum(Square(h)) + sum;
    }

    private static void Close(string name, Func<Func<Tensor, Tensor>, Tensor> made, double tolerance = 1e-12)
    {
        var (looped, unrolled) = Cases[name];
        double[] actual = made(looped).ToArray(),
            expected = made(unrolled).ToArray();
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < actual.Length; i++)
            Assert.True(
                Math.Abs(actual[i] - expected[i]) <= tolerance * (1 + Math.Abs(expected[i])),
                $"{name}: {actual[i]:R} for {expected[i]:R}"
            );
    }
}
