using AutoDiff.Nets;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Nets;

/// <summary>Losses at margins, kinks, infinities and probabilities of 0, and what they refuse.</summary>
public class LossEdgeTests
{
    private const double Infinity = double.PositiveInfinity;

    [Theory]
    [InlineData(Infinity, 1, 0)]
    [InlineData(Infinity, 0, Infinity)]
    [InlineData(-Infinity, 0, 0)]
    [InlineData(-Infinity, 1, Infinity)]
    [InlineData(800, 1, 0)]
    [InlineData(800, 0, 800)]
    [InlineData(-800, 1, 800)]
    [InlineData(-20, 0, 2.0611536203143807e-9)] // ln(1 + e^-20)
    [InlineData(20, 1, 2.0611536203143807e-9)]
    [InlineData(0, 0.5, 0.6931471805599453)]
    public void BinaryLogitsLoseNothing(double logit, double target, double expected)
    {
        var loss = Losses.BinaryCrossEntropyWithLogits(logit, target).Item();
        Assert.True(loss == expected || Math.Abs(loss - expected) <= 1e-15 * expected, $"{loss} for {expected}");
        // σ(x) − t, and σ′(x).
        var (x, t) = (Tensor.Of(logit), Tensor.Of(target));
        Func<Tensor, Tensor> slope = Grad<Tensor>(x => Losses.BinaryCrossEntropyWithLogits(x, t));
        Assert.Equal(Sigmoid(x).Item() - target, slope(x).Item(), 1e-15);
        Assert.Equal(0.25 * SechSquared(0.5 * x).Item(), Grad<Tensor>(slope)(x).Item(), 1e-15);
    }

