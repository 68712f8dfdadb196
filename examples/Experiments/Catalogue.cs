using System.Collections.Immutable;

namespace AutoDiff.Examples.Experiments;

/// <summary>All experiments.</summary>
internal static class Catalogue
{
    /// <summary>All, in the order of a report: by row, 1 to 28, A to F, ours.</summary>
    public static ImmutableArray<Experiment> All { get; } =
    [
        // One line each, by row: 1 to 28, A to F, ours.
        MinimumRatio.Experiment,
        Old("batch-times", ["3"], "What does a batch's size do to the time of an update, and of an epoch?", "", BatchTimes.Compare),
        BatchAccuracy.Experiment,
        Old("plateau", ["5"], "Does momentum pass what descent stops at?", "", Plateaus.Compare),
        LossAndGradient.Experiment,
        Old("valley", ["7"], "Why do rates want to differ, and to change?", "", Valley.Compare),
        Old("first-steps", ["8", "16"], "How long is the first step, with and without a correction?", "", FirstSteps.Compare),
        Old("softmax", ["9"], "What does a softmax make of 3, 1 and -3?", "", Outputs.Softmax),
        Old("two-losses", ["10"], "Why cross-entropy and not squared error: where is each flat?", "", Outputs.Surfaces),
        Old("normalized-inputs", ["11"], "What does standardizing inputs do to the Hessian?", "", Normalizations.Inputs),
        Old("batch-rates", ["11"], "Does batch normalization permit larger rates?", "", Normalizations.Rates),
        Old("small-batches", ["11"], "Which normalization bears small batches?", "", Normalizations.SmallBatches),
        Old(
            "mini-batches",
            ["12"],
            "What does a batch's gradient tell of the full one, and what does shuffling change?",
            "",
            MiniBatches.Compare
        ),
        SharpMinima.Experiment,
        Stuck.Experiment,
        Old("penalties", ["17"], "What do L1, L2 and stopping early leave of a small net?", "", Regularization.Compare),
        Old("four-paths", ["18"], "How do four optimizers cross x^2/20 + y^2?", "", FourPaths.Compare),
        Old("activations", ["19"], "What reaches each layer, by its initial weights?", "", Activations.Compare),
        Old("starts", ["20"], "Which initial weights let five layers of ReLU learn?", "", Starts.Compare),
        Old(
            "weight-scales",
            ["21"],
            "Does a net learn from any initial weights, with batch normalization?",
            "",
            Regularizations.WeightScales
        ),
        Old("overfitting", ["21"], "What do weight decay and dropout do against overfitting?", "", Regularizations.Overfitting),
        Old("random-search", ["21"], "Which rate and weight decay does a random search find?", "", Regularizations.RandomSearch),
        Old("descent-1d", ["22"], "How does gradient descent come down a parabola?", "", Parabolas.OneDimension),
        Old("descent-2d", ["23"], "Which way does it take down a bowl, and down a narrow one?", "", Parabolas.TwoDimensions),
        Old("two-minima", ["24"], "Which of two minima does a start lead to?", "", TwoMinima.Descent),
        Old("momentum", ["25"], "How far does momentum go in the same steps?", "", TwoMinima.Momentum),
        Old("nesterov", ["26"], "What does looking ahead change: as defined, and one coordinate at a time?", "", TwoMinima.Nesterov),
        Old("fashion", ["27"], "Does momentum make a better classifier of clothes? (22 runs of each, and tests)", "", FashionRuns.Compare),
        Old("fashion-100", ["27"], "Are the scores of many runs normal?", "", FashionRuns.Normality),
        Old(
            "five-optimizers",
            ["28"],
            "Which optimizer trains a small convolutional net best, and which fastest?",
            "",
            FiveOptimizers.Compare
        ),
    ];

    private static Experiment Old(string name, ImmutableArray<string> rows, string question, string source, Action<ExperimentRun> run) =>
        new(
            name,
            rows,
            question,
            source,
            settings =>
            {
                run(settings);
                return new();
            }
        );

    private static Experiment Old(string name, ImmutableArray<string> rows, string question, string source, Action<TextWriter> run) =>
        Old(name, rows, question, source, settings => run(settings.Output));
}
