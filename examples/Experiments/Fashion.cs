using AutoDiff.Nets;
using AutoDiff.Optimization;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>Many runs on Fashion-MNIST by plain descent and with momentum: is the difference real?</summary>
/// <remarks>Whole: 22 runs of 40,000 steps of each kind; else 4 of 16,000, with fewer of which momentum may be behind: its runs begin slowly, some of them very.</remarks>
internal static class Fashion
{
    /// <summary>Mean and standard error that the source prints for one kind, and its single run.</summary>
    private sealed record Printed(string Name, double Mean, double Error, double Single, double Low, double High);

    private static readonly Printed _plain = new("plain", 0.85778, 0.00056, 0.8584048, 0.855, 0.861);
    private static readonly Printed _momentum = new("momentum", 0.86413, 0.00075, 0.8638721, 0.8641, 0.8644);

    // What the source prints of the comparison.
    private const int PrintedRuns = 22;
    private const double PrintedT = 6.77398299;
    private const double PrintedU = 41;
    private const double PrintedD = 2.04243;

    public static Experiment Experiment { get; } =
        new(
            "fashion",
            ["27"],
            "Does momentum make a better classifier of clothes? (22 runs of each, and tests)",
            "Kneusel, Math for Deep Learning, chapter 11, figure 11-8: over 22 runs each, Matthews' correlation is 0.85778 ± 0.00056 without momentum and 0.86413 ± 0.00075 with it; t = 6.77, U = 41, Cohen's d = 2.04: the difference is real, and large.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        var (runs, steps) = run.IsWhole ? (PrintedRuns, 40_000) : (4, 16_000);
        // A coefficient of 0 is plain descent.
        var scores = FashionRuns.Scores(
            run,
            runs,
            steps,
            ("plain", Optimizers.Momentum<TensorMap>(1.0, 0)),
            ("momentum", Optimizers.Momentum<TensorMap>(0.2, 0.9))
        );
        return Of(run.IsWhole, steps, scores[0], scores[1]);
    }

    /// <summary>What scores of as many runs of both kinds tell.</summary>
    internal static Answer Of(bool isWhole, int steps, double[] plain, double[] momentum)
    {
        var runs = plain.Length;
        var (a, b) = (Statistics.Summarize(plain), Statistics.Summarize(momentum));
        var (t, u, d) = (Statistics.TTest(momentum, plain), Statistics.MannWhitneyU(momentum, plain), Statistics.CohensD(momentum, plain));
        // Of the two groups' statistics, which add up to all pairs, the smaller, as the source prints it.
        var smaller = Math.Min(u.Statistic, (runs * runs) - u.Statistic);
        return new()
        {
            Figures = [Figure(isWhole, plain, momentum, a, b)],
            Listings =
            [
                new(
                    $"Matthews' correlation of {runs} runs of {steps} steps of each kind, in single precision",
                    ["", "mean ± standard error", "least", "largest"],
                    [
                        Cells.Row("plain", Cells.Mean(a, 5), $"{a.Min:F4}", $"{a.Max:F4}"),
                        Cells.Row("momentum", Cells.Mean(b, 5), $"{b.Min:F4}", $"{b.Max:F4}"),
                    ]
                ),
                new(
                    "momentum against plain",
                    ["", "statistic", "p"],
                    [
                        Cells.Row("t-test", $"{t.Statistic:F3}", $"{t.PValue:G3}"),
                        Cells.Row("Mann-Whitney U, of momentum", $"{u.Statistic}", $"{u.PValue:G3}"),
                        Cells.Row("Mann-Whitney U, the smaller", $"{smaller}", $"{u.PValue:G3}"),
                        Cells.Row("Cohen's d", $"{d:F2}", ""),
                    ]
                ),
            ],
            Checks =
            [
                Compared("momentum is ahead: difference of the means", "above 0", $"{b.Mean - a.Mean:F5}", b.Mean > a.Mean),
                Compared("Cohen's d: large", "0.8 or more", $"{d:F2}", d >= 0.8),
                // So few runs as the quick ones tell nothing by tests.
                .. isWhole
                    ?
                    [
                        Check.Below("p of the t-test: it is no chance", 0.001, t.PValue),
                        Check.Below("p of Mann and Whitney's test", 0.001, u.PValue),
                        .. Whole(a, b, t.Statistic, smaller, d),
                    ]
                    : (Check[])[],
            ],
        };

        Check Compared(string what, string expected, string measured, bool holds) =>
            new(what, expected, measured, holds)
            {
                Reason = isWhole
                    ? null
                    : $"after {steps} steps of the source's 40,000 the runs with momentum lie between {b.Min:F4} and {b.Max:F4}, their median at {b.Median:F4}, plain's at {a.Median:F4}: some are late",
            };
    }

