using System.Text.Json;
using AutoDiff.Nets;

namespace AutoDiff.Tests.Nets;

/// <summary>Every metric against its definition in NumPy.</summary>
public class KnownMetricsTests
{
    private static readonly JsonElement[] Known = [.. ReferenceData.Read("metrics.json").EnumerateArray()];

    // Figures of probabilities, which another program would round otherwise: at a bin's end that matters.
    private static readonly string[] OfProbabilities = ["brier", "log loss", "calibration"];

    private static readonly Dictionary<string, Func<Tensor, Tensor, double[]>> Many = ManyClasses()
        .ToDictionary(figure => figure.Name, figure => figure.Values, StringComparer.Ordinal);

    private static readonly Dictionary<string, Func<Tensor, Tensor, double[]>> Two = new(StringComparer.Ordinal)
    {
        ["auc"] = (x, y) => [Metrics.RocAuc(x, y)],
        ["thresholds"] = (x, y) => Behind(Metrics.RocCurve(x, y).Thresholds, double.PositiveInfinity),
        ["false positives"] = (x, y) => Behind(Metrics.RocCurve(x, y).FalsePositiveRates, 0),
        ["recalls"] = (x, y) => Behind(Metrics.PrecisionRecallCurve(x, y).Recalls, 0),
        ["precisions"] = (x, y) => Behind(Metrics.PrecisionRecallCurve(x, y).Precisions, 1),
        ["average precision"] = (x, y) => [Metrics.AveragePrecision(x, y)],
        ["brier"] = (x, y) => [Metrics.Brier(x, y)],
        ["log loss"] = (x, y) => [Metrics.LogLoss(x, y)],
        ["calibration 5 width"] = (x, y) => Row(Metrics.Calibration(x, y, 5)),
        ["calibration 5 mass"] = (x, y) => Row(Metrics.Calibration(x, y, 5, CalibrationBins.EqualMass)),
    };

    private static readonly Dictionary<string, Func<Tensor, Tensor, double[]>> Values = new(StringComparer.Ordinal)
    {
        ["rmse"] = (x, y) => Metrics.RootMeanSquaredError(x, y).ToArray(),
        ["mae"] = (x, y) => Metrics.MeanAbsoluteError(x, y).ToArray(),
        ["max"] = (x, y) => Metrics.MaxError(x, y).ToArray(),
        ["r2"] = (x, y) => Metrics.RSquared(x, y).ToArray(),
    };

