using System.Collections.Immutable;

namespace AutoDiff.Examples.Experiments;

/// <summary>A question of the sources, and what answers it.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Question">The question.</param>
/// <param name="Run">Writes the answer, as a table.</param>
internal sealed record Experiment(string Name, string Question, Action<ExperimentRun> Run)
{
    private Experiment(string name, string question, Action<TextWriter> run)
        : this(name, question, settings => run(settings.Output)) { }

    public static ImmutableArray<Experiment> All { get; } =
    [
        new("descent-1d", "How does gradient descent come down a parabola?", Parabolas.OneDimension),
        new("descent-2d", "Which way does it take down a bowl, and down a narrow one?", Parabolas.TwoDimensions),
        new("two-minima", "Which of two minima does a start lead to?", TwoMinima.Descent),
        new("momentum", "How far does momentum go in the same steps?", TwoMinima.Momentum),
        new("nesterov", "What does looking ahead change: as defined, and one coordinate at a time?", TwoMinima.Nesterov),
        new("four-paths", "How do four optimizers cross x^2/20 + y^2?", FourPaths.Compare),
        new("plateau", "Does momentum pass what descent stops at?", Plateaus.Compare),
        new("valley", "Why do rates want to differ, and to change?", Valley.Compare),
        new("mini-batches", "What does a batch's gradient tell of the full one, and what does shuffling change?", MiniBatches.Compare),
        new("batch-times", "What does a batch's size do to the time of an update, and of an epoch?", BatchTimes.Compare),
        new("first-steps", "How long is the first step, with and without a correction?", FirstSteps.Compare),
        new("fashion", "Does momentum make a better classifier of clothes? (22 runs of each, and tests)", FashionRuns.Compare),
        new("fashion-100", "Are the scores of many runs normal?", FashionRuns.Normality),
        new("normalized-inputs", "What does standardizing inputs do to the Hessian?", Normalizations.Inputs),
        new("batch-rates", "Does batch normalization permit larger rates?", Normalizations.Rates),
        new("small-batches", "Which normalization bears small batches?", Normalizations.SmallBatches),
        new("weight-scales", "Does a net learn from any initial weights, with batch normalization?", Regularizations.WeightScales),
        new("overfitting", "What do weight decay and dropout do against overfitting?", Regularizations.Overfitting),
        new("random-search", "Which rate and weight decay does a random search find?", Regularizations.RandomSearch),
        new("softmax", "What does a softmax make of 3, 1 and -3?", Outputs.Softmax),
        new("two-losses", "Why cross-entropy and not squared error: where is each flat?", Outputs.Surfaces),
        new("penalties", "What do L1, L2 and stopping early leave of a small net?", Regularization.Compare),
        new("activations", "What reaches each layer, by its initial weights?", Activations.Compare),
        new("five-optimizers", "Which optimizer trains a small convolutional net best, and which fastest?", FiveOptimizers.Compare),
        new("starts", "Which initial weights let five layers of ReLU learn?", Starts.Compare),
    ];
}
