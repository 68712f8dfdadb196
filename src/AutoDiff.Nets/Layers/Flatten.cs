using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>Each example as a vector: [batch, length…] → [batch, product of the lengths].</summary>
public sealed record Flatten : Layer
{
    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context) =>
        ReshapeTo(x, [x.Shape[0], Checks.Example(x, nameof(Flatten)).Size]);
}
