using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>The mean of each channel of signals or images [batch, channels, length…]: [batch, channels].</summary>
public sealed record GlobalAveragePool : Layer
{
    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        var example = Checks.Example(x, nameof(GlobalAveragePool));
        Require.That(
            example.Rank > 1 && !example.Skip(1).Contains(0),
            $"[GlobalAveragePool] got examples of shape {example}; expected [channels,length…], none of the lengths 0"
        );
        return Mean(x, Ints.From(example.Rank - 1, i => i + 2).AsSpan());
    }
}
