using AutoDiff.Nets;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Nets;

/// <summary>Orthogonal weights, identities, constants and gains, and what initializers refuse.</summary>
public class StructuredInitializersTests
{
    private static readonly Fans None = new(0, 0);

    public static TheoryData<int[]> Weights => [new[] { 4, 7 }, new[] { 7, 4 }, new[] { 6, 3, 3, 3 }, new[] { 30, 2, 3 }];

    [Theory]
    [MemberData(nameof(Weights))]
    public void RowsOrColumnsAreOrthogonal(int[] lengths)
    {
        var weight = Initializers.Orthogonal(Gains.Relu).Draw(Key.Of(1), Shape.Of(lengths), None);
        Assert.Equal(lengths, weight.Shape);
        var matrix = Reshape(weight, lengths[0], -1);
        var (rows, columns) = (matrix.Shape[0], matrix.Shape[1]);
        var product = rows < columns ? MatMul(matrix, Transpose(matrix, 1, 0)) : MatMul(Transpose(matrix, 1, 0), matrix);
        Assert.Equal(2 * Math.Min(rows, columns), Trace(product).Item(), 1e-12);
        Assert.InRange(Max(Abs(product - (2 * Tensor.Eye(Math.Min(rows, columns))))).Item(), 0, 1e-14);
        Assert.Equal(weight.ToArray(), Initializers.Orthogonal(Gains.Relu).Draw(Key.Of(1), Shape.Of(lengths), None).ToArray());
    }

    [Fact]
    public void IdentitiesPassWhatComesIn()
    {
        Assert.Equal([1, 0, 0, 0, 1, 0], Initializers.Identity.Draw(Key.Of(1), [2, 3], None).ToArray());
        var x = Key.Of(2).Normal([2, 4, 5, 5]);
        foreach (var groups in new[] { 1, 2, 4 })
        {
            var kernel = Initializers.Dirac(groups).Draw(Key.Of(1), [4, 4 / groups, 3, 3], None);
            Assert.Equal(x.ToArray(), Convolution(x, kernel, padding: 1, groups: groups).ToArray());
        }
        // PyTorch's dirac_ of [4, 1, 2] with two groups: the first output of each group, at 2 / 2.
        Assert.Equal([0, 1, 0, 0, 0, 1, 0, 0], Initializers.Dirac(2).Draw(Key.Of(1), [4, 1, 2], None).ToArray());
    }

    [Fact]
    public void ConstantsAreConstant()
    {
        Assert.Equal([2.5, 2.5], Initializers.Constant(2.5).Draw(Key.Of(1), [2], None).ToArray());
        Assert.Equal([0.0, 0.0], Initializers.Zeros.Draw(Key.Of(1), [2], None).ToArray());
        Assert.Equal([1.0, 1.0], Initializers.Ones.Draw(Key.Of(1), [2], None).ToArray());
        Assert.All(Initializers.Normal(0.1, 5).Draw(Key.Of(1), [9], None).ToArray(), w => Assert.InRange(w, 4, 6));
        Assert.All(Initializers.Uniform(2, 3).Draw(Key.Of(1), [9], None).ToArray(), w => Assert.InRange(w, 2, 3));
        Assert.Equal([0.0], Initializers.Normal(0).Draw(Key.Of(1), [1], None).ToArray());
    }

    [Fact]
    public void AFanOf0GivesZeros()
    {
        foreach (
            var initializer in new[]
            {
                Initializers.XavierNormal(),
                Initializers.XavierUniform(),
                Initializers.HeNormal(),
                Initializers.HeUniform(),
                Initializers.LeCunNormal,
                Initializers.LeCunUniform,
                Initializers.LeCunTruncated,
                Initializers.VarianceScaling(0, FanMode.In, WeightDistribution.Uniform),
            }
        )
            Assert.Equal([0.0, 0.0], initializer.Draw(Key.Of(1), [2], None).ToArray());
        Assert.Equal(0, Initializers.Orthogonal().Draw(Key.Of(1), [0, 3], None).Shape.Size);
    }

    [Fact]
    public void GainsAreThoseOfTheField()
    {
        // torch.nn.init.calculate_gain
        Assert.Equal(
            [1, 1, 1.6666666666666667, 1.4142135623730951, 0.75, 1.4141428569978354, 1.3867504905630728],
            new[] { Gains.Linear, Gains.Sigmoid, Gains.Tanh, Gains.Relu, Gains.Selu, Gains.LeakyRelu(), Gains.LeakyRelu(0.2) }
        );
        Assert.Throws<ArgumentException>(() => Gains.LeakyRelu(double.NaN));
    }

    [Fact]
    public void ADenseLayerTakesThem()
    {
        var weight = new Dense(300) { Weight = Initializers.HeNormal() }.Init(Key.Of(1), [200])["weight"];
        Assert.InRange(StandardDeviation(weight).Item() / Math.Sqrt(2.0 / 200), 0.98, 1.02);
    }

    [Fact]
    public void WhatIsNoSettingIsRefused()
    {
        foreach (var bad in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            Assert.Throws<ArgumentException>(() => Initializers.Constant(bad));
            Assert.Throws<ArgumentException>(() => Initializers.Normal(bad));
            Assert.Throws<ArgumentException>(() => Initializers.Normal(1, bad));
            Assert.Throws<ArgumentException>(() => Initializers.Uniform(bad));
            Assert.Throws<ArgumentException>(() => Initializers.Uniform(0, bad));
            Assert.Throws<ArgumentException>(() => Initializers.TruncatedNormal(bad));
            Assert.Throws<ArgumentException>(() => Initializers.XavierNormal(bad));
            Assert.Throws<ArgumentException>(() => Initializers.HeUniform(FanMode.In, bad));
            Assert.Throws<ArgumentException>(() => Initializers.Orthogonal(bad));
        }
        Assert.Throws<ArgumentException>(() => Initializers.Normal(-1));
        Assert.Throws<ArgumentException>(() => Initializers.Uniform(0));
        Assert.Throws<ArgumentException>(() => Initializers.Uniform(1, 1));
        Assert.Throws<ArgumentException>(() => Initializers.TruncatedNormal(-1));
        Assert.Throws<ArgumentException>(() => Initializers.XavierUniform(-1));
        Assert.Throws<ArgumentException>(() => Initializers.Dirac(0));
        Draws("[Initializers.Orthogonal] got a weight [3]", Initializers.Orthogonal(), [3]);
        Draws("[Initializers.Identity] got a weight [3]", Initializers.Identity, [3]);
        Draws("[Initializers.Dirac] got a weight [3,4]", Initializers.Dirac(), [3, 4]);
        Draws("for 2 groups", Initializers.Dirac(2), [3, 4, 2]);
        Draws("fan mode of no name", Initializers.HeNormal((FanMode)9), [3]);
        Draws("distribution of no name", Initializers.VarianceScaling(1, FanMode.In, (WeightDistribution)9), [3]);

        static void Draws(string expected, Initializer initializer, Shape shape) =>
            Assert.Contains(
                expected,
                Assert.Throws<ArgumentException>(() => initializer.Draw(Key.Of(1), shape, new(3, 4))).Message,
                StringComparison.Ordinal
            );
    }
}
