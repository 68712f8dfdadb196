namespace AutoDiff.Nets;

/// <summary>A layer in a <see cref="Summary"/>.</summary>
/// <param name="Path">Where its parameters lie; empty for the net's own layer.</param>
/// <param name="Layer">What it is called.</param>
/// <param name="Output">The shape of one example's output.</param>
/// <param name="Parameters">How many numbers its parameters are, without those of the layers inside it.</param>
public sealed record SummaryRow(string Path, string Layer, Shape Output, long Parameters);
