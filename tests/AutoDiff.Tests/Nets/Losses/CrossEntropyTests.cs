using AutoDiff.Nets;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Nets;

/// <summary>Cross-entropy at its limits: large and infinite logits, probabilities of 0, classes to ignore, numbers that are no class.</summary>
public class CrossEntropyTests
{
    private const double Infinity = double.PositiveInfinity;

    [Theory]
    [InlineData(800, -800, 0, 0)]
    [InlineData(800, -800, 1, 1600)]
    [InlineData(800, 790, 0, 4.5398899216864646769e-5)] // ln(1 + e^-10)
    [InlineData(-800, -800, 1, 0.69314718055994530942)]
    [InlineData(1, -Infinity, 0, 0)]
    [InlineData(1, -Infinity, 1, Infinity)]
    public void LargeLogitsLoseNothing(double first, double second, int number, double expected)
    {
        var logits = Tensor.Of([first, second], 1, 2);
        Near(expected, Losses.CrossEntropy(logits, Tensor.Of([number])).Item());
        Near(expected, Losses.CrossEntropy(logits, OneHot(Tensor.Of([number]), 2)).Item());
        var gradient = Grad(x => Losses.CrossEntropy(x, Tensor.Of([number])), logits).ToArray();
        Assert.All(gradient, slope => Assert.InRange(slope, -1, 1));
        Assert.Equal(0, gradient.Sum(), 1e-15);
        Assert.All(
            Hvp<Tensor>(x => Losses.CrossEntropy(x, Tensor.Of([number])))(logits, Tensor.Of([1, 2], 1, 2)).ToArray(),
            product => Assert.True(double.IsFinite(product))
        );

        static void Near(double expected, double actual)
        {
            if (double.IsInfinity(expected))
                Assert.Equal(expected, actual);
            else
                Assert.Equal(expected, actual, 1e-15 + (1e-11 * expected));
        }
    }

    [Fact]
    public void WhatIsNoNumberIsNaNInItsOwnExampleOnly()
    {
        var logits = Tensor.Of([double.NaN, 1, 0, 1, Infinity, 0, -Infinity, -Infinity], 4, 2);
        var losses = Losses.CrossEntropy(logits, Tensor.Of([1, 0, 0, 0]), LossReduction.None).ToArray();
        Assert.Equal([true, false, true, true], losses.Select(double.IsNaN));
    }

    [Fact]
    public void WhatIsIgnoredCountsNowhere()
    {
        var logits = Tensor.Of([1, 2, double.NaN, 4, 0, 1], 3, 2);
        var loss = Losses.CrossEntropy(logits, Tensor.Of([0, -100, 1]), ignore: -100).Item();
        Assert.Equal((Softplus(1).Item() + Softplus(-1).Item()) / 2, loss, 1e-15);
        Assert.True(double.IsNaN(Losses.CrossEntropy(logits, Tensor.Of([-100, -100, -100]), ignore: -100).Item()));
        Assert.Equal(0, Losses.CrossEntropy(logits, Tensor.Of([-100, -100, -100]), LossReduction.Sum, ignore: -100).Item());
    }

    [Fact]
    public void AMeanOfManyRowsLosesNothing()
    {
        const int Rows = 65_536;
        var loss = Losses.CrossEntropy(Tensor.Zeros([Rows, 3]), Tensor.Zeros([Rows])).Item();
        // (280 + log₂ n)·2⁻⁵³ of ln 3: what a sum may lose.
        Assert.Equal(1.0986122886681098, loss, 3.6e-14);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    public void ANumberThatIsNoClassIsRefused(double number)
    {
        var (logits, numbers) = (Tensor.Zeros([2, 3]), Tensor.Of([0, number]));
        var atOnce = Assert.Throws<ArgumentException>(() => Losses.CrossEntropy(logits, numbers));
        Assert.Contains(
            $"[CrossEntropy] got the class number {number} at position 1 of [2]; expected whole numbers from 0 to 2",
            atOnce.Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentException>(() => Losses.NegativeLogLikelihood(logits, numbers));
        Assert.Throws<ArgumentException>(() => Losses.MultiMargin(logits, numbers));
        var compiled = Compile((Tensor classes) => Losses.CrossEntropy(logits, classes));
        Assert.Equal(Math.Log(3), compiled.Invoke(Tensor.Of([0, 2])).Item(), 1e-15);
        Assert.ThrowsAny<ArgumentException>(() => compiled.Invoke(numbers));
        // Smoothed, whole rows are compared instead of one logit taken.
        var smoothed = Compile((Tensor classes) => Losses.CrossEntropy(logits, classes, labelSmoothing: 0.1));
        Assert.Equal(Math.Log(3), smoothed.Invoke(Tensor.Of([0, 2])).Item(), 1e-15);
        Assert.ThrowsAny<ArgumentException>(() => smoothed.Invoke(numbers));
    }

    [Fact]
    public void ShapesAndCoefficientsAreChecked()
    {
        var logits = Tensor.Zeros([2, 3]);
        var numbers = Tensor.Zeros([2]);
        Refused("expected class numbers [2] or probabilities [2,3]", () => Losses.CrossEntropy(logits, Tensor.Zeros([3])));
        Refused("expected -2 to 1", () => Losses.CrossEntropy(logits, numbers, axis: 2));
        Refused("expected an axis", () => Losses.CrossEntropy(1, 1));
        Refused("with no classes", () => Losses.CrossEntropy(Tensor.Zeros([2, 0]), numbers));
        Refused("label smoothing 1.5", () => Losses.CrossEntropy(logits, numbers, labelSmoothing: 1.5));
        Refused("label smoothing NaN", () => Losses.CrossEntropy(logits, numbers, labelSmoothing: double.NaN));
        Refused("weights [2]", () => Losses.CrossEntropy(logits, numbers, weights: Tensor.Of([1, 2])));
        Refused("a weight -1", () => Losses.CrossEntropy(logits, numbers, weights: Tensor.Of([1, 2, -1])));
        Refused("a weight Infinity", () => Losses.NegativeLogLikelihood(logits, numbers, weights: Tensor.Of([1, 2, Infinity])));
        Refused("for class numbers only", () => Losses.CrossEntropy(logits, logits, ignore: 1));
        Refused("reduction of no name", () => Losses.CrossEntropy(logits, numbers, (LossReduction)9));
        Refused("BatchMean", () => Losses.CrossEntropy(Tensor.Zeros([3]), 0, LossReduction.BatchMean));
        Refused("expected [2]", () => Losses.NegativeLogLikelihood(logits, logits));
        Assert.Throws<ArgumentNullException>(() => Losses.CrossEntropy(null!, numbers));
        Assert.Throws<ArgumentNullException>(() => Losses.CrossEntropy(logits, null!));

        static void Refused(string expected, Func<Tensor> loss) =>
            Assert.Contains(expected, Assert.Throws<ArgumentException>(loss).Message, StringComparison.Ordinal);
    }
}
