namespace AutoDiff.Nets;

/// <summary>What a t-test says of samples.</summary>
/// <param name="Statistic">t: the difference of the means over its standard error.</param>
/// <param name="PValue">How likely a t at least as extreme is where the means are equal, 0 … 1; NaN where the test says nothing.</param>
/// <param name="DegreesOfFreedom">The degrees of freedom of t, whole but for Welch's test.</param>
public sealed record TTestResult(double Statistic, double PValue, double DegreesOfFreedom);
