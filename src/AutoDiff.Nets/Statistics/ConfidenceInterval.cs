namespace AutoDiff.Nets;

/// <summary>An interval that holds what was estimated in a given share of experiments.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
/// <param name="Level">The share, above 0 and below 1.</param>
public sealed record ConfidenceInterval(double Low, double High, double Level);
