namespace AutoDiff.Nets;

/// <summary>A sample in a few numbers.</summary>
/// <param name="Count">How many values there are.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="StandardDeviation">√(Σ(x − mean)² ⁄ (n − 1)); NaN of a single value.</param>
/// <param name="StandardError">The standard deviation over √n; NaN of a single value.</param>
/// <param name="Median">The middle value, or the mean of the two in the middle.</param>
/// <param name="Min">The smallest value.</param>
/// <param name="Max">The largest value.</param>
public sealed record SampleSummary(
    int Count,
    double Mean,
    double StandardDeviation,
    double StandardError,
    double Median,
    double Min,
    double Max
);
