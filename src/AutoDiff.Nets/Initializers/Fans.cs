namespace AutoDiff.Nets;

/// <summary>How many inputs reach one unit through a weight, and how many units one input reaches: what the scale of initial weights depends on.</summary>
/// <param name="In">Inputs of one unit: rows of a dense weight, channels per group × window of a convolution.</param>
/// <param name="Out">Units of one input: columns of a dense weight, outputs per group × window of a convolution.</param>
public readonly record struct Fans(double In, double Out);
