namespace AutoDiff.Nets;

/// <summary>What resampling says of a statistic.</summary>
/// <param name="Estimate">The statistic of the sample itself.</param>
/// <param name="StandardError">The standard deviation of the resampled statistics.</param>
/// <param name="Interval">The confidence interval.</param>
public sealed record BootstrapResult(double Estimate, double StandardError, ConfidenceInterval Interval);
