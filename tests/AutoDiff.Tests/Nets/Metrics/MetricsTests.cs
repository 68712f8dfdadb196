using AutoDiff.Nets;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Nets;

public class MetricsTests
{
    private static readonly Tensor Scores = Tensor.Of([1, 3, 2, 5, 5, 5, double.NaN, 0, 1, 0, double.NaN, 9], 4, 3);

    [Theory]
    [InlineData(new double[] { 1, 0, 0, 2 }, 1, 0.5)] // the highest; the first of equals; NaN elsewhere; NaN elsewhere
    [InlineData(new double[] { 2, 1, 2, 1 }, 1, 0)]
    [InlineData(new double[] { 2, 1, 2, 2 }, 2, 1)]
    [InlineData(new double[] { 0, 2, 1, 0 }, 2, 0)]
    [InlineData(new double[] { 0, 2, 1, 1 }, 3, 0.75)] // its own score is NaN
    public void Equal_scores_count_in_order_and_NaN_counts_first(double[] classes, int k, double expected) =>
        Assert.Equal(expected, Metrics.TopK(Scores, Tensor.Of(classes), k).Item());

    [Fact]
    public void Accuracy_is_part_of_plans_of_both_precisions()
    {
        var (scores, classes) = (Key.Of(1).Normal([200, 7]), Key.Of(2).Integers([200], 7));
        var expected = ConfusionMatrix.Of(scores, classes).Accuracy;
        Assert.Equal(expected, Compile((Tensor x, Tensor y) => Metrics.Accuracy(x, y)).Invoke(scores, classes).Item(), 1e-15);
        var single = Compile<float, Tensor, Tensor, Tensor>((x, y) => Metrics.Accuracy(x, y));
        Assert.Equal(expected, single.Invoke(scores, classes).Item(), 1e-7);
        var (many, numbers) = (Key.Of(3).Normal([5, 20, 4]), Key.Of(4).Integers([5, 20], 4));
        Assert.Equal(
            Enumerable.Range(0, 5).Select(i => Metrics.TopK(Ops.Take(many, 0, i), Ops.Take(numbers, 0, i), 2).Item()),
            Vmap<Tensor, Tensor, Tensor>((x, y) => Metrics.TopK(x, y, 2))(many, numbers).ToArray()
        );
        Assert.Equal(0.0, Grad<Tensor>(x => Metrics.Accuracy(x, classes))(scores).ToArray().Max(Math.Abs));
    }

    [Fact]
    public void Accuracy_is_over_all_leading_axes() =>
        Assert.Equal(0.75, Metrics.Accuracy(Tensor.Of([1, 0, 0, 1, 1, 0, 1, 0], 2, 2, 2), Tensor.Of([0, 1, 1, 0], 2, 2)).Item());

    [Fact]
    public void Matrices_of_batches_add_up()
    {
        var first = ConfusionMatrix.OfPredicted(Tensor.Of([0, 1, 1]), Tensor.Of([0, 0, 1]), 2);
        var second = ConfusionMatrix.OfPredicted(Tensor.Of([0]), Tensor.Of([1]), 2);
        var sum = first + second;
        Assert.Equal(
            ConfusionMatrix.OfCounts(
                new long[,]
                {
                    { 1, 1 },
                    { 1, 1 },
                }
            ),
            sum
        );
        Assert.Equal(
            ConfusionMatrix
                .OfCounts(
                    new long[,]
                    {
                        { 1, 1 },
                        { 1, 1 },
                    }
                )
                .GetHashCode(),
            sum.GetHashCode()
        );
        Assert.NotEqual(first, sum);
        Assert.Equal((4, 1, 0), (sum.Total, first[0, 1], first[1, 0]));
        Assert.Equal([1, 1, 0, 1], first.ToTensor().ToArray());
    }

    [Fact]
    public void Shares_are_of_rows_columns_or_all()
    {
        var matrix = ConfusionMatrix.OfCounts(
            new long[,]
            {
                { 1, 3 },
                { 0, 0 },
            }
        );
        Assert.Equal([0.25, 0.75, 0, 0], matrix.Normalized(Shares.OfActual).ToArray());
        Assert.Equal([1, 1, 0, 0], matrix.Normalized(Shares.OfPredicted).ToArray());
        Assert.Equal([0.25, 0.75, 0, 0], matrix.Normalized(Shares.OfAll).ToArray());
    }