    [Theory]
    [InlineData(0, 1, 100)]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 100)]
    [InlineData(1, 1, 0)]
    [InlineData(1e-300, 1, 100)]
    [InlineData(3.7e-44, 1, 100)] // Just below e⁻¹⁰⁰ = 3.72…e-44.
    [InlineData(-0.1, 1, double.NaN)]
    [InlineData(1.1, 0, double.NaN)]
    public void LogarithmsOfProbabilitiesAreHeld(double probability, double target, double expected)
    {
        Assert.Equal(expected, Losses.BinaryCrossEntropy(probability, target).Item());
        if (!double.IsNaN(expected) && target == (probability < 0.5 ? 1 : 0))
            Assert.Equal(0, Grad<Tensor>(p => Losses.BinaryCrossEntropy(p, target))(probability).Item());
    }

    [Fact]
    public void AShareOf0HasNoDivergence()
    {
        Assert.Equal(Math.Log(2), Losses.KullbackLeibler(Log(Tensor.Of([0.5, 0.5], 1, 2)), Tensor.Of([0, 1], 1, 2)).Item(), 1e-15);
        Assert.Equal(0, Losses.KullbackLeibler(Tensor.Of([-Infinity, 0], 1, 2), Tensor.Of([0, 1], 1, 2)).Item());
        Assert.Equal(0, Losses.KullbackLeibler(Tensor.Of([-Infinity, 0], 1, 2), Tensor.Of([-Infinity, 0], 1, 2), logTargets: true).Item());
        Assert.Equal(Infinity, Losses.KullbackLeibler(Tensor.Of([-Infinity, 0], 1, 2), Tensor.Of([0.5, 0.5], 1, 2)).Item());
        var gradient = Grad(x => Losses.KullbackLeibler(x, Tensor.Of([0, 1], 1, 2)), Tensor.Of([-Infinity, 0], 1, 2));
        Assert.Equal([0, -1], gradient.ToArray());
    }

    [Fact]
    public void HuberChangesItsFormAtDelta()
    {
        Func<Tensor, Tensor> slope = Grad<Tensor>(y => Losses.Huber(y, 0, 2));
        var second = Grad<Tensor>(slope);
        foreach (
            var (error, value, first, curvature) in new[]
            {
                (2.0, 2.0, 2.0, 1.0),
                (-2, 2, -2, 1),
                (2.5, 3, 2, 0),
                (0, 0, 0, 1),
                (Infinity, Infinity, 2, 0),
            }
        )
        {
            Assert.Equal(value, Losses.Huber(error, 0, 2).Item());
            Assert.Equal(first, slope(error).Item());
            Assert.Equal(curvature, second(error).Item());
        }
    }

    [Fact]
    public void KinksHaveTheDerivativeStated()
    {
        Assert.Equal(0, Grad<Tensor>(y => Losses.MeanAbsolute(y, 3))(3).Item());
        Assert.Equal(0, Grad<Tensor>(x => Losses.Hinge(x, 1))(1).Item());
        Assert.Equal(0, Grad<Tensor>(x => Losses.SquaredHinge(x, 1))(1).Item());
        Assert.Equal(-1, Grad<Tensor>(x => Losses.Hinge(x, 1))(0.5).Item());
        Assert.Equal(800, Losses.SoftMargin(-800, 1).Item());
    }

    [Fact]
    public void EqualPointsAndZerosAreDifferentiable()
    {
        var ones = Tensor.Ones([1, 2]);
        Assert.All(Grad(a => Losses.TripletMargin(a, ones, ones), ones).ToArray(), slope => Assert.True(double.IsFinite(slope)));
        Assert.All(
            Grad(a => Losses.CosineEmbedding(a, ones, Tensor.Ones([1])), Tensor.Zeros([1, 2])).ToArray(),
            slope => Assert.True(double.IsFinite(slope))
        );
    }

    [Fact]
    public void NaNPassesThroughEveryLoss()
    {
        var (bad, t) = (Tensor.Of([double.NaN, 1], 1, 2), Tensor.Of([1, -1], 1, 2));
        foreach (
            var loss in new[]
            {
                Losses.MeanSquared(bad, t),
                Losses.HalfSquared(bad, t),
                Losses.MeanAbsolute(bad, t),
                Losses.Huber(bad, t),
                Losses.SmoothL1(bad, t),
                Losses.Hinge(bad, t),
                Losses.SquaredHinge(bad, t),
                Losses.SoftMargin(bad, t),
                Losses.BinaryCrossEntropy(bad, t),
                Losses.BinaryCrossEntropyWithLogits(bad, t),
                Losses.MultiMargin(bad, Tensor.Of([1])),
                Losses.CosineEmbedding(bad, t, Tensor.Of([1])),
                Losses.TripletMargin(bad, t, t),
                Losses.KullbackLeibler(bad, t),
                Losses.PoissonNegativeLogLikelihood(bad, t),
                Losses.GaussianNegativeLogLikelihood(bad, t, t),
                Losses.NegativeLogLikelihood(bad, Tensor.Of([0])),
            }
        )
            Assert.True(double.IsNaN(loss.Item()));
    }

    [Fact]
    public void AVarianceBelowTheLeastIsHeldButKeepsItsDerivative()
    {
        Assert.Equal(0.5 * (Math.Log(1e-6) + 1e6), Losses.GaussianNegativeLogLikelihood(1, 0, 0).Item(), 1e-8);
        Assert.Equal(0.5 * (1e6 - 1e12), Grad<Tensor>(v => Losses.GaussianNegativeLogLikelihood(1, 0, v))(0).Item(), 1e-3);
    }

    [Fact]
    public void ShapesAndCoefficientsAreChecked()
    {
        var (x, y) = (Tensor.Zeros([2, 3]), Tensor.Zeros([3, 2]));
        Func<Tensor>[] unlike =
        [
            () => Losses.MeanSquared(x, y),
            () => Losses.HalfSquared(x, y),
            () => Losses.MeanAbsolute(x, y),
            () => Losses.Huber(x, y),
            () => Losses.SmoothL1(x, y),
            () => Losses.Hinge(x, y),
            () => Losses.SquaredHinge(x, y),
            () => Losses.SoftMargin(x, y),
            () => Losses.BinaryCrossEntropy(x, y),
            () => Losses.BinaryCrossEntropyWithLogits(x, y),
            () => Losses.CosineEmbedding(x, y, x),
            () => Losses.TripletMargin(x, y, x),
            () => Losses.TripletMargin(x, x, y),
            () => Losses.KullbackLeibler(x, y),
            () => Losses.PoissonNegativeLogLikelihood(x, y),
            () => Losses.GaussianNegativeLogLikelihood(x, y, x),
        ];
        Assert.All(
            unlike,
            loss =>
                Assert.Contains(
                    "got predictions [2,3] and targets [3,2]; expected equal shapes",
                    Assert.Throws<ArgumentException>(loss).Message,
                    StringComparison.Ordinal
                )
        );
        Assert.Throws<ArgumentNullException>(() => Losses.MeanSquared(null!, y));
        Assert.Throws<ArgumentNullException>(() => Losses.MeanSquared(x, null!));
        Refused("delta 0", () => Losses.Huber(x, x, 0));
        Refused("beta -1", () => Losses.SmoothL1(x, x, -1));
        Refused("a batch axis", () => Losses.HalfSquared(1, 1));
        Refused("weights [2]", () => Losses.BinaryCrossEntropy(x, x, Tensor.Zeros([2])));
        Refused("weights [2]", () => Losses.BinaryCrossEntropyWithLogits(x, x, positiveWeights: Tensor.Zeros([2])));
        Refused("power 3", () => Losses.MultiMargin(x, Tensor.Zeros([2]), 3));
        Refused("margin NaN", () => Losses.MultiMargin(x, Tensor.Zeros([2]), 1, double.NaN));
        Refused("class numbers [3]", () => Losses.MultiMargin(x, Tensor.Zeros([3])));
        Refused("a target for each vector", () => Losses.CosineEmbedding(x, x, Tensor.Zeros([3])));
        Refused("margin 2", () => Losses.CosineEmbedding(x, x, Tensor.Zeros([2]), 2));
        Refused("margin 0", () => Losses.TripletMargin(x, x, x, 0));
        Refused("order 0.5", () => Losses.TripletMargin(x, x, x, 1, 0.5));
        Refused("expected [batch,length]", () => Losses.TripletMargin(1, 1, 1));
        Refused("epsilon -1", () => Losses.PoissonNegativeLogLikelihood(x, x, epsilon: -1));
        Refused("epsilon 0", () => Losses.GaussianNegativeLogLikelihood(x, x, x, epsilon: 0));
        Refused("variances [2]", () => Losses.GaussianNegativeLogLikelihood(x, x, Tensor.Zeros([2])));

        static void Refused(string expected, Func<Tensor> loss) =>
            Assert.Contains(expected, Assert.Throws<ArgumentException>(loss).Message, StringComparison.Ordinal);
    }
}