    /// <summary>The printed numbers, each within what two times as many runs of the same kind differ by.</summary>
    private static IEnumerable<Check> Whole(SampleSummary a, SampleSummary b, double t, double smaller, double d) =>
        [
            Mean(_plain, a),
            Mean(_momentum, b),
            Check.Between("plain: the source's single run among ours", a.Min, a.Max, _plain.Single),
            Check.Between("momentum: the source's single run among ours", b.Min, b.Max, _momentum.Single),
            Spread(_plain, a),
            Spread(_momentum, b),
            // The standard errors of t and d of groups of 22 at d = 2 are 1.2 and 0.37 (Hedges, Olkin 1985); U's, where the groups are alike, 43.
            Check.Near("t", PrintedT, t, 2 * Math.Sqrt(2) * 1.2),
            Check.Near("Mann-Whitney U, the smaller of both groups'", PrintedU, smaller, 43),
            Check.Near("Cohen's d", PrintedD, d, 2 * Math.Sqrt(2) * 0.37),
        ];

    private static Check Mean(Printed printed, SampleSummary summary) =>
        Check.Near($"{printed.Name}: mean", printed.Mean, summary.Mean, 2 * double.Hypot(printed.Error, summary.StandardError));

    private static Check Spread(Printed printed, SampleSummary summary) =>
        new(
            $"{printed.Name}: single runs",
            $"{printed.Low} to {printed.High}",
            $"{summary.Min:F4} to {summary.Max:F4}",
            printed.Low <= summary.Min && summary.Max <= printed.High
        )
        {
            Reason =
                $"the range is of a few runs; the standard error that the source prints, {printed.Error}, is of {PrintedRuns}, whose standard deviation is {printed.Error * Math.Sqrt(PrintedRuns):F4}, ours {summary.StandardDeviation:F4}: so many spread wider",
        };

    private static Figure Figure(bool isWhole, double[] plain, double[] momentum, SampleSummary a, SampleSummary b)
    {
        var (from, to) = (Math.Min(a.Min, b.Min), Math.Max(a.Max, b.Max));
        return new(
            $"Figure 11-8: Matthews' correlation of {plain.Length} runs of each kind",
            [
                Distribution("Plain", plain),
                Distribution("Momentum", momentum),
                new(
                    "Runs",
                    new(""),
                    new("Matthews' correlation"),
                    [new Mark.Box("plain", [.. plain]), new Mark.Box("momentum", [.. momentum])]
                ),
                new(
                    "Means with standard errors",
                    new("0 plain, 1 momentum") { From = -0.5, To = 1.5 },
                    new("Matthews' correlation"),
                    [
                        Means(isWhole ? "here" : "here, fewer steps", -0.05, (a.Mean, a.StandardError), (b.Mean, b.StandardError)),
                        .. isWhole ? [Means("source", 0.05, (_plain.Mean, _plain.Error), (_momentum.Mean, _momentum.Error))] : (Mark[])[],
                    ]
                ),
            ]
        );

        Panel Distribution(string title, double[] scores) =>
            new(
                title,
                new("Matthews' correlation") { From = from, To = to },
                new("runs"),
                [new Mark.Histogram([.. scores]) { Bins = 10, Colour = 0 }]
            );
    }

    private static Mark Means(string name, double aside, params (double Mean, double Error)[] kinds) =>
        new Mark.ErrorBar(
            [.. kinds.Select((_, i) => i + aside)],
            [.. kinds.Select(kind => kind.Mean)],
            [.. kinds.Select(kind => kind.Mean - kind.Error)],
            [.. kinds.Select(kind => kind.Mean + kind.Error)]
        )
        {
            Name = name,
        };
}
