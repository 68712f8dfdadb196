using System.Diagnostics;
using AutoDiff.Data;
using AutoDiff.Nets;
using AutoDiff.Optimization;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>Runs of one small net on Fashion-MNIST.</summary>
/// <remarks>Kneusel, Math for Deep Learning, chapter 11: 14×14 images, 196-100-50-10, sigmoid throughout, half the squared error, batches of 64 drawn at random.</remarks>
public static class FashionRuns
{
    private const int BatchSize = 64;

    private static Net Net { get; } =
        Net.Of([196], Uniform(100), Activation.Sigmoid, Uniform(50), Activation.Sigmoid, Uniform(10), Activation.Sigmoid);

    /// <summary>Matthews' correlation coefficients of many runs in single precision: a row for each optimizer, whose runs begin with the same weights and take the same batches.</summary>
    /// <exception cref="NoDataException">No folder of data was given.</exception>
    internal static double[][] Scores<S>(
        ExperimentRun run,
        int runs,
        int steps,
        params (string Name, Transition<TensorMap, S> Optimizer)[] optimizers
    )
        where S : ITensorTree<S>
    {
        var folder = run.RequiredData("fashion-mnist");
        return Scores(run, Read(folder, "train"), Read(folder, "t10k"), runs, steps, optimizers);
    }

    /// <summary>The same, of any pictures of 14×14.</summary>
    internal static double[][] Scores<S>(
        ExperimentRun run,
        Dataset train,
        Dataset test,
        int runs,
        int steps,
        params (string Name, Transition<TensorMap, S> Optimizer)[] optimizers
    )
        where S : ITensorTree<S>
    {
        var scores = Together.Each(
            run,
            [
                .. optimizers.SelectMany(optimizer =>
                    Enumerable.Range(0, runs).Select(i => (optimizer.Name, optimizer.Optimizer, Number: i))
                ),
            ],
            each =>
            {
                var key = run.Key.FoldIn((ulong)each.Number);
                var (parameters, seconds) = Train(each.Optimizer, train, steps, key, Precision.Single, run.Cancellation);
                var matrix = Score(parameters, test);
                return (matrix.MatthewsCorrelation, matrix.Accuracy, Seconds: seconds);
            },
            (each, score) =>
                $"{each.Name, -10} {each.Number + 1, 4}  accuracy {score.Accuracy:F4}  MCC {score.MatthewsCorrelation:F4}  {score.Seconds:F1} s"
        );
        return [.. scores.Select(score => score.MatthewsCorrelation).Chunk(runs)];
    }

    /// <summary>The variables after a number of steps, and how long they took.</summary>
    public static (TensorMap Parameters, double Seconds) Train<S>(
        Transition<TensorMap, S> optimizer,
        Dataset train,
        int steps,
        Key key,
        Precision precision,
        CancellationToken cancellation
    )
        where S : ITensorTree<S>
    {
        var (start, draws) = key.Split();
        var batches = new Batches(train, BatchSize, draws) { Replacement = true };
        var step = Training.CompileStep(
            optimizer,
            (TensorMap parameters, Tensor positions) =>
            {
                var rows = train.Rows(positions);
                return Losses.HalfSquared(Net.Apply(parameters, rows.Inputs), OneHot(rows.Targets, 10));
            },
            new() { Precision = precision }
        );
        var initial = Transforms.Evaluate(Training.Init(optimizer, Net.Init(start)));
        var watch = Stopwatch.StartNew();
        var end = Transforms.Fold(step, initial, batches.Take(steps).Select(batch => batch.Positions), cancellation: cancellation);
        return (end.Parameters, watch.Elapsed.TotalSeconds);
    }

    /// <summary>How well the classes of a test set are told apart.</summary>
    public static ConfusionMatrix Score(TensorMap parameters, Dataset test) =>
        ConfusionMatrix.Of(Net.Apply(parameters, test.Inputs), test.Targets);

    /// <summary>Images halved to 14×14 by means of 2×2, in [0, 1], and class numbers, which lie in a cache where one-hot rows would not.</summary>
    /// <exception cref="RefusedException">The files cannot be read.</exception>
    public static Dataset Read(string folder, string set)
    {
        var data = Pictures.Files(folder, set, [1, 28, 28]);
        return data.Map(images => Reshape(AveragePool(images, 2), data.Count, 196));
    }

    private static Dense Uniform(int units) => new(units) { Weight = Initializers.Uniform(0.5), BiasStart = Initializers.Uniform(0.5) };
}
