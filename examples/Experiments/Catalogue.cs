using System.Collections.Immutable;

namespace AutoDiff.Examples.Experiments;

/// <summary>All experiments.</summary>
internal static class Catalogue
{
    /// <summary>All, in the order of a report: by row, 1 to 28, A to F, ours.</summary>
    public static ImmutableArray<Experiment> All { get; } =
    [
        TwoWeights.Experiment,
        MinimumRatio.Experiment,
        BatchTimes.Experiment,
        BatchAccuracy.Experiment,
        Plateau.Experiment,
        LossAndGradient.Experiment,
        Valley.Experiment,
        FirstSteps.Experiment,
        Braking.Experiment,
        SoftmaxBars.Experiment,
        TwoLosses.Experiment,
        NormalizedInputs.Experiment,
        BatchRates.Experiment,
        SmallBatches.Experiment,
        RunningStatistics.Experiment,
        MiniBatches.Experiment,
        SharpMinima.Experiment,
        Stuck.Experiment,
        SaddleOfSquares.Experiment,
        BiasCorrection.Experiment,
        SmallNetPenalties.Experiment,
        FourPaths.Experiment,
        Activations.Experiment,
        InitialWeights.Experiment,
        WeightScales.Experiment,
        Overfitting.Experiment,
        RandomSearch.Experiment,
        DescentOneDimension.Experiment,
        DescentTwoDimensions.Experiment,
        TwoMinima.Experiment,
        MomentumPaths.Experiment,
        NesterovPaths.Experiment,
        Fashion.Experiment,
        Fashion100.Experiment,
        FiveOptimizers.Experiment,
        LinearAutoencoder.Experiment,
        DeepLinear.Experiment,
        ClassicalSurfaces.Experiment,
        EdgeOfStability.Experiment,
        Outliers.Experiment,
        Estimators.Experiment,
        ErrorSurfaces.Experiment,
        SpectrumAlongTraining.Experiment,
        PathsBetweenMinima.Experiment,
        LeavingSaddles.Experiment,
        ClassicalRaces.Experiment,
    ];
}