    [Fact]
    public void What_is_a_share_of_nothing_is_0()
    {
        var matrix = ConfusionMatrix.OfCounts(
            new long[,]
            {
                { 0, 0 },
                { 5, 0 },
            }
        );
        Assert.Equal(
            (0, 0, 0, 0, 0),
            (matrix.Precision(1), matrix.Recall(0), matrix.FScore(1), matrix.MatthewsCorrelation, matrix.Accuracy)
        );
        var (empty, right) = (
            ConfusionMatrix.OfCounts(new long[2, 2]),
            ConfusionMatrix.OfCounts(
                new long[,]
                {
                    { 3, 0 },
                    { 0, 0 },
                }
            )
        );
        Assert.Equal((0, 0, 0), (empty.Accuracy, empty.Recall(ClassAverage.Weighted), right.MatthewsCorrelation));
        Assert.Equal((double.NaN, double.NaN, double.NaN), (empty.BalancedAccuracy, empty.CohensKappa, right.CohensKappa));
        Assert.Equal(1, right.BalancedAccuracy);
    }

    [Fact]
    public void Correlations_of_many_examples_are_exact()
    {
        // 1.2e9 examples: n² is beyond a double's whole numbers.
        var matrix = ConfusionMatrix.OfCounts(
            new long[,]
            {
                { 300_000_001, 300_000_000 },
                { 300_000_000, 300_000_000 },
            }
        );
        // (ad − bc) ⁄ √…, with ad − bc = 3e8 exactly.
        Assert.Equal(3e8 / (600_000_001.0 * 600_000_000), matrix.MatthewsCorrelation, 1e-22);
    }

    [Fact]
    public void Without_both_classes_areas_are_NaN()
    {
        var (scores, ones) = (Tensor.Of([0.1, 0.7]), Tensor.Of([1.0, 1]));
        Assert.Equal(double.NaN, Metrics.RocAuc(scores, ones));
        Assert.Equal(double.NaN, Metrics.AveragePrecision(scores, ones - 1));
        Assert.Equal(double.NaN, Metrics.RocAuc(Tensor.Of([1, 2, 3, 4, 5, 6], 2, 3), Tensor.Of([0.0, 1]), RocAverage.OneVersusOne));
        Assert.Equal(double.NaN, Metrics.RocCurve(scores, ones).FalsePositiveRates[1]);
        Assert.Equal([0, 0.5, 1], Metrics.RocCurve(scores, ones).TruePositiveRates);
    }

    [Fact]
    public void Certain_probabilities_cost_all_or_nothing()
    {
        Assert.Equal(
            (0, 0),
            (Metrics.LogLoss(Tensor.Of([0.0, 1]), Tensor.Of([0.0, 1])), Metrics.Brier(Tensor.Of([0.0, 1]), Tensor.Of([0.0, 1])))
        );
        Assert.Equal(double.PositiveInfinity, Metrics.LogLoss(Tensor.Of([0, 1.0], 1, 2), Tensor.Of([0.0])));
        Assert.Equal(1e-20, Metrics.LogLoss(Tensor.Of([1e-20]), Tensor.Of([0.0])), 1e-30);
        var calibration = Metrics.Calibration(Tensor.Of([0, 0.1, 0.1000001, 1]), Tensor.Of([0.0, 1, 1, 1]));
        Assert.Equal([(0, 2), (0.1, 1), (0.9, 1)], calibration.Bins.Select(bin => (bin.Low, bin.Count)));
    }

    [Fact]
    public void Equal_targets_are_explained_wholly_or_not()
    {
        var targets = Tensor.Of([0.1, 0.1, 0.1]);
        Assert.Equal((1, 0), (Metrics.RSquared(targets, targets).Item(), Metrics.RSquared(targets + 1, targets).Item()));
        var single = Compile<float, Tensor, Tensor, Tensor>(Metrics.RSquared);
        Assert.Equal(0.5, single.Invoke(Tensor.Of([0.0, 0.5]), Tensor.Of([0.0, 1])).Item());
    }

    public static TheoryData<string> Rejected => [.. Misuses.Select(misuse => misuse.Message)];

    [Theory]
    [MemberData(nameof(Rejected))]
    public void Misuse_is_reported(string message) =>
        Assert.Contains(
            message,
            Assert.ThrowsAny<ArgumentException>(Misuses.Single(misuse => misuse.Message == message).Call).Message,
            StringComparison.Ordinal
        );

    private static readonly Tensor Four = Tensor.Of([1, 2, 3, 4], 2, 2);
    private static readonly Tensor Pair = Tensor.Of([0.0, 1]);

