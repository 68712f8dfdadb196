namespace AutoDiff.Nets;

/// <summary>What a layer makes of an input.</summary>
/// <param name="Output">The output [batch, …].</param>
/// <param name="State">The state after it, of the layer's own structure: empty where the layer has none.</param>
public readonly record struct Applied(Tensor Output, TensorMap State)
{
    /// <summary>The output of a layer that keeps no state.</summary>
    public static implicit operator Applied(Tensor output) => new(output, TensorMap.Empty);

    /// <summary>The output of a layer that keeps no state.</summary>
    public static Applied FromTensor(Tensor output) => output;
}
