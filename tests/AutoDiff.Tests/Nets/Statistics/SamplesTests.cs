using System.Globalization;
using System.Text.Json;
using AutoDiff.Nets;

namespace AutoDiff.Tests.Nets;

/// <summary>Every statistic of many samples against SciPy's: every alternative and method, p-values to their own magnitude.</summary>
public class SamplesTests
{
    private static readonly JsonElement[] Known = [.. ReferenceData.Read("samples.json").EnumerateArray()];

    private static readonly (string Name, Alternative Value)[] Sides =
    [
        ("two-sided", Alternative.TwoSided),
        ("less", Alternative.Less),
        ("greater", Alternative.Greater),
    ];

    private static readonly Dictionary<string, Func<double[], double[], double[]>> Figures = All()
        .ToDictionary(figure => figure.Name, figure => figure.Values, StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Known.Select(sample => sample.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Equal_SciPy(string name)
    {
        var sample = Array.Find(Known, sample => sample.GetProperty("name").GetString() == name);
        var (x, y) = (sample.GetProperty("x").Numbers(), sample.GetProperty("y").Numbers());
        foreach (var figure in sample.GetProperty("figures").EnumerateObject())
        {
            double[] expected = [.. figure.Value.EnumerateArray().Select(Number)];
            var actual = Figures[figure.Name](x, y);
            Assert.Equal(expected.Length, actual.Length);
            for (var i = 0; i < expected.Length; i++)
                Assert.True(
                    expected[i].Equals(actual[i]) || Math.Abs(expected[i] - actual[i]) <= 1e-10 * Math.Abs(expected[i]),
                    $"{figure.Name} [{i}]: expected {expected[i]:R}, got {actual[i]:R}"
                );
        }
    }

    [Fact]
    public void Every_figure_is_compared() =>
        Assert.Empty(
            Figures.Keys.Except(Known.SelectMany(sample => sample.GetProperty("figures").EnumerateObject().Select(figure => figure.Name)))
        );

    private static double Number(JsonElement number) =>
        number.ValueKind == JsonValueKind.String ? double.Parse(number.GetString()!, CultureInfo.InvariantCulture) : number.GetDouble();

    private static IEnumerable<(string Name, Func<double[], double[], double[]> Values)> All() =>
        [
            ("summary", (x, _) => Row(Statistics.Summarize(x))),
            .. from level in new[] { 0.5, 0.95, 0.9999 } select ($"interval {level}", Interval(level)),
            ("skewness", (x, _) => [Statistics.Skewness(x)]),
            ("kurtosis", (x, _) => [Statistics.Kurtosis(x)]),
            ("D'Agostino-Pearson", (x, _) => Row(Statistics.DAgostinoPearson(x))),
            ("Shapiro-Wilk", (x, _) => Row(Statistics.ShapiroWilk(x))),
            ("d", (x, y) => [Statistics.CohensD(x, y)]),
            ("paired d", (x, y) => [Statistics.PairedCohensD(x, y)]),
            ("g", (x, y) => [Statistics.HedgesG(x, y)]),
            .. Sides.SelectMany(side => Of(side.Name, side.Value)),
        ];

    private static IEnumerable<(string Name, Func<double[], double[], double[]> Values)> Of(string name, Alternative side) =>
        [
            ($"t {name}", (x, y) => Row(Statistics.TTest(x, y, side))),
            ($"one-sample t {name}", (x, _) => Row(Statistics.TTest(x, 0.3, side))),
            ($"paired t {name}", (x, y) => Row(Statistics.PairedTTest(x, y, side))),
            ($"Welch {name}", (x, y) => Row(Statistics.WelchTTest(x, y, side))),
            ($"U {name}", (x, y) => Row(Statistics.MannWhitneyU(x, y, side))),
            ($"U exact {name}", (x, y) => Row(Statistics.MannWhitneyU(x, y, side, RankMethod.Exact))),
            ($"Wilcoxon exact {name}", (x, y) => Row(Statistics.WilcoxonSignedRank(x, y, side, RankMethod.Exact))),
            ($"Pearson {name}", (x, y) => Row(Statistics.Pearson(x, y, side))),
            ($"Spearman {name}", (x, y) => Row(Statistics.Spearman(x, y, side))),
            .. from continuity in new[] { true, false }
            from figure in new (string, Func<double[], double[], double[]>)[]
            {
                (
                    $"U asymptotic {continuity} {name}",
                    (x, y) => Row(Statistics.MannWhitneyU(x, y, side, RankMethod.Asymptotic, continuity))
                ),
                (
                    $"Wilcoxon asymptotic {continuity} {name}",
                    (x, y) => Row(Statistics.WilcoxonSignedRank(x, y, side, RankMethod.Asymptotic, continuity))
                ),
            }
            select figure,
        ];

    private static Func<double[], double[], double[]> Interval(double level) =>
        (x, _) => Statistics.MeanInterval(x, level) is var interval ? [interval.Low, interval.High] : [];

    private static double[] Row(SampleSummary of) => [of.Mean, of.StandardDeviation, of.StandardError, of.Median, of.Min, of.Max];

    private static double[] Row(SignificanceResult of) => [of.Statistic, of.PValue];

    private static double[] Row(TTestResult of) => [of.Statistic, of.PValue, of.DegreesOfFreedom];

    private static double[] Row(RankTestResult of) => [of.Statistic, of.PValue];
}
