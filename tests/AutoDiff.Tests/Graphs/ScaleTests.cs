using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests;

/// <summary>Graphs that break recursive or tree-walking implementations.</summary>
public class ScaleTests
{
    [Fact]
    public void AMillionOpsBuildDifferentiateAndEvaluate()
    {
        var expected = (Value: 1.1, Derivative: 1.0);
        for (var i = 0; i < 1_000_000; i++)
            expected = (Math.Sin(expected.Value), expected.Derivative * Math.Cos(expected.Value));
        var (value, gradient) = Evaluate(Both(ValueAndGrad(Chain, (Tensor)1.1)));
        Assert.Equal(expected.Value, value.Item(), 1e-12);
        Assert.Equal(1, gradient.Item() / expected.Derivative, 1e-6);

        static Tensor Chain(Tensor x)
        {
            for (var i = 0; i < 1_000_000; i++)
                x = Sin(x);
            return x;
        }

        static Pair<Tensor, Tensor> Both((Tensor, Tensor) pair) => new(pair.Item1, pair.Item2);
    }

    [Fact]
    public void TwoHundredSquaringsAreTwoHundredNodesNotTwoToThe200Paths()
    {
        static Tensor Squarings(Tensor x)
        {
            for (var i = 0; i < 200; i++)
                x *= x;
            return x;
        }

        // x^(2^200) at 1 has the derivative 2^200.
        Assert.Equal(Math.ScaleB(1, 200), Grad(Squarings, (Tensor)1.0).Item());
#pragma warning disable AD0010 // that it is by reference is what is tested
        Assert.True(Squarings(1.0).Equals(Squarings(1.0)) is false);
#pragma warning restore AD0010
        Assert.NotEqual(0, Squarings(1.0).GetHashCode());
        Assert.Equal("1", Squarings(1.0).ToString());
    }
}
