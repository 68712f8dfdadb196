namespace AutoDiff.Examples;

/// <summary>Examples and what they are.</summary>
/// <param name="Features">[rows, features].</param>
/// <param name="Targets">One-hot classes, [rows, classes].</param>
[TensorTree]
public sealed partial record Batch(Tensor Features, Tensor Targets);
