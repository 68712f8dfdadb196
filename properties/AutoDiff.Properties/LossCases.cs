using AutoDiff.Laws;
using AutoDiff.Nets;
using FsCheck;

namespace AutoDiff.Properties;

/// <summary>Every loss in each argument that it can be differentiated in, and every penalty: points stay away from kinks.</summary>
public static class LossCases
{
    private static readonly Tensor Numbers = Tensor.Of([2, 0, 1, 1]);
    private static readonly Tensor Signs = Tensor.Of([1, -1, -1, 1]);
    private static readonly Tensor Shares = Tensor.Of([0.5, 0.25, 0.25, 0, 1, 0, 0.125, 0.75, 0.125, 0.5, 0, 0.5], 4, 3);
    private static readonly Tensor Weights = Tensor.Of([0.5, 2, 1.25]);
    private static readonly Tensor Variances = Tensor.Of([0.75, 1.5, 0.5, 2], 4, 1);
    private static readonly Tensor Known = Tensor.Of([1.25, -0.5, 0.75, 2.25, -1.5, 0.25, -0.75, 1.75, 0.5, -2.5, 1.5, -0.25], 4, 3);

    /// <summary>The rows.</summary>
    public static IReadOnlyList<Case> All { get; } =
    [
        new("CrossEntropy", x => Losses.CrossEntropy(x, Numbers), Any(4, 3)),
        new("CrossEntropy: each", x => Losses.CrossEntropy(x, Numbers, LossReduction.None), Any(4, 3)),
        new("CrossEntropy: smoothed, weighted, one ignored", Smoothed, Any(4, 3)),
        new("CrossEntropy: classes along the first axis", x => Losses.CrossEntropy(x, Numbers, axis: 0), Any(3, 4)),
        new("CrossEntropy: shares", x => Losses.CrossEntropy(x, Shares), Any(4, 3)),
        new("CrossEntropy: by the shares", x => Losses.CrossEntropy(Known, x, weights: Weights), In(Domain.Positive, 4, 3)),
        new("CrossEntropy: by the weights", x => Losses.CrossEntropy(Known, Numbers, weights: x), In(Domain.Positive, 3)),
        new("NegativeLogLikelihood", x => Losses.NegativeLogLikelihood(x, Numbers, weights: Weights, ignore: 0), Any(4, 3)),
        new("MeanSquared", x => Losses.MeanSquared(x, Known), Any(4, 3)),
        new("MeanSquared: by the targets", x => Losses.MeanSquared(Known, x, LossReduction.BatchMean), Any(4, 3)),
        new("HalfSquared", x => Losses.HalfSquared(x, Known), Any(4, 3)),
        new("HalfSquared: each", x => Losses.HalfSquared(x, Known, LossReduction.None), Any(4, 3)),
        new("MeanAbsolute", x => Losses.MeanAbsolute(x, Tensor.Full(5, [4, 3])), Any(4, 3)),
        new("Huber: near", x => Losses.Huber(x, Known, 9), Any(4, 3)),
        new("Huber: far", x => Losses.Huber(x, Tensor.Full(5, [4, 3]), 0.5), Any(4, 3)),
        new("SmoothL1: near", x => Losses.SmoothL1(x, Known, 9), Any(4, 3)),
        new("SmoothL1: far", x => Losses.SmoothL1(x, Tensor.Full(5, [4, 3]), 0), Any(4, 3)),
        new("BinaryCrossEntropy", x => Losses.BinaryCrossEntropy(x, Shares, Weights), In(Domain.UnitInterval, 4, 3)),
        new("BinaryCrossEntropyWithLogits", x => Losses.BinaryCrossEntropyWithLogits(x, Shares, Weights, Weights), Any(4, 3)),
        new(
            "BinaryCrossEntropyWithLogits: by the targets",
            x => Losses.BinaryCrossEntropyWithLogits(Known, x),
            In(Domain.UnitInterval, 4, 3)
        ),
        new("SoftMargin", x => Losses.SoftMargin(x, Signs), Any(4)),
        new("Hinge", x => Losses.Hinge(x, Signs), In(Domain.UnitInterval, 4)),
        new("SquaredHinge", x => Losses.SquaredHinge(x, Signs), In(Domain.UnitInterval, 4)),
        new("MultiMargin", x => Losses.MultiMargin(x, Numbers, margin: 7, weights: Weights), Any(4, 3)),
        new("MultiMargin: squared", x => Losses.MultiMargin(x, Numbers, 2, 7), Any(4, 3)),
        new("CosineEmbedding", x => Losses.CosineEmbedding(x, Known, Signs, -1), In(Domain.Positive, 4, 3)),
        new("TripletMargin", x => Losses.TripletMargin(x, Known, 2 * Known, 20), Any(4, 3)),
        new("TripletMargin: of order 4", x => Losses.TripletMargin(x, Known, 2 * Known, 20, 4), Any(4, 3)),
        new("KullbackLeibler", x => Losses.KullbackLeibler(x, Shares), Any(4, 3)),
        new("KullbackLeibler: by the targets", x => Losses.KullbackLeibler(Known, x), In(Domain.Positive, 4, 3)),
        new("KullbackLeibler: of logarithms", x => Losses.KullbackLeibler(Known, x, logTargets: true), Any(4, 3)),
        new("PoissonNegativeLogLikelihood", x => Losses.PoissonNegativeLogLikelihood(x, Shares), Any(4, 3)),
        new(
            "PoissonNegativeLogLikelihood: of rates",
            x => Losses.PoissonNegativeLogLikelihood(x, Shares, isLog: false),
            In(Domain.Positive, 4, 3)
        ),
        new("GaussianNegativeLogLikelihood", x => Losses.GaussianNegativeLogLikelihood(x, Known, Variances), Any(4, 3)),
        new(
            "GaussianNegativeLogLikelihood: by the variances",
            x => Losses.GaussianNegativeLogLikelihood(Known, Known - 1, x),
            In(Domain.Positive, 4, 3)
        ),
        new("L1", x => Penalties.L1(x, 0.5), In(Domain.NonZero, 4, 3)),
        new("L2", x => Penalties.L2(x, 0.5), Any(4, 3)),
        new("ElasticNet", x => Penalties.ElasticNet(x, 0.5, 0.25), In(Domain.NonZero, 4, 3)),
    ];

    private static Tensor Smoothed(Tensor x) => Losses.CrossEntropy(x, Numbers, LossReduction.Mean, 0.2, Weights, ignore: 0);

    private static Arbitrary<Tensor> Any(params int[] shape) => In(Domain.Any, shape);

    private static Arbitrary<Tensor> In(Domain domain, params int[] shape) => Tensors.Of(Shape.Of(shape), domain);
}