    public static TheoryData<string> Names => [.. Known.Select(row => row.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Equal_their_definitions(string name)
    {
        var known = Array.Find(Known, row => row.GetProperty("name").GetString() == name);
        var figures = known.GetProperty("kind").GetString() switch
        {
            "many" => Many,
            "two" => Two,
            _ => Values,
        };
        var (x, y) = (known.GetProperty("x").Numbers(), known.GetProperty("y").Numbers());
        var scores = figures == Many ? Tensor.Of(x, y.Length, x.Length / y.Length) : Tensor.Of(x);
        var probabilities = known.TryGetProperty("probabilities", out var given)
            ? Ops.ReshapeTo(Tensor.Of(given.Numbers()), scores.Shape)
            : scores;
        foreach (var figure in known.GetProperty("figures").EnumerateObject())
        {
            var input = OfProbabilities.Any(start => figure.Name.StartsWith(start, StringComparison.Ordinal)) ? probabilities : scores;
            var expected = figure.Value.ValueKind == JsonValueKind.Array ? figure.Value.Numbers() : [figure.Value.GetDouble()];
            ReferenceData.AssertClose(expected, figures[figure.Name](input, Tensor.Of(y)), 1e-12, figure.Name);
        }
    }

    [Fact]
    public void Every_metric_is_compared() =>
        Assert.Empty(
            Many.Keys.Concat(Two.Keys)
                .Concat(Values.Keys)
                .Except(Known.SelectMany(row => row.GetProperty("figures").EnumerateObject().Select(figure => figure.Name)))
        );

    private static IEnumerable<(string Name, Func<Tensor, Tensor, double[]> Values)> ManyClasses() =>
        [
            .. Matrix("accuracy", matrix => matrix.Accuracy),
            .. Matrix("balanced", matrix => matrix.BalancedAccuracy),
            .. Matrix("mcc", matrix => matrix.MatthewsCorrelation),
            .. Matrix("kappa", matrix => matrix.CohensKappa),
            .. Scores("precision", (matrix, k) => matrix.Precision(k), (matrix, average) => matrix.Precision(average)),
            .. Scores("recall", (matrix, k) => matrix.Recall(k), (matrix, average) => matrix.Recall(average)),
            .. Scores("specificity", (matrix, k) => matrix.Specificity(k), (matrix, average) => matrix.Specificity(average)),
            .. Scores("F0.5", (matrix, k) => matrix.FScore(k, 0.5), (matrix, average) => matrix.FScore(average, 0.5)),
            .. Scores("F1", (matrix, k) => matrix.FScore(k), (matrix, average) => matrix.FScore(average)),
            .. Scores("F2", (matrix, k) => matrix.FScore(k, 2), (matrix, average) => matrix.FScore(average, 2)),
            ("top 1", (x, y) => Metrics.Accuracy(x, y).ToArray()),
            .. from k in new[] { 2, 3, 4, 5 } select ($"top {k}", TopK(k)),
            ("auc rest", (x, y) => [Metrics.RocAuc(x, y, RocAverage.OneVersusRest)]),
            ("auc one", (x, y) => [Metrics.RocAuc(x, y, RocAverage.OneVersusOne)]),
            ("brier", (x, y) => [Metrics.Brier(x, y)]),
            ("log loss", (x, y) => [Metrics.LogLoss(x, y)]),
            .. from bins in new[] { 1, 4, 10 }
            from rule in new[] { (Name: "width", Value: CalibrationBins.EqualWidth), (Name: "mass", Value: CalibrationBins.EqualMass) }
            select ($"calibration {bins} {rule.Name}", Calibrated(bins, rule.Value)),
        ];

    private static Func<Tensor, Tensor, double[]> TopK(int k) => (x, y) => Metrics.TopK(x, y, k).ToArray();

    private static Func<Tensor, Tensor, double[]> Calibrated(int bins, CalibrationBins rule) =>
        (x, y) => Row(Metrics.Calibration(x, y, bins, rule));

    private static IEnumerable<(string Name, Func<Tensor, Tensor, double[]> Values)> Matrix(
        string name,
        Func<ConfusionMatrix, double> value
    ) => [(name, (x, y) => [value(ConfusionMatrix.Of(x, y))])];

    private static IEnumerable<(string Name, Func<Tensor, Tensor, double[]> Values)> Scores(
        string name,
        Func<ConfusionMatrix, int, double> each,
        Func<ConfusionMatrix, ClassAverage, double> all
    ) =>
        [
            (
                $"{name} each",
                (x, y) =>
                    ConfusionMatrix.Of(x, y) is var matrix ? [.. Enumerable.Range(0, matrix.Classes).Select(k => each(matrix, k))] : []
            ),
            .. Matrix($"{name} macro", matrix => all(matrix, ClassAverage.Macro)),
            .. Matrix($"{name} micro", matrix => all(matrix, ClassAverage.Micro)),
            .. Matrix($"{name} weighted", matrix => all(matrix, ClassAverage.Weighted)),
        ];

    private static double[] Behind(IReadOnlyList<double> points, double first)
    {
        Assert.Equal(first, points[0]);
        return [.. points.Skip(1)];
    }

    private static double[] Row(Calibration of) =>
        [of.ExpectedError, of.MaximumError, .. of.Bins.SelectMany(bin => new[] { bin.Count, bin.Confidence, bin.Accuracy })];
}
