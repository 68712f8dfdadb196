using System.Diagnostics;
using System.Globalization;
using AutoDiff.Nets;
using AutoDiff.Optimization;

namespace AutoDiff.Examples.Experiments;

/// <summary>Which optimizer trains a small convolutional net best, and which fastest?</summary>
/// <remarks>
/// Kneusel, Math for Deep Learning, figure 11-11: 16,384 pictures of MNIST, batches of 128, 12 epochs, five runs each. The source names neither the net nor the
/// rates: the rates here are the usual ones of each optimizer.
/// </remarks>
internal static class FiveOptimizers
{
    private const int Runs = 5;

    /// <summary>12 epochs on 16,384 pictures, tested on 10,000 others; or 4 on 1,000.</summary>
    public static void Compare(ExperimentRun run)
    {
        var (count, epochs, size) = run.IsWhole ? (16_384, 12, 128) : (1000, 4, 32);
        var pictures = Pictures.Read(run, count, 10_000);
        run.Output.WriteLine(
            $"{pictures.Name}: {Runs} runs of {epochs} epochs on {pictures.Train.Count} pictures in batches of {size}, tested on {pictures.Test.Count}, in single precision"
        );
        var net = Convolutional(pictures.Pixels);
        run.Output.WriteLine($"{"", -14} run  accuracy  seconds");
        (string Name, List<double> Accuracies, List<double> Seconds)[] rows =
        [
            Row("SGD, Nesterov", Optimizers.Nesterov<TensorMap>(0.01)),
            Row("RMSprop", Optimizers.RmsProp<TensorMap>(0.001, 0.9)),
            Row("Adagrad", Optimizers.AdaGrad<TensorMap>(0.01)),
            Row("Adadelta", Optimizers.Adadelta<TensorMap>(1)),
            Row("Adam", Optimizers.Adam<TensorMap>(0.001)),
        ];
        run.Output.WriteLine("");
        run.Output.WriteLine($"{"", -14} runs  accuracy in percent      seconds");
        foreach (var (name, accuracies, seconds) in rows.Where(row => row.Accuracies.Count > 0))
            run.Output.WriteLine($"{name, -14} {accuracies.Count, 4}    {Mean(accuracies, 2)}   {Mean(seconds, 1)}");
        if (rows.All(row => row.Accuracies.Count == Runs))
        {
            var above = rows.Where(row => IsAbove(row.Accuracies, rows[0].Accuracies)).Select(row => row.Name);
            run.Output.WriteLine($"above SGD by more than two standard errors: {string.Join(", ", above)}");
        }

        (string, List<double>, List<double>) Row<S>(string name, Optimizer<TensorMap, S> optimizer)
            where S : ITensorTree<S>
        {
            var (accuracies, seconds) = (new List<double>(), new List<double>());
            for (var i = 0; i < Runs && !run.Cancellation.IsCancellationRequested; i++)
            {
                var watch = Stopwatch.StartNew();
                var trained = net.Train(
                    pictures.Train,
                    optimizer,
                    CrossEntropy,
                    new()
                    {
                        Key = Key.Of(run.Seed).FoldIn((ulong)i),
                        Epochs = epochs,
                        BatchSize = size,
                        Compile = Single,
                        Cancellation = run.Cancellation,
                    }
                );
                if (trained.Run.End == TrainingEnd.Cancelled)
                    break;
                seconds.Add(watch.Elapsed.TotalSeconds);
                var means = Nets.NetTraining.CompileEvaluation(net, pictures.Test, CrossEntropy, [Accuracy], Single)(trained.Variables);
                accuracies.Add(100 * means[Accuracy.Name].Item());
                run.Output.WriteLine(Text($"{name, -14} {i + 1, 3} {accuracies[^1], 9:F2} {seconds[^1], 8:F1}"));
            }
            return (name, accuracies, seconds);
        }
    }

    /// <summary>Two convolutions by 3×3, each halved by its windows' largest; then a hidden layer.</summary>
    private static Net Convolutional(int pixels)
    {
        var side = (int)Math.Sqrt(pixels);
        return Net.Of(
            [pixels],
            new Reshape(1, side, side),
            new Convolution2D(8, 3) { Padding = Padding.Same },
            Activation.Relu,
            new MaxPool2D(2),
            new Convolution2D(16, 3) { Padding = Padding.Same },
            Activation.Relu,
            new MaxPool2D(2),
            new Dropout(0.25),
            new Flatten(),
            new Dense(64),
            Activation.Relu,
            new Dense(Pictures.Classes)
        );
    }

    private static CompileOptions Single { get; } = new() { Precision = Precision.Single };

    private static Metric Accuracy { get; } = new("Accuracy", Metrics.Accuracy);

    private static Tensor CrossEntropy(Tensor logits, Tensor classes) => Losses.CrossEntropy(logits, classes);

    private static bool IsAbove(List<double> values, List<double> others)
    {
        var (a, b) = (Statistics.Summarize(values.ToArray()), Statistics.Summarize(others.ToArray()));
        return a.Mean - b.Mean > 2 * double.Hypot(a.StandardError, b.StandardError);
    }

    /// <summary>The mean with its standard error.</summary>
    private static string Mean(List<double> values, int digits)
    {
        var summary = Statistics.Summarize(values.ToArray());
        var form = $"F{digits}";
        return $"{summary.Mean.ToString(form, CultureInfo.InvariantCulture), 6} +- {summary.StandardError.ToString(form, CultureInfo.InvariantCulture), -5}";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
