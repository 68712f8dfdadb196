using AutoDiff.Nets;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Nets;

public sealed class AttentionTests
{
    private static readonly Tensor _x = Key.Of(5).Normal([2, 5, 4]);

    [Fact]
    public void CausalAttentionDoesNotSeeTheFuture()
    {
        var layer = new MultiHeadAttention(2) { Causal = true };
        var parameters = layer.Init(Key.Of(1), [5, 4]);
        var changed = _x.At(.., 3..).Add(1.0);
        var (before, after) = (Output(_x), Output(changed));
        Assert.Equal(before[.., ..3].ToArray(), after[.., ..3].ToArray());
        Assert.All((after - before)[.., 3..].ToArray(), difference => Assert.NotEqual(0, difference));
        Assert.NotEqual((layer with { Causal = false }).Apply(parameters, _x, Context.Inference()).Output.ToArray(), before.ToArray());

        Tensor Output(Tensor x) => layer.Apply(parameters, x, Context.Inference()).Output;
    }

    [Fact]
    public void AQueryThatMayLookNowhereGetsZerosAndNoDerivative()
    {
        var (q, k, v) = (Key.Of(1).Normal([2, 3]), Key.Of(2).Normal([4, 3]), Key.Of(3).Normal([4, 2]));
        var mask = Tensor.Of([0, 0, 0, 0, 1, 0, 1, 1], [2, 4]);
        var output = Attention.ScaledDotProductAttention(q, k, v, mask);
        Assert.Equal([0, 0], output[0].ToArray());
        var gradient = Grad(x => Sum(Square(Attention.ScaledDotProductAttention(x, k, v, mask))), q);
        Assert.Equal([0, 0, 0], gradient[0].ToArray());
        Assert.All(gradient[1].ToArray(), slope => Assert.True(double.IsFinite(slope) && slope != 0));
        Assert.Equal(Tensor.Zeros([2, 2]).ToArray(), Attention.ScaledDotProductAttention(q, k, v, 0).ToArray());
    }

    [Fact]
    public void NoKeyGivesZeros() =>
        Assert.Equal(
            [0, 0, 0, 0],
            Attention.ScaledDotProductAttention(Tensor.Ones([2, 3]), Tensor.Zeros([0, 3]), Tensor.Zeros([0, 2]), Tensor.Ones([1])).ToArray()
        );

    [Fact]
    public void ScoresOfAnySizeHaveDerivatives()
    {
        var (k, v) = (Tensor.Of([800, -800, 800], [3, 1]), Tensor.Of([1, 2, 3], [3, 1]));
        Tensor Loss(Tensor q) => Sum(Attention.ScaledDotProductAttention(q, k, v));
        var one = Tensor.Ones([1, 1]);
        Assert.Equal(2, Loss(one).Item(), 1e-14);
        Assert.Equal(0, Grad<Tensor>(Loss, one).Item(), 1e-10);
        Assert.Equal(0, Hvp<Tensor>(Loss, one, one).Item(), 1e-10);
    }

    [Fact]
    public void ScoresOfEightHundredKeepTheirValuesInSinglePrecision()
    {
        var (k, v) = (Tensor.Of([800, -800, 800], [3, 1]), Tensor.Of([1, 2, 3], [3, 1]));
        foreach (var mask in (Tensor?[])[null, Tensor.Of([1, 1, 0]), Tensor.Of([0, 1, 0]), Tensor.Of([0, 0, 0])])
        {
            Tensor Loss(Tensor q) => Sum(Square(Attention.ScaledDotProductAttention(q, k, v, mask)));
            Pair<Tensor, Tensor> All(Tensor q) => new(Loss(q), Hvp<Tensor>(Loss, q, Tensor.Ones(q.Shape)));
            var q = Tensor.Of([1, -1, 0.001], [3, 1]);
            var (exact, single) = (
                Compile<Tensor, Pair<Tensor, Tensor>>(All).Invoke(q),
                Compile<float, Tensor, Pair<Tensor, Tensor>>(All).Invoke(q)
            );
            ReferenceData.AssertClose([exact.First.Item()], [single.First.Item()], 1e-5, "loss");
            // Of terms of the size of the scores' squares.
            foreach (var (expected, actual) in exact.Second.ToArray().Zip(single.Second.ToArray()))
                Assert.Equal(expected, actual, 2e-6 * 800 * 800);
        }
    }

