namespace AutoDiff.Curvature;

/// <summary>The arrays of one running plan.</summary>
/// <param name="Inputs">What is known, then what differs from run to run.</param>
/// <param name="Outputs">The results.</param>
internal sealed record Arrays(double[][] Inputs, double[][] Outputs);
