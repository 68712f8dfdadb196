using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>x for x &gt; 0, else a · x, the slope a being a parameter; the derivative at 0 is a.</summary>
/// <remarks>The parameter <c>weight</c> has one slope, or one for each channel [channels]. He et al. (1502.01852); PyTorch's <c>PReLU</c>.</remarks>
public sealed record PRelu : Layer
{
    /// <summary>Whether each channel, the first axis behind the batch, has its own slope; else all have one.</summary>
    public bool PerChannel { get; init; }

    /// <summary>The slopes before training; ¼, the paper's, unless set.</summary>
    /// <exception cref="ArgumentException">It is not finite.</exception>
    public double Start
    {
        get;
        init => field = Checks.Finite(value, nameof(PRelu), "start");
    } = 0.25;

    /// <inheritdoc/>
    public override TensorMap Init(Key key, Shape input)
    {
        Require.NotNull(input, nameof(PRelu));
        Require.That(!PerChannel || input.Rank > 0, $"[PRelu] got examples of shape {input}; expected [channels,…]");
        return TensorMap.Of(("weight", Tensor.Full(Start, [PerChannel ? input[0] : 1])));
    }

    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Checks.Example(x, nameof(PRelu));
        var slope = parameters["weight"];
        if (PerChannel)
            slope = ReshapeTo(slope, [slope.Shape[0], .. Enumerable.Repeat(1, x.Rank - 2)]);
        return Where(x > 0, x, slope * x);
    }
}
