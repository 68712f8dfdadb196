namespace AutoDiff.Data;

/// <summary>What a step of training is given: which rows of a data set it learns from, and a key of its own.</summary>
/// <param name="Positions">The rows' numbers [size], for <see cref="Dataset.Rows"/>; they may repeat.</param>
/// <param name="Key">The step's own key, as for dropout: independent of what picked the rows.</param>
[TensorTree]
public sealed partial record Batch(Tensor Positions, Key Key);
