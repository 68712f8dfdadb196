using System.Collections.Immutable;

namespace AutoDiff.Examples.Experiments;

/// <summary>All experiments.</summary>
internal static class Catalogue
{
    /// <summary>All, in the order of a report: by row, 1 to 28, A to F, ours.</summary>
    public static ImmutableArray<Experiment> All { get; } =
    [
        // One line each, by row: 1 to 28, A to F, ours.
        BatchTimes.Experiment,
        Old("plateau", ["5"], "Does momentum pass what descent stops at?", "", Plateaus.Compare),
        Old("valley", ["7"], "Why do rates want to differ, and to change?", "", Valley.Compare),
        Old("first-steps", ["8", "16"], "How long is the first step, with and without a correction?", "", FirstSteps.Compare),
        Old("softmax", ["9"], "What does a softmax make of 3, 1 and -3?", "", Outputs.Softmax),
        Old("two-losses", ["10"], "Why cross-entropy and not squared error: where is each flat?", "", Outputs.Surfaces),
        NormalizedInputs.Experiment,
        BatchRates.Experiment,
        SmallBatches.Experiment,
        RunningStatistics.Experiment,
        MiniBatches.Experiment,
        SmallNetPenalties.Experiment,
        Old("four-paths", ["18"], "How do four optimizers cross x^2/20 + y^2?", "", FourPaths.Compare),
        Activations.Experiment,
        InitialWeights.Experiment,
        WeightScales.Experiment,
        Overfitting.Experiment,
        RandomSearch.Experiment,
        Old("descent-1d", ["22"], "How does gradient descent come down a parabola?", "", Parabolas.OneDimension),
        Old("descent-2d", ["23"], "Which way does it take down a bowl, and down a narrow one?", "", Parabolas.TwoDimensions),
        Old("two-minima", ["24"], "Which of two minima does a start lead to?", "", TwoMinima.Descent),
        Old("momentum", ["25"], "How far does momentum go in the same steps?", "", TwoMinima.Momentum),
        Old("nesterov", ["26"], "What does looking ahead change: as defined, and one coordinate at a time?", "", TwoMinima.Nesterov),
        Fashion.Experiment,
        Fashion100.Experiment,
        FiveOptimizers.Experiment,
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
