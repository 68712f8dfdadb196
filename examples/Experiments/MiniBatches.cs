using System.Collections.Immutable;
using AutoDiff.Data;
using AutoDiff.Optimization;
using AutoDiff.Plots;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>Gradients and losses of mini-batches: a small net on four clouds of points, class after class.</summary>
internal static class MiniBatches
{
    private const int Rows = 1024;
    private const int Hidden = 16;
    private const int Classes = 4;
    private const int Runs = 8;
    private const int Size = 64;
    private const int PerEpoch = Rows / Size;

    // Epochs whose losses are shown: from the eighth to the tenth.
    private const int First = 7;
    private const int Last = 10;

    private static readonly ImmutableArray<int> _sizes = [1, 4, 16, 64];

    public static Experiment Experiment { get; } =
        new(
            "mini-batches",
            ["12"],
            "What does a batch's gradient tell of the full one, and what does shuffling change?",
            "Eight problems of training, 1: a batch's gradient is an unbiased estimate of the full one; a batch of one is noisy, and noise falls with the size. Where classes come one after the other, unshuffled, the loss goes up and down with them.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        var keys = run.Key.Split(4);
        var (data, start) = (Clouds(keys[0]), Start(keys[1]));
        var draws = run.IsWhole ? 20_000 : 2_000;
        var variances = Together.Each(
            run with
            {
                Progress = null,
            },
            _sizes,
            size => Variance(data, start, size, keys[2].FoldIn((ulong)size), draws)
        );
        var distances = _sizes.Select(size => Distance(data, start, size, keys[2])).ToArray();
        var one = Variance(data, start, 1, keys[2], draws);
        var curves = Together.Each(run, [.. Enumerable.Range(0, Runs)], i => Curves(keys[3].FoldIn((ulong)i).Split(3)));
        double[] times = [.. curves.Select(curve => Range(curve.Sorted) / Range(curve.Shuffled))];
        return new()
        {
            Figures =
            [
                new(
                    $"{Rows} points of {Classes} classes, net 2-{Hidden}-{Classes}",
                    [Variances(variances), Loss("Classes one after the other, and shuffled", curves[0])]
                ),
            ],
            Listings =
            [
                new(
                    "gradients at the initial weights, by the size of a batch",
                    ["batch", "|mean over an epoch - full| / |full|", "variance x batch / variance of one"],
                    [.. _sizes.Select((size, i) => Cells.Row($"{size}", Check.Text(distances[i]), $"{size * variances[i] / one:F2}"))]
                ),
                new(
                    $"loss over all points within the tenth epoch, batches of {Size}, rate 0.5: how far it goes",
                    ["run", "shuffled", "sorted", "times"],
                    [
                        .. curves.Select(
                            (c, i) => Cells.Row($"{i + 1}", $"{Range(c.Shuffled):F5}", $"{Range(c.Sorted):F5}", $"{times[i]:F1}")
                        ),
                    ]
                ),
            ],
            Checks =
            [
                .. _sizes.Select((size, i) => Unbiased(size, distances[i])),
                .. _sizes.Select(
                    (size, i) =>
                        Check.Between($"variance x batch / variance of one, batches of {size}: 1", 0.8, 1.2, size * variances[i] / one)
                ),
                Check.Above(
                    $"sorted, the loss goes up and down further than shuffled: how many times, least of {Runs} runs",
                    1,
                    times.Min()
                ),
            ],
        };
    }

    private static Check Unbiased(int size, double distance) =>
        Check.Near($"mean gradient of an epoch in batches of {size}, relative distance from the full one", 0, distance, 1e-13);

    private static (double[] Shuffled, double[] Sorted) Curves(Key[] own)
    {
        var (points, weights) = (Clouds(own[0]), Start(own[1]));
        return (Losses(points, weights, true, own[2]), Losses(points, weights, false, own[2]));
    }

    private static Panel Variances(double[] variances)
    {
        ImmutableArray<double> sizes = [.. _sizes.Select(size => (double)size)];
        return new(
            "How far a batch's gradient is off",
            new("examples of a batch") { Scale = Scale.Log },
            new("variance of the gradient") { Scale = Scale.Log },
            [
                new Mark.Line(sizes, [.. sizes.Select(size => variances[0] / size)]) { Name = "1 / batch", Dashed = true },
                new Mark.Scatter(sizes, [.. variances]) { Name = "measured" },
            ]
        );
    }

    private static Panel Loss(string title, (double[] Shuffled, double[] Sorted) curves)
    {
        ImmutableArray<double> epochs = [.. curves.Sorted.Select((_, i) => First + ((i + 1.0) / PerEpoch))];
        return new(
            title,
            new("epoch"),
            new("loss over all points (nats)"),
            [
                new Mark.Line(epochs, [.. curves.Sorted]) { Name = "sorted" },
                new Mark.Line(epochs, [.. curves.Shuffled]) { Name = "shuffled" },
            ]
        );
    }

    /// <summary>How far the loss goes up and down within the last epoch.</summary>
    private static double Range(double[] losses) => losses[^PerEpoch..].Max() - losses[^PerEpoch..].Min();

    /// <summary>How far the mean of an epoch's gradients is from the full gradient, relative to it.</summary>
    private static double Distance(Dataset data, TensorMap at, int size, Key key)
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
    private static double Variance(Dataset data, TensorMap at, int size, Key key, int draws)
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

    /// <summary>The loss over all points after each step of the eighth to the tenth epoch.</summary>
    private static double[] Losses(Dataset data, TensorMap start, bool shuffle, Key key)
    {
        var batches = new Batches(data, Size, key) { Shuffle = shuffle };
        var optimizer = Optimizers.GradientDescent<TensorMap>(0.5);
        var step = Transforms.Compile(
            (State<TensorMap, RateState> state, Data.Batch batch) =>
                Training.Step(optimizer, state, net => Loss(net, data.Rows(batch.Positions)))
        );
        var whole = Transforms.Compile<TensorMap, Dataset, Tensor>(Loss);
        var state = Transforms.Fold(step, Training.Init(optimizer, start), batches.Take(First * PerEpoch));
        var losses = new double[(Last - First) * PerEpoch];
        for (var i = 0; i < losses.Length; i++)
        {
            state = step.Invoke(state, batches[(First * PerEpoch) + i]);
            losses[i] = data.Average(whole, state.Parameters).Item();
        }
        return losses;
    }

    private static Dataset Clouds(Key key) => Toys.Blobs(Rows, Tensor.Of([1, 1, -1, 1, -1, -1, 1, -1], Classes, 2), 0.5, key);

    private static TensorMap Start(Key key)
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
