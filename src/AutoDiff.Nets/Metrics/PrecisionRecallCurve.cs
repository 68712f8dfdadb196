using System.Collections.Immutable;

namespace AutoDiff.Nets;

/// <summary>What is right among what is found against what is found, as the threshold falls: one point for each score that occurs, and precision 1 at recall 0 before them.</summary>
/// <param name="Thresholds">The thresholds, falling from ∞: positive is what scores at least as much.</param>
/// <param name="Precisions">The share of positives among what is taken for positive.</param>
/// <param name="Recalls">The share of positives taken for positive, rising to 1.</param>
public sealed record PrecisionRecallCurve(
    ImmutableArray<double> Thresholds,
    ImmutableArray<double> Precisions,
    ImmutableArray<double> Recalls
);
