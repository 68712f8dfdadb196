namespace AutoDiff.Nets;

/// <summary>What a test says of samples.</summary>
/// <param name="Statistic">The test's statistic.</param>
/// <param name="PValue">How likely a statistic at least as extreme is under the null hypothesis, 0 … 1; NaN where the test says nothing.</param>
public sealed record SignificanceResult(double Statistic, double PValue);
