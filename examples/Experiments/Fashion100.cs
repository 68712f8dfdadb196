using AutoDiff.Nets;
using AutoDiff.Optimization;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>Many runs on Fashion-MNIST with momentum: are their scores normal?</summary>
/// <remarks>Whole: 100 runs of 10,000 steps; else 12 of 6,000.</remarks>
internal static class Fashion100
{
    private const int Bins = 20;

    public static Experiment Experiment { get; } =
        new(
            "fashion-100",
            ["27"],
            "Are the scores of many runs normal?",
            "Kneusel, Math for Deep Learning, chapter 11, figure 11-9: no. Of 100 runs of 10,000 steps most lie near a Matthews' correlation of 0.83, with a long tail to the left, perhaps a second peak near 0.75; the test for normality gives a p of nearly 0.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        var (runs, steps) = run.IsWhole ? (100, 10_000) : (12, 6000);
        var scores = FashionRuns.Scores(run, runs, steps, ("momentum", Optimizers.Momentum<TensorMap>(0.2, 0.9)))[0];
        return Of(run.IsWhole, steps, scores);
    }

    /// <summary>What scores tell.</summary>
    internal static Answer Of(bool isWhole, int steps, double[] scores)
    {
        var (runs, level) = (scores.Length, isWhole ? 0.01 : 0.05);
        var (summary, k, w) = (Statistics.Summarize(scores), Statistics.DAgostinoPearson(scores), Statistics.ShapiroWilk(scores));
        var skewness = Statistics.Skewness(scores);
        return new()
        {
            Figures =
            [
                new(
                    $"Figure 11-9: Matthews' correlation of {runs} runs of {steps} steps with momentum",
                    [
                        new(
                            "Distribution",
                            new("Matthews' correlation"),
                            new("runs"),
                            [new Mark.Histogram([.. scores]) { Name = "runs", Bins = Bins }, Normal(scores, summary)]
                        ),
                    ]
                )
                {
                    Columns = 1,
                },
            ],
            Listings =
            [
                new(
                    $"{runs} runs of {steps} steps, in single precision",
                    ["", "value", "p"],
                    [
                        Cells.Row("mean ± standard error", Cells.Mean(summary, 5), ""),
                        Cells.Row("median", $"{summary.Median:F4}", ""),
                        Cells.Row("least", $"{summary.Min:F4}", ""),
                        Cells.Row("largest", $"{summary.Max:F4}", ""),
                        Cells.Row("skewness", $"{skewness:F3}", ""),
                        Cells.Row("D'Agostino and Pearson's K^2", $"{k.Statistic:F3}", $"{k.PValue:G3}"),
                        Cells.Row("Shapiro and Wilk's W", $"{w.Statistic:F4}", $"{w.PValue:G3}"),
                    ]
                ),
            ],
            Checks =
            [
                Normality("p of D'Agostino and Pearson's test", k.PValue),
                Normality("p of Shapiro and Wilk's test", w.PValue),
                new("skewness: the tail is on the left", "below 0", $"{skewness:F3}", skewness < 0),
                .. isWhole ? [Check.Near("the middle of most runs: the median", 0.83, summary.Median, 0.01)] : (Check[])[],
            ],
        };

        Check Normality(string what, double p) =>
            new(what, $"below {level}", $"{p:G3}", p < level)
            {
                Reason = isWhole ? null : $"these are {runs} runs of {steps} steps, where the source takes 100 of 10,000",
            };
    }

    /// <summary>How many of normal scores of the same mean and deviation would fall into each bin.</summary>
    private static Mark Normal(double[] scores, SampleSummary summary)
    {
        var width = (summary.Max - summary.Min) / Bins;
        double[] x = [.. Enumerable.Range(0, 101).Select(i => summary.Min + (i / 100.0 * (summary.Max - summary.Min)))];
        return new Mark.Line([.. x], [.. x.Select(Expected)]) { Name = "normal" };

        double Expected(double at)
        {
            var z = (at - summary.Mean) / summary.StandardDeviation;
            return scores.Length * width * Math.Exp(-0.5 * z * z) / (Math.Sqrt(2 * Math.PI) * summary.StandardDeviation);
        }
    }
}
