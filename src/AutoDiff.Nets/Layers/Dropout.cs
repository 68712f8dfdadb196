namespace AutoDiff.Nets;

/// <summary>In training each element is 0 with a probability, else divided by one minus it, so that its expectation stays; at inference the identity.</summary>
/// <remarks>Srivastava et al., JMLR 15 (2014), in the inverted form, as PyTorch's <c>Dropout</c>. The mask is drawn from the context's key: the same key, the same elements.</remarks>
public sealed record Dropout : Layer
{
    /// <summary>Dropout.</summary>
    /// <param name="rate">The probability of 0, in [0, 1].</param>
    /// <exception cref="ArgumentException">It is out of range.</exception>
    public Dropout(double rate = 0.5) => Rate = rate;

    /// <summary>The probability of 0.</summary>
    /// <exception cref="ArgumentException">It is outside [0, 1].</exception>
    public double Rate
    {
        get;
        init => field = Checks.Probability(value, nameof(Dropout), "rate");
    }

    /// <inheritdoc/>
    protected internal override string Title => FormattableString.Invariant($"Dropout({Rate})");

    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        Checks.Example(x, nameof(Dropout));
        return Masked(x, x.Shape, Rate, context, nameof(Dropout));
    }

    /// <summary>x with what is drawn for <paramref name="mask"/>'s shape put to 0.</summary>
    internal static Tensor Masked(Tensor x, Shape mask, double rate, Context context, string layer)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!context.IsTraining || rate == 0)
            return x;
        return rate == 1 ? Tensor.Zeros(x.Shape) : x * (context.RequiredKey(layer).Bernoulli(mask, 1 - rate) * (1 / (1 - rate)));
    }
}
