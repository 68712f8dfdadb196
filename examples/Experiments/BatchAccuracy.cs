using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using AutoDiff.Curvature;
using AutoDiff.Nets;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>Accuracy by the size of a batch (LeeDL, figures 3.11 to 3.13 and table 3.1): after equal epochs, and after training to equal losses, with what lies between the minima.</summary>
internal static class BatchAccuracy
{
    private const double Beyond = 0.25;

    public static Experiment Experiment { get; } =
        new(
            "batch-accuracy",
            ["4"],
            "Which batches give the more accurate classifier, and why?",
            "LeeDL, figures 3.11 to 3.13 and table 3.1, after Keskar et al. 2017. After the same epochs the larger batch is less accurate on training and on validation pictures alike. Trained until they know the training pictures equally well, batches of a tenth of the pictures are less accurate on others than batches of 256: they end in narrow minima, the small ones in wide ones.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        // Quick, the difference on test pictures is a few of them: it takes more runs to be told from chance.
        var (runs, trainings, first, epochs) = run.IsWhole ? (3, 3, 2, 100) : (5, 12, 5, 100);
        int[] sizes = run.IsWhole ? [16, 64, 256, 1000, 6000, 60_000] : [1, 5, 14, 44, 140, 1400];
        var minima = new BatchMinima(run, (runs * sizes.Length * first) + (trainings * 2 * epochs));
        var curves = new List<(int Size, BatchMinima.End[] Ends)>();
        foreach (var size in sizes)
        {
            curves.Add((size, [.. Enumerable.Range(0, runs).Select(i => minima.Train(size, run.Key.FoldIn((ulong)i), first))]));
            if (run.IsWhole)
                run.Note(
                    $"batches of {size}: {Percent(curves[^1].Ends.Select(end => end.Test))} of the test pictures after {first} epochs"
                );
        }
        var (small, large) = (new List<BatchMinima.End>(), new List<BatchMinima.End>());
        var (smallTime, largeTime) = (new Stopwatch(), new Stopwatch());
        for (var i = 0; i < trainings; i++)
        {
            var key = run.Key.FoldIn((ulong)i);
            small.Add(Timed(smallTime, () => minima.Train(minima.Small, key, epochs)));
            large.Add(Timed(largeTime, () => minima.TrainLarge(key, epochs)));
            if (run.IsWhole)
                run.Note($"run {i + 1}: small {Text(small[^1])}; large {Text(large[^1])}");
        }
        var (a, b) = (Sharp(run, minima, small[0]), Sharp(run, minima, large[0]));
        run.Done(0.9);
        double[] places = [.. Enumerable.Range(0, 61).Select(i => -1 + (i / 20.0))];
        var line = Landscape.Between(minima.Objective, small[0].Parameters, large[0].Parameters, places, Options(run));
        double[] beside = [-Beyond, 0, Beyond, 1 - Beyond, 1, 1 + Beyond];
        var ends = Landscape.Between(minima.Objective, small[0].Parameters, large[0].Parameters, beside, Options(run)).Losses;
        var (atSmall, atLarge) = (Rise(ends[..3]), Rise(ends[3..]));
        var noise = (Small: minima.Noise(minima.Small, run.Key), Large: minima.Noise(minima.Large, run.Key));
        var differences = small.Zip(large, (one, other) => 100 * (one.Test - other.Test)).ToArray();
        var summary = Statistics.Summarize(differences);
        return new()
        {
            Figures =
            [
                new(
                    $"Accuracy by the size of a batch after {first} epochs, means and extremes of {runs} runs; and the loss on the line between a small and a large batch's minimum.",
                    [
                        Accuracies("Training pictures", curves, end => end.Train),
                        Accuracies("Test pictures", curves, end => end.Test),
                        new(
                            "From one minimum to the other",
                            new("way: 0 small batch's, 1 large batch's"),
                            new("loss") { Scale = Scale.Log },
                            [new Mark.Line(line.Steps, line.Losses) { Name = "training loss" }]
                        ),
                    ]
                )
                {
                    Columns = 3,
                },
            ],
            Listings =
            [
                new(
                    $"small and large batches of {minima.Pictures.Name}, {epochs} epochs, {trainings} runs",
                    ["", $"{minima.Small}", $"{minima.Large}"],
                    [
                        ["ms an epoch", Milliseconds(smallTime, trainings * epochs), Milliseconds(largeTime, trainings * epochs)],
                        ["training loss", Check.Text(small.Average(end => end.Loss)), Check.Text(large.Average(end => end.Loss))],
                        ["gradient's noise / its length", Check.Text(noise.Small), Check.Text(noise.Large)],
                        ["training pictures right", Percent(small.Select(end => end.Train)), Percent(large.Select(end => end.Train))],
                        ["test pictures right", Percent(small.Select(end => end.Test)), Percent(large.Select(end => end.Test))],
                        ["Keskar's sharpness, 0.001", Check.Text(a.Keskar), Check.Text(b.Keskar)],
                        ["largest eigenvalue", Check.Text(a.Largest), Check.Text(b.Largest)],
                    ]
                ),
            ],
            Checks =
            [
                Falls("training", curves, end => end.Train),
                Falls("test", curves, end => end.Test),
                Check.Near(
                    "trained long: training pictures right, small less large batches, in per cent",
                    0,
                    100 * (small.Average(end => end.Train) - large.Average(end => end.Train)),
                    0.2
                ) with
                {
                    Reason =
                        $"after {epochs} epochs the small batches' loss is {Check.Text(small.Average(end => end.Loss))} by {epochs * minima.Pictures.Train.Count / minima.Small} updates, the large ones' {Check.Text(large.Average(end => end.Loss))} by {epochs * minima.Pictures.Train.Count / minima.Large}",
                },
                new(
                    "test pictures right, small less large batches, in per cent, with its standard error",
                    "above 0",
                    string.Create(CultureInfo.InvariantCulture, $"{summary.Mean:F2} ± {summary.StandardError:F2}"),
                    summary.Mean > 0
                )
                {
                    Reason = $"by run {string.Join(", ", differences.Select(Check.Text))}",
                },
                More("Keskar's sharpness of the large batch's minimum, by the small one's", b.Keskar / a.Keskar),
                More("its largest eigenvalue, by the small one's", b.Largest / a.Largest),
                More("rise of the loss a quarter of the line about it, by the small one's", atLarge / atSmall),
                More("noise of the small batch's gradient, by the large one's", noise.Small / noise.Large),
            ],
        };
    }

