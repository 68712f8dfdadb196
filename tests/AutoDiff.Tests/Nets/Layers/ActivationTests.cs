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

    /// <summary>Name, y(−∞), y′(−∞), y(∞), y′(∞); the derivatives above the first are 0 at both.</summary>
    /// <remarks>Not those that are a product or a quotient of infinite things there, with a derivative that is no number as PyTorch's: x · σ(x) and its kind, softsign, sine.</remarks>
    public static TheoryData<string, double, double, double, double> Ends
    {
        get
        {
            const double oo = double.PositiveInfinity;
            return new()
            {
                { "Identity", -oo, 1, oo, 1 },
                { "Relu", 0, 0, oo, 1 },
                { "Relu6", 0, 0, 6, 0 },
                { "Selu", -1.7580993408473766, 0, oo, 1.0507009873554805 },
                { "Sigmoid", 0, 0, 1, 0 },
                { "LogSigmoid", -oo, 1, 0, 0 },
                { "HardSigmoid", 0, 0, 1, 0 },
                { "HardSwish", 0, 0, oo, 1 },
                { "Tanh", -1, 0, 1, 0 },
                { "Tanhshrink", -oo, 1, oo, 1 },
                { "LeakyRelu(0.01)", -oo, 0.01, oo, 1 },
                { "Elu(1)", -1, 0, oo, 1 },
                { "Celu(1)", -1, 0, oo, 1 },
                { "Softplus(1)", 0, 0, oo, 1 },
                { "Softshrink(0.5)", -oo, 1, oo, 1 },
                { "Hardshrink(0.5)", -oo, 1, oo, 1 },
                { "HardTanh(-1, 1)", -1, 0, 1, 0 },
                { "Threshold(0.5, 0.5)", 0.5, 0, oo, 1 },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public void TheLimitsAreReachedAtInfinity(string name, double low, double lowSlope, double high, double highSlope)
    {
        var activation = All.Single(candidate => candidate.Name == name);
        Func<Tensor, Tensor> value = x => activation.Apply(TensorMap.Empty, x, Context.Inference()).Output;
        Func<Tensor, Tensor> slope = x => Grad(at => Sum(value(at)), x);
        Func<Tensor, Tensor> curvature = x => Grad(at => Sum(slope(at)), x);
        Func<Tensor, Tensor> third = x => Grad(at => Sum(curvature(at)), x);
        foreach (var magnitude in (double[])[double.PositiveInfinity, 1e200])
        {
            Tensor x = Tensor.Of([-magnitude, magnitude]);
            Assert.Equal(
                [Cut(low), Cut(high)],
                value(x).ToArray(),
                (a, b) => a.Equals(b) || Math.Abs(a - b) <= 1e-12 * Math.Max(1, Math.Abs(a))
            );
            Assert.Equal([lowSlope, highSlope], slope(x).ToArray(), (a, b) => Math.Abs(a - b) < 1e-15);
            Assert.Equal([0, 0], curvature(x).ToArray());
            Assert.Equal([0, 0], third(x).ToArray());

            // What grows without end is the slope's multiple of x before the end.
            double Cut(double end) =>
                double.IsFinite(end) ? end
                : end < 0 ? -lowSlope * magnitude
                : highSlope * magnitude;
        }
    }

    [Theory]
    [InlineData("Gelu")]
    [InlineData("GeluTanh")]
    [InlineData("Silu")]
    [InlineData("Mish")]
    [InlineData("Swish(1)")]
    public void GatesAreShutOrOpenFarOut(string name)
    {
        var activation = All.Single(candidate => candidate.Name == name);
        Func<Tensor, Tensor> value = x => activation.Apply(TensorMap.Empty, x, Context.Inference()).Output;
        Func<Tensor, Tensor> slope = x => Grad(at => Sum(value(at)), x);
        Func<Tensor, Tensor> curvature = x => Grad(at => Sum(slope(at)), x);
        Func<Tensor, Tensor> third = x => Grad(at => Sum(curvature(at)), x);
        foreach (var far in (double[])[800, 1e100, 1e200, double.MaxValue])
        {
            Tensor x = Tensor.Of([-far, far]);
            Assert.Equal([0, far], value(x).ToArray(), Close);
            Assert.Equal([0, 1], slope(x).ToArray(), Close);
            // Beyond, a square overflows.
            if (far > 1e100)
                continue;
            Assert.Equal([0, 0], curvature(x).ToArray(), Close);
            Assert.Equal([0, 0], third(x).ToArray(), Close);
        }

        // Where e⁻⁸⁰⁰ is no number.
        static bool Close(double a, double b) => Math.Abs(a - b) <= 1e-300;
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
