using System.Collections.Immutable;
using System.Diagnostics;
using AutoDiff.Data;
using AutoDiff.Nets;
using AutoDiff.Optimization;

namespace AutoDiff.Examples.Experiments;

/// <summary>What the experiments on classes of pictures share: dense layers of equal width, each normalized, activated and dropped, their training and their scores.</summary>
internal static class Parts
{
    private const string Accuracy = nameof(Accuracy);

    private static readonly Metric _accuracy = new(Accuracy, Metrics.Accuracy);

    public static Initializer He { get; } = Initializers.HeNormal();

    /// <summary>So many hidden layers, and logits.</summary>
    /// <param name="pixels">Inputs.</param>
    /// <param name="hidden">Hidden layers.</param>
    /// <param name="width">Units of each.</param>
    /// <param name="weights">Initial weights.</param>
    /// <param name="normalization">What normalizes; null for nothing.</param>
    /// <param name="activation">The activation; ReLU where null.</param>
    /// <param name="drop">The part of a hidden layer's units that training drops.</param>
    /// <param name="around">What is put around a dense layer.</param>
    public static Net Classifier(
        int pixels,
        int hidden,
        int width,
        Initializer weights,
        Nets.Layer? normalization = null,
        Activation? activation = null,
        double drop = 0,
        Func<Nets.Layer, Nets.Layer>? around = null
    )
    {
        var layers = new List<Nets.Layer>();
        for (var i = 0; i < hidden; i++)
        {
            var dense = new Dense(width) { Weight = weights, BiasStart = Initializers.Zeros };
            layers.Add(around is null ? dense : around(dense));
            if (normalization is not null)
                layers.Add(normalization);
            layers.Add(activation ?? Activation.Relu);
            if (drop > 0)
                layers.Add(new Dropout(drop));
        }
        layers.Add(new Dense(Pictures.Classes) { Weight = weights, BiasStart = Initializers.Zeros });
        return Net.Of([pixels], [.. layers]);
    }

    /// <summary>The net after epochs of gradient descent on the cross-entropy.</summary>
    public static Learned Learn(ExperimentRun run, Net net, Dataset data, double rate, Lesson lesson) =>
        Learn(run, net, data, Optimizers.GradientDescent<TensorMap>(rate), lesson, run.Key);

    /// <summary>The net after epochs on the cross-entropy.</summary>
    /// <exception cref="OperationCanceledException">The run is to end.</exception>
    public static Learned Learn<S>(ExperimentRun run, Net net, Dataset data, Optimizer<TensorMap, S> optimizer, Lesson lesson, Key key)
        where S : ITensorTree<S>
    {
        var (start, draws) = key.Split();
        var batches = new Batches(data.Count, Math.Min(lesson.Size, data.Count), draws);
        var step = Nets.NetTraining.CompileStep(
            net,
            data,
            optimizer,
            Loss,
            penalty: lesson.Decay == 0 ? null : parameters => Penalties.L2(parameters, Penalties.WithoutBiases(lesson.Decay)),
            options: lesson.Compile
        );
        ImmutableArray<Func<Variables, TensorMap>> watched =
        [
            .. lesson.Watched.Select(set => Nets.NetTraining.CompileEvaluation(net, set, Loss, [_accuracy], lesson.Compile)),
        ];
        var variables = Variables.Init(net, start);
        var initial = new State<Variables, S>(variables, optimizer.Init(variables.Parameters), double.NaN);
        _ = step.Invoke(initial, batches[0]); // The first call plans the step, which is no part of what the steps take.
        var (whole, measuring) = (Stopwatch.StartNew(), new Stopwatch());
        var result = Training.Run(
            step,
            initial,
            i => batches[i],
            lesson.Epochs * batches.PerEpoch,
            new()
            {
                EarlyStopping = watched.IsEmpty ? null : new() { Every = lesson.Every * batches.PerEpoch, Metrics = Measured },
                Cancellation = run.Cancellation,
            }
        );
        run.Cancellation.ThrowIfCancellationRequested();
        ImmutableArray<double> epochs = watched.IsEmpty
            ? []
            : [.. Enumerable.Range(1, lesson.Epochs / lesson.Every).Select(i => (double)i * lesson.Every)];
        return new(
            net,
            result.State.Parameters,
            result.End != TrainingEnd.NonFinite,
            result.History["Loss"],
            epochs,
            [.. watched.Select((_, i) => ToTheEnd(i))],
            (whole.Elapsed - measuring.Elapsed).TotalSeconds
        );

        // Where the loss is no number, steps end, and the net stays what it was.
        ImmutableArray<double> ToTheEnd(int set)
        {
            ImmutableArray<double> measured = result.Evaluations!.Count == 0 ? [] : result.Evaluations[$"{set}"];
            return measured.Length == epochs.Length
                ? measured
                : [.. measured, .. Enumerable.Repeat(Measured(result.State.Parameters)[$"{set}"].Item(), epochs.Length - measured.Length)];
        }

        TensorMap Measured(Variables at)
        {
            measuring.Start();
            var accuracies = TensorMap.Of([.. watched.Select((measure, i) => ($"{i}", measure(at)[Accuracy]))]);
            measuring.Stop();
            return accuracies;
        }
    }

    /// <summary>The part of the pictures that a net names right, and its mean loss on them.</summary>
    public static (double Accuracy, double Loss) Scores(Learned learned, Dataset data)
    {
        var scores = Nets.NetTraining.CompileEvaluation(learned.Net, data, Loss, [_accuracy])(learned.Variables);
        return (scores[Accuracy].Item(), scores["Loss"].Item());
    }

    private static Tensor Loss(Tensor logits, Tensor classes) => Losses.CrossEntropy(logits, classes);
}
