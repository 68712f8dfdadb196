using AutoDiff.Data;
using AutoDiff.Nets;
using AutoDiff.Optimization;

namespace AutoDiff.Examples.Experiments;

/// <summary>What the experiments on classes of pictures share: dense layers of equal width, each normalized, activated and dropped, their training and their scores.</summary>
internal static class Parts
{
    public const string Accuracy = nameof(Accuracy);

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
    /// <param name="run">Says the key, and may end it.</param>
    /// <param name="net">The net.</param>
    /// <param name="data">What it learns.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="size">Pictures of a batch.</param>
    /// <param name="epochs">How often it sees each picture.</param>
    /// <param name="decay">The weight decay: not of biases.</param>
    /// <param name="watched">What its <see cref="Accuracy"/> is measured on after each epoch, among the run's evaluations.</param>
    public static Trained<RateState> Trained(
        ExperimentRun run,
        Net net,
        Dataset data,
        double rate,
        int size,
        int epochs,
        double decay = 0,
        Dataset? watched = null
    )
    {
        var trained = net.Train(
            data,
            Optimizers.GradientDescent<TensorMap>(rate),
            Loss,
            new()
            {
                Key = Key.Of(run.Seed),
                BatchSize = size,
                Epochs = epochs,
                Validation = watched,
                Metrics = [_accuracy],
                Penalty = decay == 0 ? null : parameters => Penalties.L2(parameters, Penalties.WithoutBiases(decay)),
                Cancellation = run.Cancellation,
            }
        );
        run.Cancellation.ThrowIfCancellationRequested();
        return trained;
    }

    /// <summary>The part of the pictures that a trained net names right, and its mean loss on them.</summary>
    public static (double Accuracy, double Loss) Scores(Trained<RateState> trained, Dataset data)
    {
        var scores = Nets.NetTraining.CompileEvaluation(trained.Net, data, Loss, [_accuracy])(trained.Variables);
        return (scores[Accuracy].Item(), scores["Loss"].Item());
    }

    private static Tensor Loss(Tensor logits, Tensor classes) => Losses.CrossEntropy(logits, classes);
}
