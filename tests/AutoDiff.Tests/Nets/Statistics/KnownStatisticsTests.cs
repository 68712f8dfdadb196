using System.Text.Json;
using AutoDiff.Nets;

namespace AutoDiff.Tests.Nets;

/// <summary>One comparison of two samples, figure by figure, and one confusion matrix, against SciPy and scikit-learn.</summary>
public class KnownStatisticsTests
{
    private static readonly JsonElement Known = ReferenceData.Read("statistics.json");
    private static readonly double[] A = Known.GetProperty("a").Numbers();
    private static readonly double[] B = Known.GetProperty("b").Numbers();

    private static readonly ConfusionMatrix Confusion = Matrix();

    private static readonly (string Name, Func<double> Value)[] Figures =
    [
        ("t_statistic", () => Statistics.TTest(B, A).Statistic),
        ("t_p", () => Statistics.TTest(B, A).PValue),
        ("welch_statistic", () => Statistics.WelchTTest(B, A).Statistic),
        ("welch_p", () => Statistics.WelchTTest(B, A).PValue),
        ("mann_whitney_u", () => Statistics.MannWhitneyU(B, A).Statistic),
        ("mann_whitney_p", () => Statistics.MannWhitneyU(B, A).PValue),
        ("cohens_d", () => Statistics.CohensD(B, A)),
        ("paired_t", () => Statistics.PairedTTest(B, A).Statistic),
        ("paired_p", () => Statistics.PairedTTest(B, A).PValue),
        ("wilcoxon", () => Statistics.WilcoxonSignedRank(B, A).Statistic),
        ("wilcoxon_p", () => Statistics.WilcoxonSignedRank(B, A).PValue),
        ("normaltest_statistic", () => Statistics.DAgostinoPearson([.. A, .. B]).Statistic),
        ("normaltest_p", () => Statistics.DAgostinoPearson([.. A, .. B]).PValue),
        ("standard_error_a", () => Statistics.Summarize(A).StandardError),
        ("accuracy", () => Confusion.Accuracy),
        ("mcc", () => Confusion.MatthewsCorrelation),
    ];

    public static TheoryData<string> Names => [.. Figures.Select(figure => figure.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Equals_the_other_programs(string name) =>
        ReferenceData.AssertClose(
            [Known.GetProperty(name).GetDouble()],
            [Figures.Single(figure => figure.Name == name).Value()],
            1e-12,
            name
        );

    private static ConfusionMatrix Matrix()
    {
        var rows = Known.GetProperty("confusion").EnumerateArray().Select(row => row.Numbers()).ToArray();
        var counts = new long[rows.Length, rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j < rows.Length; j++)
                counts[i, j] = (long)rows[i][j];
        }
        return ConfusionMatrix.OfCounts(counts);
    }
}
