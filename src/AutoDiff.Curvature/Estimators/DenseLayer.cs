namespace AutoDiff.Curvature;

/// <summary>A call of a dense layer.</summary>
internal sealed record DenseLayer(Tensor Inputs, Tensor Weight, Tensor? Bias, Shape Outputs);
