namespace AutoDiff.Nets;

/// <summary>What a rank test says of samples.</summary>
/// <param name="Statistic">The test's statistic.</param>
/// <param name="PValue">How likely a statistic at least as extreme is under the null hypothesis, 0 … 1.</param>
/// <param name="Method">How the p-value was found: exact or asymptotic.</param>
public sealed record RankTestResult(double Statistic, double PValue, RankMethod Method);
