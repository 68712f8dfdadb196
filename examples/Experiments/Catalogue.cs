using System.Collections.Immutable;

namespace AutoDiff.Examples.Experiments;

/// <summary>All experiments.</summary>
internal static class Catalogue
{
    /// <summary>All, in the order of a report: by row, 1 to 28, A to F, ours.</summary>
    public static ImmutableArray<Experiment> All { get; } =
    [
        // One line each, by row: 1 to 28, A to F, ours.
        TwoWeights.Experiment,
        Old("batch-times", ["3"], "What does a batch's size do to the time of an update, and of an epoch?", "", BatchTimes.Compare),
        Plateau.Experiment,
        Valley.Experiment,
        FirstSteps.Experiment,
        SoftmaxBars.Experiment,
        TwoLosses.Experiment,
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
        BiasCorrection.Experiment,
        SaddleOfSquares.Experiment,
        Old("penalties", ["17"], "What do L1, L2 and stopping early leave of a small net?", "", Regularization.Compare),
        FourPaths.Experiment,
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
        DescentOneDimension.Experiment,
        DescentTwoDimensions.Experiment,
        TwoMinima.Experiment,
        MomentumPaths.Experiment,
        NesterovPaths.Experiment,
        Old("fashion", ["27"], "Does momentum make a better classifier of clothes? (22 runs of each, and tests)", "", FashionRuns.Compare),
        Old("fashion-100", ["27"], "Are the scores of many runs normal?", "", FashionRuns.Normality),
        Old(
            "five-optimizers",
            ["28"],
            "Which optimizer trains a small convolutional net best, and which fastest?",
            "",
            FiveOptimizers.Compare
        ),
        ClassicalRaces.Experiment,
        DeepLinear.Experiment,
        ClassicalSurfaces.Experiment,
        ErrorSurfaces.Experiment,
        PathsBetweenMinima.Experiment,
        LeavingSaddles.Experiment,
        LinearAutoencoder.Experiment,
        EdgeOfStability.Experiment,
        Outliers.Experiment,
        Estimators.Experiment,
        SpectrumAlongTraining.Experiment,
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
