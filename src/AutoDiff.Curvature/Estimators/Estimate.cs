namespace AutoDiff.Curvature;

/// <summary>A quantity estimated from random products.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="StandardError">The standard deviation of the estimate, itself estimated; 0 where it is exact, NaN where one sample tells nothing.</param>
/// <param name="Products">How many products with the operator it took.</param>
public sealed record Estimate(double Value, double StandardError, int Products);
