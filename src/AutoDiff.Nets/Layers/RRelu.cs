using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>x for x &gt; 0, else a · x: in training with a drawn for each element uniformly in [low, high), at inference with their mean.</summary>
/// <remarks>Xu et al. (1505.00853); bounds as PyTorch's <c>RReLU</c>. The slopes are drawn from the context's key.</remarks>
public sealed record RRelu : Layer
{
    /// <summary>Randomized slopes.</summary>
    /// <param name="low">The least slope.</param>
    /// <param name="high">The largest, not below it.</param>
    /// <exception cref="ArgumentException">A number is not finite, or high is below low.</exception>
    public RRelu(double low = 1.0 / 8, double high = 1.0 / 3)
    {
        Require.That(
            low <= high && double.IsFinite(low) && double.IsFinite(high),
            $"[RRelu] got low {low}, high {high}; expected finite numbers, low not above high"
        );
        (Low, High) = (low, high);
    }

    /// <summary>The least slope.</summary>
    public double Low { get; }

    /// <summary>The largest slope.</summary>
    public double High { get; }

    /// <inheritdoc/>
    protected internal override string Title => FormattableString.Invariant($"RRelu({Low}, {High})");

    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Checks.Example(x, nameof(RRelu));
        return context.IsTraining
            ? Where(x > 0, x, context.RequiredKey(nameof(RRelu)).Uniform(x.Shape, Low, High) * x)
            : LeakyRelu(x, (Low + High) / 2);
    }
}
