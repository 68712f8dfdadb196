using System.Collections.Immutable;

namespace AutoDiff.Nets;

/// <summary>What is found against what is mistaken, as the threshold falls: one point for each score that occurs, and (0, 0) before them.</summary>
/// <param name="Thresholds">The thresholds, falling from ∞: positive is what scores at least as much.</param>
/// <param name="FalsePositiveRates">The share of negatives taken for positive, rising to 1.</param>
/// <param name="TruePositiveRates">The share of positives taken for positive, rising to 1.</param>
public sealed record RocCurve(
    ImmutableArray<double> Thresholds,
    ImmutableArray<double> FalsePositiveRates,
    ImmutableArray<double> TruePositiveRates
);
