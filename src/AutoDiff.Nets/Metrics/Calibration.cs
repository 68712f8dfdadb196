using System.Collections.Immutable;

namespace AutoDiff.Nets;

/// <summary>How far probabilities are from shares.</summary>
/// <param name="Bins">The bins with examples, by rising probability.</param>
public sealed record Calibration(ImmutableArray<CalibrationBin> Bins)
{
    /// <summary>The expected calibration error: the mean over examples of |accuracy − confidence| of their bins.</summary>
    public double ExpectedError => Bins.Sum(bin => bin.Count * Error(bin)) / Bins.Sum(bin => (double)bin.Count);

    /// <summary>The maximum calibration error: the largest |accuracy − confidence| of a bin.</summary>
    public double MaximumError => Bins.Max(Error);

    private static double Error(CalibrationBin bin) => Math.Abs(bin.Accuracy - bin.Confidence);
}
