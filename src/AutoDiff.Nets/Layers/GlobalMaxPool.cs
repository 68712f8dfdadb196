using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>The largest element of each channel of signals or images [batch, channels, length…]: [batch, channels]; equal largest elements share the derivative.</summary>
public sealed record GlobalMaxPool : Layer
{
    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        var example = Checks.Example(x, nameof(GlobalMaxPool));
        Require.That(
            example.Rank > 1 && !example.Skip(1).Contains(0),
            $"[GlobalMaxPool] got examples of shape {example}; expected [channels,length…], none of the lengths 0"
        );
        return Max(x, Ints.From(example.Rank - 1, i => i + 2).AsSpan());
    }
}
