using AutoDiff.Nets;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Nets;

/// <summary>Penalties of a tree's leaves, each with its λ.</summary>
public class PenaltiesTests
{
    private static readonly TensorMap Parameters = TensorMap.Of(
        ("layers.0.weight", Tensor.Of([1, -2, 0])),
        ("layers.0.bias", Tensor.Of([3])),
        ("layers.10.weight", Tensor.Of([-4]))
    );

    [Fact]
    public void ValuesAndGradientsAreTheFormulas()
    {
        Assert.Equal(0.5 * 0.1 * 30, Penalties.L2(Parameters, 0.1).Item(), 1e-15);
        Assert.Equal([0.1, -0.2, 0], Gradient(p => Penalties.L2(p, 0.1), "layers.0.weight"));
        Assert.Equal(0.1 * 10, Penalties.L1(Parameters, 0.1).Item(), 1e-15);
        Assert.Equal([0.1, -0.1, 0], Gradient(p => Penalties.L1(p, 0.1), "layers.0.weight"));
        Assert.Equal(0.2 * ((0.25 * 10) + (0.5 * 0.75 * 30)), Penalties.ElasticNet(Parameters, 0.2, 0.25).Item(), 1e-14);
        Assert.Equal(0.2 * (0.25 + 0.75), Gradient(p => Penalties.ElasticNet(p, 0.2, 0.25), "layers.0.weight")[0], 1e-15);
        Assert.Equal(2, Penalties.L1(Tensor.Of([1, -3]), 0.5).Item());
    }

    [Fact]
    public void EachLeafHasTheLambdaOfTheLongestPathThatItBeginsWith()
    {
        var lambda = Penalties.ByPath(Parameters, ("layers.0", 1), ("layers.0.bias", 2));
        Assert.Equal([1, 2, 0], TreeMath.Names(Parameters).Select(lambda));
        Assert.Equal(0.5 * (5 + (2 * 9)), Penalties.L2(Parameters, lambda).Item());
        Assert.Equal(3 + (2 * 3), Penalties.L1(Parameters, lambda).Item());
        Assert.Equal(3 + (2 * 3), Penalties.ElasticNet(Parameters, lambda, 1).Item());
        Assert.Equal([0], Gradient(p => Penalties.L2(p, lambda), "layers.10.weight"));
        var nested = Penalties.ByPath(TensorMap.Of(("Layers[0].Weight", 1), ("Layers[1].Weight", 1)), ("Layers", 7), ("Layers[1]", 8));
        Assert.Equal([7, 8], new[] { "Layers[0].Weight", "Layers[1].Weight" }.Select(nested));
    }

    [Fact]
    public void BiasesCanBeLeftOut()
    {
        Assert.Equal(7, Penalties.L1(Parameters, Penalties.WithoutBiases(1)).Item());
        Assert.Equal(3, Penalties.L1(Parameters, Penalties.WithoutBiases(Penalties.ByPath(Parameters, ("layers.0", 1)))).Item());
        Assert.Equal([0, 0, 1, 1], new[] { "bias", "Layers[0].Bias", "layers.0.weight", "bias.weight" }.Select(Penalties.WithoutBiases(1)));
    }

    [Fact]
    public void WhatIsNoLambdaIsRefused()
    {
        foreach (var lambda in new[] { -1, double.NaN, double.PositiveInfinity })
        {
            Assert.Throws<ArgumentException>(() => Penalties.L1(Parameters, lambda));
            Assert.Throws<ArgumentException>(() => Penalties.L2(Parameters, lambda));
            Assert.Throws<ArgumentException>(() => Penalties.ElasticNet(Parameters, lambda));
            var named = Assert.Throws<ArgumentException>(() =>
                Penalties.L2(Parameters, path => path.EndsWith("bias", StringComparison.Ordinal) ? lambda : 1)
            );
            Assert.Contains("\"layers.0.bias\"", named.Message, StringComparison.Ordinal);
        }
        Assert.Throws<ArgumentException>(() => Penalties.ElasticNet(Parameters, 1, 1.5));
        Assert.Throws<ArgumentException>(() => Penalties.ElasticNet(Parameters, 1, double.NaN));
        Assert.Throws<ArgumentException>(() => Penalties.ByPath(Parameters, ("layers.0", 1), ("layers.0", 2)));
        Assert.Throws<ArgumentException>(() => Penalties.ByPath(Parameters, ("", 1)));
        Assert.Throws<ArgumentException>(() => Penalties.ByPath(Parameters, ("layers.0", -1)));
        Assert.Throws<ArgumentNullException>(() => Penalties.L2<TensorMap>(null!, 1));
        Assert.Throws<ArgumentNullException>(() => Penalties.L2(Parameters, null!));
        Assert.Throws<ArgumentNullException>(() => Penalties.ByPath(Parameters, null!));
        Assert.Throws<ArgumentNullException>(() => Penalties.WithoutBiases(null!));
    }

    [Theory]
    [InlineData("layer.0")]
    [InlineData("layers.1")] // layers.10 is another
    [InlineData("layers.0.weights")]
    public void APathThatNoLeafHasIsRefused(string path)
    {
        var refused = Assert.Throws<ArgumentException>(() => Penalties.ByPath(Parameters, (path, 1)));
        Assert.Contains(
            $"\"{path}\"; expected one that leaves begin with, as \"layers.0.weight\"",
            refused.Message,
            StringComparison.Ordinal
        );
    }

    private static double[] Gradient(Func<TensorMap, Tensor> penalty, string leaf) => Grad<TensorMap>(penalty)(Parameters)[leaf].ToArray();
}
