using AutoDiff.Data;
using AutoDiff.Optimization;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>Gradients and losses of mini-batches: a small net on four clouds of points, class after class.</summary>
internal static class MiniBatches
{
    private const int Rows = 1024;
    private const int Hidden = 16;
    private const int Classes = 4;
    private const int Runs = 8;

    public static void Compare(ExperimentRun run)
    {
        var keys = Key.Of(run.Seed).Split(4);
        var (data, start) = (Clouds(keys[0]), Start(keys[1]));
        run.Output.WriteLine($"{Rows} points of {Classes} classes, net 2-{Hidden}-{Classes}, at its initial weights");
        run.Output.WriteLine("batch   |mean over an epoch - full gradient| / |full gradient|   variance x batch / variance of one");
        var one = Variance(data, start, 1, keys[2], run.IsWhole ? 20_000 : 2_000);
        foreach (var size in (int[])[1, 4, 16, 64])
        {
            run.Cancellation.ThrowIfCancellationRequested();
            var ratio = size * Variance(data, start, size, keys[2].FoldIn((ulong)size), run.IsWhole ? 20_000 : 2_000) / one;
            run.Output.WriteLine($"{size, 5}   {Distance(data, start, size, keys[2]), 55:E1}   {ratio, 36:F2}");
        }
        run.Output.WriteLine(
            $"loss over all points within the tenth epoch, batches of 64, rate 0.5, {Runs} runs of other points and weights"
        );
        run.Output.WriteLine("run   shuffled least   largest   sorted least   largest   times as far");
        for (var i = 0; i < Runs; i++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            var own = keys[3].FoldIn((ulong)i).Split(3);
            var (points, weights) = (Clouds(own[0]), Start(own[1]));
            var (shuffled, sorted) = (Losses(points, weights, true, own[2]), Losses(points, weights, false, own[2]));
            run.Output.WriteLine(
                $"{i + 1, 3}   {shuffled.Min(), 14:F5} {shuffled.Max(), 9:F5} {sorted.Min(), 14:F5} {sorted.Max(), 9:F5} {Range(sorted) / Range(shuffled), 14:F1}"
            );
        }
    }

    private static double Range(double[] losses) => losses.Max() - losses.Min();

    /// <summary>How far the mean of an epoch's gradients is from the full gradient, relative to it.</summary>
    internal static double Distance(Dataset data, TensorMap at, int size, Key key)
    {
        var gradient = Gradient(data);
        var batches = new Batches(data, size, key);
        var sum = gradient.Invoke(at, batches[0]);
        foreach (var batch in batches.Take(batches.PerEpoch - 1, 1))
            sum = Transforms.Evaluate(TreeMath.Add(sum, gradient.Invoke(at, batch)));
        var full = gradient.Invoke(at, new Data.Batch(Tensor.Range(Rows), key));
        var difference = TreeMath.Subtract(TreeMath.Scale(1.0 / batches.PerEpoch, sum), full);
        return Math.Sqrt(TreeMath.Dot(difference, difference).Item() / TreeMath.Dot(full, full).Item());
    }

    /// <summary>The variance of a batch's gradient, all parameters' together, of draws with replacement.</summary>
    internal static double Variance(Dataset data, TensorMap at, int size, Key key, int draws)
    {
        var gradient = Gradient(data);
        var full = gradient.Invoke(at, new Data.Batch(Tensor.Range(Rows), key));
        var batches = new Batches(data, size, key) { Replacement = true };
        return batches
            .Take(draws)
            .Average(batch =>
            {
                var apart = TreeMath.Subtract(gradient.Invoke(at, batch), full);
                return TreeMath.Dot(apart, apart).Item();
            });
    }

    /// <summary>The loss over all points after each step of the tenth epoch.</summary>
    internal static double[] Losses(Dataset data, TensorMap start, bool shuffle, Key key)
    {
        var batches = new Batches(data, 64, key) { Shuffle = shuffle };
        var optimizer = Optimizers.GradientDescent<TensorMap>(0.5);
        var step = Transforms.Compile(
            (State<TensorMap, RateState> state, Data.Batch batch) =>
                Training.Step(optimizer, state, net => Loss(net, data.Rows(batch.Positions)))
        );
        var whole = Transforms.Compile<TensorMap, Dataset, Tensor>(Loss);
        var state = Transforms.Fold(step, Training.Init(optimizer, start), batches.Take(9 * batches.PerEpoch));
        var losses = new double[batches.PerEpoch];
        for (var i = 0; i < losses.Length; i++)
        {
            state = step.Invoke(state, batches[(9 * batches.PerEpoch) + i]);
            losses[i] = data.Average(whole, state.Parameters).Item();
        }
        return losses;
    }

    internal static Dataset Clouds(Key key) => Toys.Blobs(Rows, Tensor.Of([1, 1, -1, 1, -1, -1, 1, -1], Classes, 2), 0.5, key);

    internal static TensorMap Start(Key key)
    {
        var (first, second) = key.Split();
        return Transforms.Evaluate(
            TensorMap.Of(
                ("layers.0.weight", first.Normal([2, Hidden], 0, Math.Sqrt(0.5))),
                ("layers.0.bias", Tensor.Zeros([Hidden])),
                ("layers.1.weight", second.Normal([Hidden, Classes], 0, Math.Sqrt(1.0 / Hidden))),
                ("layers.1.bias", Tensor.Zeros([Classes]))
            )
        );
    }

    private static Compiled<TensorMap, Data.Batch, TensorMap> Gradient(Dataset data) =>
        Transforms.Compile(
            (TensorMap net, Data.Batch batch) => Transforms.Grad<TensorMap>(at => Loss(at, data.Rows(batch.Positions)), net)
        );

    /// <summary>The mean cross-entropy.</summary>
    private static Tensor Loss(TensorMap net, Dataset rows)
    {
        var hidden = Tanh(MatMul(rows.Inputs, net["layers.0.weight"]) + net["layers.0.bias"]);
        var scores = MatMul(hidden, net["layers.1.weight"]) + net["layers.1.bias"];
        return Mean(LogSumExp(scores, 1) - Sum(scores * OneHot(rows.Targets, Classes), 1));
    }
}