    private static readonly (string Message, Action Call)[] Misuses =
    [
        ("[Metrics.Accuracy] got null for scores", () => Metrics.Accuracy(null!, Pair)),
        ("[Metrics.Accuracy] got null for classes", () => Metrics.Accuracy(Four, null!)),
        ("[Metrics.Accuracy] got scores [2,2] and classes [3]", () => Metrics.Accuracy(Four, Tensor.Zeros([3]))),
        ("[Metrics.Accuracy] got scores [0,2] and classes [0]", () => Metrics.Accuracy(Tensor.Zeros([0, 2]), Tensor.Zeros([0]))),
        ("index 2", () => Metrics.Accuracy(Four, Pair + 1).Item()),
        ("index 0.5", () => Metrics.Accuracy(Four, Pair / 2).Item()),
        ("[Metrics.TopK] got k 0; expected 1 to the 2 classes", () => Metrics.TopK(Four, Pair, 0)),
        ("[Metrics.TopK] got k 3; expected 1 to the 2 classes", () => Metrics.TopK(Four, Pair, 3)),
        (
            "[ConfusionMatrix.Of] got NaN at position 3 of scores",
            () => ConfusionMatrix.Of(Four / Tensor.Of([1, 1, 1, double.NaN], 2, 2), Pair)
        ),
        ("[ConfusionMatrix.Of] got 2 at position 1 of classes", () => ConfusionMatrix.Of(Four, Pair + 1)),
        ("[ConfusionMatrix.Of] got scores [2] and classes [2]", () => ConfusionMatrix.Of(Pair, Pair)),
        ("[ConfusionMatrix.OfPredicted] got -1 at position 0 of predicted", () => ConfusionMatrix.OfPredicted(Pair - 1, Pair, 2)),
        ("[ConfusionMatrix.OfPredicted] got 0.5 at position 1 of actual", () => ConfusionMatrix.OfPredicted(Pair, Pair / 2, 2)),
        ("[ConfusionMatrix.OfPredicted] got predicted [2] and actual [3]", () => ConfusionMatrix.OfPredicted(Pair, Tensor.Zeros([3]), 2)),
        ("[ConfusionMatrix.OfPredicted] got 0 classes", () => ConfusionMatrix.OfPredicted(Pair, Pair, 0)),
        ("[ConfusionMatrix.OfCounts] got [1,2]", () => ConfusionMatrix.OfCounts(new long[1, 2])),
        (
            "[ConfusionMatrix.OfCounts] got a count of -1",
            () =>
                ConfusionMatrix.OfCounts(
                    new long[,]
                    {
                        { -1 },
                    }
                )
        ),
        (
            "[ConfusionMatrix.+] got 1 and 2 classes",
            () => _ = ConfusionMatrix.OfCounts(new long[1, 1]) + ConfusionMatrix.OfCounts(new long[2, 2])
        ),
        ("[ConfusionMatrix] got class 2; expected 0 to 1", () => ConfusionMatrix.OfCounts(new long[2, 2]).Recall(2)),
        ("[ConfusionMatrix] got average 7", () => ConfusionMatrix.OfCounts(new long[2, 2]).Recall((ClassAverage)7)),
        ("[ConfusionMatrix.Normalized] got 5", () => ConfusionMatrix.OfCounts(new long[2, 2]).Normalized((Shares)5)),
        ("[ConfusionMatrix.FScore] got β 0", () => ConfusionMatrix.OfCounts(new long[2, 2]).FScore(0, 0)),
        ("[Metrics.RocAuc] got NaN at position 1 of scores", () => Metrics.RocAuc(Tensor.Of([1, double.NaN]), Pair)),
        ("[Metrics.RocAuc] got 2 at position 1 of classes", () => Metrics.RocAuc(Pair, Pair * 2)),
        ("[Metrics.RocAuc] got scores [2,2] and classes [2]; expected [batch] twice", () => Metrics.RocAuc(Four, Pair)),
        ("[Metrics.RocAuc] got average 3", () => Metrics.RocAuc(Four, Pair, (RocAverage)3)),
        ("[Metrics.RocAuc] got scores of 1 class", () => Metrics.RocAuc(Tensor.Zeros([2, 1]), Tensor.Zeros([2]), RocAverage.OneVersusRest)),
        ("[Metrics.RocCurve] got scores [0] and classes [0]", () => Metrics.RocCurve(Tensor.Zeros([0]), Tensor.Zeros([0]))),
        ("[Metrics.Brier] got 2 at position 1 of probabilities", () => Metrics.Brier(Four, Pair)),
        ("[Metrics.LogLoss] got probabilities [2] and classes [3]", () => Metrics.LogLoss(Pair, Tensor.Zeros([3]))),
        ("[Metrics.LogLoss] got NaN at position 0 of probabilities", () => Metrics.LogLoss(Tensor.Of([double.NaN]), Tensor.Of([0.0]))),
        ("[Metrics.Calibration] got 0 bins", () => Metrics.Calibration(Pair, Pair, 0)),
        ("[Metrics.Calibration] got rule 4", () => Metrics.Calibration(Pair, Pair, 5, (CalibrationBins)4)),
        ("[Metrics.RSquared] got predictions [2] for targets [2,2]", () => Metrics.RSquared(Pair, Four)),
        ("[Metrics.MaxError] got predictions [0] for targets [0]", () => Metrics.MaxError(Tensor.Zeros([0]), Tensor.Zeros([0]))),
    ];
}
