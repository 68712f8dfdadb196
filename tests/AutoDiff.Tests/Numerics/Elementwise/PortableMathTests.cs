using MathNet.Numerics.Distributions;

namespace AutoDiff.Tests.Numerics;

public sealed class PortableMathTests
{
    [Fact]
    public void LogIsExactAtOne() => Assert.Equal(0, PortableMath.Log(1));

    [Fact]
    public void LogIsWithinTwoUnitsInTheLastPlace()
    {
        var values = ((Constant)Key.Of(3).Uniform([20_000], -16, 3)).Values.ToArray().Select(exponent => Math.Pow(10, exponent));
        foreach (
            var x in values.Concat([
                double.MaxValue,
                2.2250738585072014e-308,
                0.70710678118654752,
                0.7071067811865474,
                Math.BitIncrement(1),
                Math.BitDecrement(1),
            ])
        )
        {
            var expected = Math.Log(x);
            var unit = Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected);
            Assert.True(Math.Abs(PortableMath.Log(x) - expected) <= 2 * unit, $"ln {x:R} = {PortableMath.Log(x):R}; expected {expected:R}");
        }
    }

    /// <summary>Roots of Φ(x) = p, computed with 40 digits.</summary>
    [Theory]
    [InlineData(1.1102230246251565e-16, -8.209536151601387)]
    [InlineData(1e-10, -6.361340902404057)]
    [InlineData(0.01, -2.326347874040841)]
    [InlineData(0.075, -1.439531470938456)]
    [InlineData(0.3, -0.5244005127080408)]
    [InlineData(0.9, 1.2815515655446006)]
    public void QuantileIsAccurate(double p, double expected) =>
        Assert.Equal(expected, PortableMath.NormalQuantile(p), 3e-16 * Math.Abs(expected));

    [Fact]
    public void QuantileIsOddAboutOneHalf()
    {
        Assert.Equal(0, PortableMath.NormalQuantile(0.5));
        foreach (var p in new[] { 0.4, 0.074, 0.01, 1e-6, 1e-12, 1.1102230246251565e-16 })
        {
            var upper = 1 - p;
            Assert.Equal(-PortableMath.NormalQuantile(1 - upper), PortableMath.NormalQuantile(upper));
        }
    }

    [Fact]
    public void QuantileAgreesWithAnotherImplementation()
    {
        for (var i = 1; i < 1000; i++)
            Assert.Equal(Normal.InvCDF(0, 1, i / 1000.0), PortableMath.NormalQuantile(i / 1000.0), 1e-12);
    }

    /// <summary>Where one rational function takes over from another, the values meet.</summary>
    [Theory]
    [InlineData(0.075)]
    [InlineData(0.925)]
    [InlineData(1.3887943864964021e-11)]
    public void QuantileIsContinuousAtItsSeams(double p) =>
        Assert.Equal(PortableMath.NormalQuantile(p * (1 - 1e-15)), PortableMath.NormalQuantile(p * (1 + 1e-15)), 2e-14);
}
