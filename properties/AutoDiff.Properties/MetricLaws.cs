using AutoDiff.Nets;
using Xunit;

namespace AutoDiff.Properties;

/// <summary>What holds of metrics of any predictions.</summary>
public sealed class MetricLaws
{
    private const int Classes = 5;
    private const int Examples = 60;

    // Rounded, so that scores are equal now and then.
    private static readonly (Tensor Scores, Tensor Actual)[] Predictions =
    [
        .. from seed in Enumerable.Range(0, 20)
        let key = Key.Of((ulong)seed)
        let actual = key.FoldIn(0).Integers([Examples], Classes)
        select (Ops.Round(2 * (key.FoldIn(1).Normal([Examples, Classes]) + Ops.OneHot(actual, Classes))) / 2, actual),
    ];

    private static readonly (string Name, Func<Tensor, Tensor, double> Value)[] Figures =
    [
        ("accuracy", (x, y) => Metrics.Accuracy(x, y).Item()),
        ("top 2", (x, y) => Metrics.TopK(x, y, 2).Item()),
        ("MCC", (x, y) => ConfusionMatrix.Of(x, y).MatthewsCorrelation),
        ("F weighted", (x, y) => ConfusionMatrix.Of(x, y).FScore(ClassAverage.Weighted, 2)),
        ("AUC rest", (x, y) => Metrics.RocAuc(x, y, RocAverage.OneVersusRest)),
        ("AUC one", (x, y) => Metrics.RocAuc(x, y, RocAverage.OneVersusOne)),
        ("average precision", (x, y) => Metrics.AveragePrecision(Ops.Take(x, 1, 0), Ops.Equal(y, 0))),
        ("Brier", (x, y) => Metrics.Brier(Ops.Softmax(x), y)),
        ("log loss", (x, y) => Metrics.LogLoss(Ops.Softmax(x), y)),
        ("calibration", (x, y) => Metrics.Calibration(Ops.Softmax(x), y, 7).ExpectedError),
        ("calibration of equal mass", (x, y) => Metrics.Calibration(Ops.Softmax(x), y, 7, CalibrationBins.EqualMass).MaximumError),
    ];

    public static TheoryData<string> Names => [.. Figures.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_order_of_examples_does_not_matter(string name)
    {
        var value = Array.Find(Figures, row => string.Equals(row.Name, name, StringComparison.Ordinal)).Value;
        foreach (var (scores, actual) in Predictions)
        {
            var order = Tensor.Of(Array.ConvertAll(Key.Of(1).Permutation(Examples), i => (double)i));
            Assert.Equal(value(scores, actual), value(Ops.Gather(scores, order), Ops.Gather(actual, order)), 1e-13);
        }
    }

    [Fact]
    public void Names_of_classes_do_not_matter()
    {
        foreach (var (scores, actual) in Predictions)
        {
            var (predicted, names) = (Ops.ArgMax(scores), Tensor.Of([3.0, 0, 4, 1, 2]));
            var (before, after) = (
                ConfusionMatrix.OfPredicted(predicted, actual, Classes),
                ConfusionMatrix.OfPredicted(Ops.Gather(names, predicted), Ops.Gather(names, actual), Classes)
            );
            Assert.Equal(before.MatthewsCorrelation, after.MatthewsCorrelation, 1e-15);
            Assert.Equal(before.CohensKappa, after.CohensKappa, 1e-15);
            Assert.Equal(before.BalancedAccuracy, after.BalancedAccuracy, 1e-15);
            foreach (var average in Enum.GetValues<ClassAverage>())
                Assert.Equal(before.FScore(average), after.FScore(average), 1e-15);
        }
    }

    [Fact]
    public void Truth_and_prediction_change_places()
    {
        foreach (var (scores, actual) in Predictions)
        {
            var predicted = Ops.ArgMax(scores);
            var (one, other) = (
                ConfusionMatrix.OfPredicted(predicted, actual, Classes),
                ConfusionMatrix.OfPredicted(actual, predicted, Classes)
            );
            Assert.Equal(one.MatthewsCorrelation, other.MatthewsCorrelation, 1e-15);
            Assert.Equal(one.CohensKappa, other.CohensKappa, 1e-15);
            Assert.Equal(one.Precision(ClassAverage.Macro), other.Recall(ClassAverage.Macro), 1e-15);
            Assert.Equal(one.ToTensor().ToArray(), Ops.Transpose(other.ToTensor()).ToArray());
        }
    }

    [Fact]
    public void Parts_add_up()
    {
        foreach (var (scores, actual) in Predictions)
        {
            var parts =
                ConfusionMatrix.Of(Ops.Slice(scores, 0, 0, 13), Ops.Slice(actual, 0, 0, 13))
                + ConfusionMatrix.Of(Ops.Slice(scores, 0, 13), Ops.Slice(actual, 0, 13));
            var whole = ConfusionMatrix.Of(scores, actual);
            Assert.Equal(whole, parts);
            Assert.Equal(whole.Accuracy, Metrics.Accuracy(scores, actual).Item(), 1e-15);
            Assert.Equal(whole.Accuracy, whole.Recall(ClassAverage.Micro), 1e-15);
        }
    }

    [Fact]
    public void Areas_know_the_order_of_scores_alone()
    {
        foreach (var (scores, actual) in Predictions)
        {
            var (x, y) = (Ops.Take(scores, 1, 0), Ops.Equal(actual, 0));
            var area = Metrics.RocAuc(x, y);
            Assert.Equal(area, Metrics.RocAuc(Ops.Exp(3 * x), y), 1e-15);
            Assert.Equal(1 - area, Metrics.RocAuc(-x, y), 1e-15);
            Assert.Equal(1 - area, Metrics.RocAuc(x, 1 - y), 1e-15);
            Assert.Equal(Metrics.AveragePrecision(x, y), Metrics.AveragePrecision((x * x * x) + x, y), 1e-15);
            var curve = Metrics.RocCurve(x, y);
            Assert.Equal(
                (0, 1, 0, 1),
                (curve.FalsePositiveRates[0], curve.FalsePositiveRates[^1], curve.TruePositiveRates[0], curve.TruePositiveRates[^1])
            );
            Assert.Equal(curve.Thresholds.OrderDescending(), curve.Thresholds);
            // U counts the same pairs.
            var (right, wrong) = (Of(x, y, 1), Of(x, y, 0));
            Assert.Equal(Statistics.MannWhitneyU(right, wrong).Statistic / (right.Length * wrong.Length), area, 1e-15);
        }
    }

    private static double[] Of(Tensor scores, Tensor classes, double number)
    {
        var numbers = classes.ToArray();
        return [.. scores.ToArray().Where((_, i) => numbers[i] == number)];
    }
}
