using System.Collections.Immutable;
using System.Diagnostics;
using AutoDiff.Data;
using AutoDiff.Nets;
using AutoDiff.Optimization;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>The time of an update and of an epoch by the size of a batch.</summary>
internal static class BatchTimes
{
    private const int Hidden = 100;
    private const double Rate = 0.01;

    // So many updates, or an epoch, go before those that are timed: they make the plan.
    private const int Warm = 20;

    public static Experiment Experiment { get; } =
        new(
            "batch-times",
            ["3"],
            "What does a batch's size do to the time of an update, and of an epoch?",
            "LeeDL, 3.2.1, figures 3.9 and 3.10: on a GPU an update from 1,000 examples of MNIST takes about as long as from one, and more only from some 10,000 on; so an epoch takes the longest in batches of one.",
            Run
        );

    /// <summary>What an epoch took.</summary>
    private sealed record Timing(int Size, int Updates, int Examples, double Seconds)
    {
        public double PerUpdate => Seconds / Updates;
    }

    private static Answer Run(ExperimentRun run)
    {
        if (run.IsWhole)
            run.RequiredData("mnist");
        var pictures = Pictures.Read(run, run.IsWhole ? 60_000 : 1000, 0);
        var (count, threads) = (pictures.Train.Count, Environment.ProcessorCount);
        var timings = Timed(run, pictures, threads, run.IsWhole ? 1 : 3);
        var large = timings.Last(timing => timing.Size <= Math.Min(1000, count / 10));
        var slowest = timings.MaxBy(timing => timing.Seconds)!;
        return new()
        {
            Figures =
            [
                new(
                    $"Time by the size of a batch: {pictures.Name}, {count} pictures, net {pictures.Pixels}-{Hidden}-{Pictures.Classes}, float64, {threads} threads",
                    [
                        Panel("An update", "time of an update", timing => timing.PerUpdate),
                        Panel("An epoch", "time of an epoch", timing => timing.Seconds),
                    ]
                ),
            ],
            Listings =
            [
                new(
                    $"{pictures.Name}, float64, {threads} threads",
                    ["batch", "updates", "examples", "us per update", "ms per epoch"],
                    [
                        .. timings.Select(t =>
                            (ImmutableArray<string>)[$"{t.Size}", $"{t.Updates}", $"{t.Examples}", Micro(t.PerUpdate), Milli(t.Seconds)]
                        ),
                    ]
                ),
            ],
            Checks =
            [
                Check.Equal(
                    "updates of an epoch, by size",
                    string.Join(", ", Sizes(count).Select(size => (count + size - 1) / size)),
                    string.Join(", ", timings.Select(timing => timing.Updates))
                ),
                Check.Equal(
                    "examples of an epoch, by size",
                    string.Join(", ", timings.Select(_ => count)),
                    string.Join(", ", timings.Select(timing => timing.Examples))
                ),
                Check.Between(
                    $"an update from {large.Size} examples, in updates from one",
                    0.5,
                    2,
                    large.PerUpdate / timings[0].PerUpdate
                ) with
                {
                    Reason =
                        $"the source's GPU, a Tesla V100, works on a batch's examples side by side; here {threads} threads of a processor share them",
                },
                Check.Equal("the size whose epoch takes the longest", 1, slowest.Size) with
                {
                    Reason = $"the epochs took {string.Join(", ", timings.Select(timing => Milli(timing.Seconds)))} ms",
                },
            ],
        };

        Panel Panel(string title, string label, Func<Timing, double> seconds) =>
            new(
                title,
                new("examples of a batch") { Scale = Scale.Log },
                new($"{label} (s)") { Scale = Scale.Log },
                [
                    new Mark.Line([.. timings.Select(t => (double)t.Size)], [.. timings.Select(seconds)]) { Colour = 0 },
                    new Mark.Scatter([.. timings.Select(t => (double)t.Size)], [.. timings.Select(seconds)]) { Colour = 0 },
                ]
            );
    }

    /// <summary>For each size the quickest of some epochs.</summary>
    private static Timing[] Timed(ExperimentRun run, Pictures pictures, int threads, int repeats)
    {
        var (data, key) = (pictures.Train, run.Key);
        var net = Net.Of([pictures.Pixels], new Dense(Hidden), Activation.Relu, new Dense(Pictures.Classes));
        var optimizer = Optimizers.GradientDescent<TensorMap>(Rate);
        var step = Training.CompileStep(
            optimizer,
            (TensorMap parameters, Tensor positions) => Loss(net, parameters, data.Rows(positions)),
            new() { Threads = threads }
        );
        var start = Training.Init(optimizer, Transforms.Evaluate(net.Init(key.FoldIn(0))));
        var sizes = Sizes(data.Count).ToArray();
        return
        [
            .. sizes.Select(
                (size, i) =>
                {
                    var batches = new Batches(data, size, key.FoldIn(1));
                    var warm = batches.Take(Math.Min(Warm, batches.PerEpoch)).Select(batch => batch.Positions);
                    var state = Transforms.Fold(step, start, warm, cancellation: run.Cancellation);
                    var quickest = Enumerable.Range(0, repeats).Select(_ => Epoch(batches, state)).MinBy(timing => timing.Seconds)!;
                    run.Note($"batches of {size}: {Micro(quickest.PerUpdate)} us per update, {Milli(quickest.Seconds)} ms per epoch");
                    run.Done((i + 1.0) / sizes.Length);
                    return quickest;
                }
            ),
        ];

        Timing Epoch(Batches batches, State<TensorMap, RateState> state)
        {
            var (updates, examples) = (0, 0);
            var watch = Stopwatch.StartNew();
            _ = Transforms.Fold(step, state, batches.Take(batches.PerEpoch).Select(Counted), cancellation: run.Cancellation);
            return new(batches.Size, updates, examples, watch.Elapsed.TotalSeconds);

            Tensor Counted(Data.Batch batch)
            {
                (updates, examples) = (updates + 1, examples + batch.Positions.Shape.Size);
                return batch.Positions;
            }
        }
    }

    /// <summary>The powers of ten below a count, and all at once.</summary>
    private static IEnumerable<int> Sizes(int count)
    {
        for (var size = 1; size < count; size *= 10)
            yield return size;
        yield return count;
    }

    private static string Micro(double seconds) => Cells.Fixed(seconds * 1e6, 1);

    private static string Milli(double seconds) => Cells.Fixed(seconds * 1e3, 2);

    private static Tensor Loss(Net net, TensorMap parameters, Dataset rows) =>
        Losses.CrossEntropy(net.Apply(parameters, rows.Inputs), rows.Targets);
}
