using AutoDiff.Nets;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Nets;

/// <summary>Cross-entropy at its limits: large and infinite logits, probabilities of 0, classes to ignore, numbers that are no class.</summary>
public class CrossEntropyTests
{
    [Theory]
    [InlineData(800, -800, 0, 0)]
    [InlineData(800, -800, 1, 1600)]
    [InlineData(800, 790, 0, 4.5398899216864646769e-5)] // ln(1 + e^-10)
    [InlineData(-800, -800, 1, 0.69314718055994530942)]
    [InlineData(1, double.NegativeInfinity, 0, 0)]
    [InlineData(1, double.NegativeInfinity, 1, double.PositiveInfinity)]
    public void LargeLogitsLoseNothing(double first, double second, int number, double expected)
    {
        var logits = Tensor.Of([first, second], 1, 2);
        Near(expected, Losses.CrossEntropy(logits, Tensor.Of([number])).Item());
        Near(expected, Losses.CrossEntropy(logits, OneHot(Tensor.Of([number]), 2)).Item());
        var gradient = Grad(x => Losses.CrossEntropy(x, Tensor.Of([number])), logits).ToArray();
        Assert.All(gradient, slope => Assert.InRange(slope, -1, 1));
        Assert.Equal(0, gradient.Sum(), 1e-15);

        static void Near(double expected, double actual)
        {
            if (double.IsInfinity(expected))
                Assert.Equal(expected, actual);
            else
                Assert.Equal(expected, actual, 1e-15 + (1e-11 * expected));
        }
    }
}