    [Fact]
    public void OfOneTimeCausalAttentionIsItsValue()
    {
        var layer = new MultiHeadAttention(2) { Causal = true };
        var (parameters, x) = (layer.Init(Key.Of(6), [1, 4]), Key.Of(7).Normal([3, 1, 4]));
        Tensor Value(Tensor at) => MatMul(MatMul(at, parameters["input.weight"][.., 8..]), parameters["output.weight"]);
        ReferenceData.AssertClose(Value(x).ToArray(), Output(x).ToArray(), 1e-15, "output");
        ReferenceData.AssertClose(
            Grad(at => Sum(Sin(Value(at))), x).ToArray(),
            Grad(at => Sum(Sin(Output(at))), x).ToArray(),
            1e-14,
            "gradient"
        );
        Assert.Equal([3, 0, 4], Output(Tensor.Zeros([3, 0, 4])).Shape);

        Tensor Output(Tensor at) => layer.Apply(parameters, at, Context.Inference()).Output;
    }

    [Fact]
    public void WhatIsMaskedMayBeAnyNumber()
    {
        var mask = Tensor.Of([1, 0, 1]);
        Tensor Loss(Tensor scores) =>
            Sum(Square(Attention.ScaledDotProductAttention(Tensor.Ones([2, 1]), scores, Tensor.Of([1, 2, 3], [3, 1]), mask)));
        var (one, other) = (Tensor.Of([0.5, 1, -0.25], [3, 1]), Tensor.Of([0.5, 1e300, -0.25], [3, 1]));
        Assert.Equal(Loss(one).Item(), Loss(other).Item());
        Assert.Equal(Grad<Tensor>(Loss, one).ToArray(), Grad<Tensor>(Loss, other).ToArray());
        Assert.Equal(0, Grad<Tensor>(Loss, other).ToArray()[1]);
    }

    [Fact]
    public void DropoutTakesWeightsOfValues()
    {
        var layer = new MultiHeadAttention(1) { Dropout = 0.5 };
        // With all scores 0 and the values the positions' unit vectors, the output is the weights themselves.
        var parameters = TensorMap.Of(
            ("input.weight", Concatenate([Tensor.Zeros([20, 40]), Tensor.Eye(20)], 1)),
            ("input.bias", Tensor.Zeros([60])),
            ("output.weight", Tensor.Eye(20)),
            ("output.bias", Tensor.Zeros([20]))
        );
        var x = ExpandDims(Tensor.Eye(20), 0);
        Assert.All(layer.Apply(parameters, x, Context.Inference()).Output.ToArray(), weight => Assert.Equal(0.05, weight, 1e-15));
        var weights = layer.Apply(parameters, x, Context.Training(Key.Of(1))).Output.ToArray();
        Assert.All(weights, weight => Assert.True(weight is 0 || Math.Abs(weight - 0.1) < 1e-15));
        Assert.InRange(weights.Count(weight => weight == 0), 150, 250);
    }

    [Fact]
    public void ParametersBeginAsPyTorchs()
    {
        var parameters = new MultiHeadAttention(5).Init(Key.Of(1), [7, 50]);
        Assert.Equal(["input.weight", "input.bias", "output.weight", "output.bias"], parameters.Names);
        Uniform(parameters["input.weight"], [50, 150], Math.Sqrt(6.0 / 200));
        Uniform(parameters["output.weight"], [50, 50], 1 / Math.Sqrt(50));
        Assert.All(parameters["input.bias"].ToArray().Concat(parameters["output.bias"].ToArray()), bias => Assert.Equal(0, bias));
        Assert.Equal(
            ["input.weight", "output.weight"],
            new MultiHeadAttention(5) { Bias = false }
                .Init(Key.Of(1), [7, 50])
                .Names
        );

        static void Uniform(Tensor drawn, Shape shape, double bound)
        {
            Assert.Equal(shape, drawn.Shape);
            Assert.InRange(drawn.ToArray().Max(), 0.98 * bound, bound);
            Assert.InRange(drawn.ToArray().Min(), -bound, -0.98 * bound);
        }
    }

    [Fact]
    public void SinusoidalPositionsAreThePapers()
    {
        var encoding = new SinusoidalPositions().Apply(TensorMap.Empty, Tensor.Zeros([1, 3, 5]), Context.Inference()).Output[0];
        for (var t = 0; t < 3; t++)
        {
            var (first, second, third) = ((double)t, t / Math.Pow(10_000, 0.4), t / Math.Pow(10_000, 0.8));
            Assert.Equal(
                [Math.Sin(first), Math.Cos(first), Math.Sin(second), Math.Cos(second), Math.Sin(third)],
                encoding[t].ToArray(),
                (a, b) => Math.Abs(a - b) < 1e-15
            );
        }
    }

