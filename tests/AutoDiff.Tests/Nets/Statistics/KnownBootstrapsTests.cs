using System.Text.Json;
using AutoDiff.Nets;

namespace AutoDiff.Tests.Nets;

/// <summary>Intervals and standard errors of given resamples, against SciPy's.</summary>
public class KnownBootstrapsTests
{
    private static readonly JsonElement Known = ReferenceData.Read("bootstraps.json");

    [Theory]
    [InlineData("percentile", BootstrapMethod.Percentile)]
    [InlineData("basic", BootstrapMethod.Basic)]
    [InlineData("BCa", BootstrapMethod.BCa)]
    public void IntervalsOfTheSameResamplesAreEqual(string name, BootstrapMethod method)
    {
        var rows = Known.GetProperty("rows").EnumerateArray().Where(row => row.GetProperty("method").GetString() == name).ToArray();
        Assert.NotEmpty(rows);
        foreach (var row in rows)
        {
            var x = row.GetProperty("x").Numbers();
            var of = row.GetProperty("statistic").GetString();
            var values = Resamples(x).Select(Statistic(of)).ToArray();
            var result = Statistics.Bootstrapped(x, Statistic(of), values, Known.GetProperty("level").GetDouble(), method);
            double[] actual = [result.Interval.Low, result.Interval.High, result.StandardError];
            ReferenceData.AssertClose(row.GetProperty("expected").Numbers(), actual, 1e-12, $"{name} of the {of}");
        }
    }

    private static Func<double[], double> Statistic(string? name) =>
        name switch
        {
            "mean" => values => values.Average(),
            "median" => Median,
            "deviation" => values => Statistics.Summarize(values).StandardDeviation,
            "largest" => values => values.Max(),
            _ => throw new ArgumentException(name, nameof(name)),
        };

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }

    /// <summary>By the congruence of <c>bootstraps.py</c>.</summary>
    private static IEnumerable<double[]> Resamples(double[] x)
    {
        var state = 1UL;
        for (var i = Known.GetProperty("resamples").GetInt32(); i > 0; i--)
            yield return Array.ConvertAll(x, _ => x[(int)(Next() % (ulong)x.Length)]);

        ulong Next() => (state = (6364136223846793005 * state) + 1442695040888963407) >> 33;
    }
}