    private static (double Keskar, double Largest) Sharp(ExperimentRun run, BatchMinima minima, BatchMinima.End end)
    {
        var keskar = Sharpness.Keskar(minima.Objective, end.Parameters, new() { Starts = 2, Cancellation = run.Cancellation });
        var hessian = minima.Objective.Hessian(minima.Objective.Ravel(end.Parameters));
        return (keskar.Sharpness, Lanczos.Largest(hessian, 1, new() { Cancellation = run.Cancellation }).Value[0].Value);
    }

    private static RunOptions Options(ExperimentRun run) => new() { Cancellation = run.Cancellation };

    /// <summary>How far the loss on both sides is above that between.</summary>
    private static double Rise(ImmutableArray<double> losses) => ((losses[0] + losses[2]) / 2) - losses[1];

    private static Check More(string what, double ratio) => Check.Above(what, 1, ratio);

    private static Check Falls(string name, List<(int Size, BatchMinima.End[] Ends)> curves, Func<BatchMinima.End, double> accuracy)
    {
        var rank = Statistics.Spearman(
            [.. curves.Select(curve => (double)curve.Size)],
            [.. curves.Select(curve => curve.Ends.Average(accuracy))]
        );
        return Check.Below($"rank correlation of a batch's size and the accuracy on {name} pictures after equal epochs", 0, rank.Statistic);
    }

    private static Panel Accuracies(string title, List<(int Size, BatchMinima.End[] Ends)> curves, Func<BatchMinima.End, double> accuracy)
    {
        ImmutableArray<double> sizes = [.. curves.Select(curve => (double)curve.Size)];
        return new(
            title,
            new("pictures of a batch") { Scale = Scale.Log },
            new("right, in per cent"),
            [
                new Mark.Line(sizes, [.. curves.Select(curve => 100 * curve.Ends.Average(accuracy))]) { Colour = 0 },
                new Mark.ErrorBar(
                    sizes,
                    [.. curves.Select(curve => 100 * curve.Ends.Average(accuracy))],
                    [.. curves.Select(curve => 100 * curve.Ends.Min(accuracy))],
                    [.. curves.Select(curve => 100 * curve.Ends.Max(accuracy))]
                )
                {
                    Colour = 0,
                },
            ]
        );
    }

    private static BatchMinima.End Timed(Stopwatch watch, Func<BatchMinima.End> train)
    {
        watch.Start();
        var end = train();
        watch.Stop();
        return end;
    }

    private static string Milliseconds(Stopwatch watch, int epochs) => Cells.Fixed(watch.Elapsed.TotalMilliseconds / epochs, 2);

    private static string Text(BatchMinima.End end) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{100 * end.Train:F2} % of the training and {100 * end.Test:F2} % of the test pictures"
        );

    private static string Percent(IEnumerable<double> shares) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * shares.Average():F2} %");
}