    [Fact]
    public void LearnedPositionsAreAddedToTheFirstTimes()
    {
        var layer = new LearnedPositions();
        var parameters = layer.Init(Key.Of(1), [40, 50]);
        var positions = parameters["positions"];
        var spread = Sqrt(Mean(Square(positions))).Item();
        Assert.InRange(spread, 0.019, 0.021);
        var output = layer.Apply(parameters, Tensor.Ones([2, 3, 50]), Context.Inference()).Output;
        Assert.Equal((1 + positions[..3]).ToArray(), output[1].ToArray());
    }

    public static TheoryData<Func<object>, string> Misuses =>
        new()
        {
            { () => new MultiHeadAttention(0), "[MultiHeadAttention] got 0 heads; expected at least 1" },
            {
                () =>
                    new MultiHeadAttention(2) { Dropout = -0.1 },
                "[MultiHeadAttention] got dropout -0.1; expected 0 to 1"
            },
            {
                () => new MultiHeadAttention(3).Init(Key.Of(0), [5, 4]),
                "[MultiHeadAttention] got 4 features; expected a multiple of 3, the number of heads"
            },
            {
                () => new MultiHeadAttention(2).Init(Key.Of(0), [4]),
                "[MultiHeadAttention] got examples of shape [4]; expected [time,features]"
            },
            { () => Applied(new MultiHeadAttention(2), [2, 4]), "[MultiHeadAttention] got inputs [2,4]; expected [batch,time,features]" },
            {
                () => Applied(new MultiHeadAttention(2), [2, 5, 6]),
                "[MultiHeadAttention] \"input.weight\" has shape [4,12]; expected [6,18] for inputs of 6 features"
            },
            {
                () => Applied(new MultiHeadAttention(2) { Dropout = 0.5 }, [2, 5, 4], Context.Training()),
                "[MultiHeadAttention] got a training context without a key; expected one, as Context.Training(key)"
            },
            {
                () => Attention.ScaledDotProductAttention(Tensor.Zeros([2, 3]), Tensor.Zeros([4, 2]), Tensor.Zeros([4, 2])),
                "[ScaledDotProductAttention] got queries [2,3], keys [4,2], values [4,2]; expected […,queries,d], […,keys,d], […,keys,e]"
            },
            {
                () => Attention.ScaledDotProductAttention(Tensor.Zeros([2, 3]), Tensor.Zeros([4, 3]), Tensor.Zeros([5, 2])),
                "[ScaledDotProductAttention] got queries [2,3], keys [4,3], values [5,2]; expected […,queries,d], […,keys,d], […,keys,e]"
            },
            {
                () =>
                    Attention.ScaledDotProductAttention(
                        Tensor.Zeros([2, 3]),
                        Tensor.Zeros([4, 3]),
                        Tensor.Zeros([4, 2]),
                        Tensor.Ones([3, 4])
                    ),
                "[ScaledDotProductAttention] got a mask [3,4]; expected one that broadcasts to [2,4]"
            },
            { () => Attention.CausalMask(-1), "[CausalMask] got a length of -1; expected at least 0" },
            { () => Applied(new SinusoidalPositions(), [2, 5]), "[SinusoidalPositions] got inputs [2,5]; expected [batch,time,features]" },
            {
                () =>
                    new LearnedPositions { Start = null! },
                "[LearnedPositions] got null for the initial positions; expected a value"
            },
            { () => new LearnedPositions().Init(Key.Of(0), [4]), "[LearnedPositions] got examples of shape [4]; expected [time,features]" },
            {
                () => Applied(new LearnedPositions(), [2, 6, 4]),
                "[LearnedPositions] got inputs [2,6,4]; expected [batch,time,4] of at most 5 times"
            },
        };

    [Theory]
    [MemberData(nameof(Misuses))]
    public void MisuseIsRefused(Func<object> call, string message) => Assert.Equal(message, Assert.Throws<ArgumentException>(call).Message);

    private static Tensor Applied(Layer layer, Shape x, Context? context = null) =>
        layer.Apply(layer.Init(Key.Of(0), [5, 4]), Tensor.Zeros(x), context ?? Context.Inference()).Output;
}
