namespace AutoDiff.Nets;

/// <summary>Dropout of whole channels of signals or images [batch, channels, length…]: neighbouring elements, which say much the same, fall out together.</summary>
/// <remarks>Tompson et al. (1411.4280). PyTorch's <c>Dropout1d</c> and <c>Dropout2d</c>.</remarks>
public sealed record SpatialDropout : Layer
{
    /// <summary>Dropout of channels.</summary>
    /// <param name="rate">The probability of 0, in [0, 1].</param>
    /// <exception cref="ArgumentException">It is out of range.</exception>
    public SpatialDropout(double rate = 0.5) => Rate = rate;

    /// <summary>The probability of 0.</summary>
    /// <exception cref="ArgumentException">It is outside [0, 1].</exception>
    public double Rate
    {
        get;
        init => field = Checks.Probability(value, nameof(SpatialDropout), "rate");
    }

    /// <inheritdoc/>
    protected internal override string Title => FormattableString.Invariant($"SpatialDropout({Rate})");

    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        var example = Checks.Example(x, nameof(SpatialDropout));
        Require.That(example.Rank > 1, $"[SpatialDropout] got examples of shape {example}; expected [channels,length…]");
        return Dropout.Masked(x, Shape.From(x.Rank, axis => axis < 2 ? x.Shape[axis] : 1), Rate, context, nameof(SpatialDropout));
    }
}
