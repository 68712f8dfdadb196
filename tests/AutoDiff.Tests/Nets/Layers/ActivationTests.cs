using System.Reflection;
using AutoDiff.Nets;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Nets.Layers;

public class ActivationTests
{
    public static TheoryData<string> Names => [.. All.Select(activation => activation.Name)];

    private static Activation[] All =>
        [
            .. typeof(Activation)
                .GetProperties(BindingFlags.Public | BindingFlags.Static)
                .Select(property => (Activation)property.GetValue(null)!),
            .. typeof(Activation)
                .GetMethods(BindingFlags.Public | BindingFlags.Static)
                .Where(method => method.ReturnType == typeof(Activation) && !method.IsSpecialName)
                .Select(method =>
                    (Activation)
                        method.Invoke(null, [.. method.GetParameters().Select(one => one.HasDefaultValue ? one.DefaultValue : 0.5)])!
                ),
        ];

    [Theory]
    [MemberData(nameof(Names))]
    public void FiniteToTheSecondDerivativeEverywhere(string name)
    {
        var activation = All.Single(candidate => candidate.Name == name);
        Tensor x = Tensor.Of([-800, -30, -0.5, -0.0, 0, 0.5, 30, 800], 8, 1);
        // Two elements along the last axis, for what looks along it.
        Func<Tensor, Tensor> loss = at => Sum(activation.Apply(TensorMap.Empty, BroadcastTo(at, [8, 2]), Context.Inference()).Output);
        Assert.True(double.IsFinite(loss(x).Item()));
        Assert.All(Grad(loss, x).ToArray(), slope => Assert.True(double.IsFinite(slope), $"{slope}"));
        Assert.All(Hvp(loss, x, Tensor.Ones(x.Shape)).ToArray(), curvature => Assert.True(double.IsFinite(curvature), $"{curvature}"));
    }

    [Fact]
    public void EqualByNameAndSetting()
    {
        Assert.Equal(Activation.LeakyRelu(0.1), Activation.LeakyRelu(0.1));
        Assert.NotEqual(Activation.LeakyRelu(0.1), Activation.LeakyRelu(0.2));
        Assert.NotEqual(Activation.Relu, Activation.Relu6);
        Assert.Equal(Activation.Softmax(0).GetHashCode(), Activation.Softmax(0).GetHashCode());
        Assert.Equal(All.Length, All.Distinct().Count());
        Assert.Equal("HardTanh(-2, 0.5)", $"{Activation.HardTanh(-2, 0.5)}");
    }

    [Fact]
    public void SlopesBeginAsTheyAreSet()
    {
        Assert.Equal([0.25], new PRelu().Init(Key.Of(1), [3, 2])["weight"].ToArray());
        Assert.Equal(
            [0.5, 0.5, 0.5],
            new PRelu { PerChannel = true, Start = 0.5 }
                .Init(Key.Of(1), [3, 2])["weight"]
                .ToArray()
        );
    }

    [Fact]
    public void NotANumberStaysOne()
    {
        foreach (var activation in All)
            Assert.True(
                double.IsNaN(Sum(activation.Apply(TensorMap.Empty, Tensor.Full(double.NaN, [1, 2]), Context.Inference()).Output).Item()),
                activation.Name
            );
    }

    [Fact]
    public void TheTanhFormOfGeluKeepsItsDigitsInTheLeftTail()
    {
        // x·σ(2u) at x = −8, u = √(2⁄π)(x + 0.044715x³), in 40 digits.
        var y = Activation.GeluTanh.Apply(TensorMap.Empty, Tensor.Of([-8]), Context.Inference()).Output.Item();
        Assert.Equal(Tail, y, 1e-13 * Math.Abs(Tail));
    }

    private const double Tail = -3.1077829375011112e-21;
}
