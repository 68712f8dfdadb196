using System.Diagnostics;
using AutoDiff.Data;
using AutoDiff.Nets;
using AutoDiff.Optimization;

namespace AutoDiff.Examples.Experiments;

/// <summary>The time of an update and of an epoch by the size of a batch (figures 3.9 and 3.10 of the source on the basics).</summary>
/// <remarks>Over the 60,000 training pictures of MNIST where its folder is given, else over 1,000 of the built-in digits; every size goes once through all of them.</remarks>
internal static class BatchTimes
{
    private const int Hidden = 100;
    private const double Rate = 0.01;

    // So many updates, or an epoch, go before those that are timed: they make the plan.
    private const int Warm = 20;

    public static void Compare(ExperimentRun run)
    {
        if (run.IsWhole)
            run.RequiredData("mnist");
        var pictures = Pictures.Read(run, run.Data is null ? 1000 : 60_000, 0);
        var (data, key, threads) = (pictures.Train, Key.Of(run.Seed), Environment.ProcessorCount);
        var net = Net.Of([pictures.Pixels], new Dense(Hidden), Activation.Relu, new Dense(Pictures.Classes));
        var optimizer = Optimizers.GradientDescent<TensorMap>(Rate);
        var step = Training.CompileStep(
            optimizer,
            (TensorMap parameters, Tensor positions) => Loss(net, parameters, data.Rows(positions)),
            new() { Threads = threads }
        );
        var start = Training.Init(optimizer, Transforms.Evaluate(net.Init(key.FoldIn(0))));
        run.Output.WriteLine($"{pictures.Name}: net {pictures.Pixels}-{Hidden}-{Pictures.Classes}, float64, {threads} threads");
        run.Output.WriteLine("  batch   updates   examples   s per update   s per epoch");
        foreach (var size in Sizes(data.Count))
        {
            var batches = new Batches(data, size, key.FoldIn(1));
            var warm = Math.Min(Warm, batches.PerEpoch);
            var state = Transforms.Fold(step, start, batches.Take(warm).Select(batch => batch.Positions), cancellation: run.Cancellation);
            var (updates, examples) = (0, 0);
            var watch = Stopwatch.StartNew();
            _ = Transforms.Fold(step, state, batches.Take(batches.PerEpoch).Select(Counted), cancellation: run.Cancellation);
            var seconds = watch.Elapsed.TotalSeconds;
            run.Output.WriteLine($"{size, 7} {updates, 9} {examples, 10} {seconds / updates, 14:E2} {seconds, 13:E2}");

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

    private static Tensor Loss(Net net, TensorMap parameters, Dataset rows) =>
        Losses.CrossEntropy(net.Apply(parameters, rows.Inputs), rows.Targets);
}
