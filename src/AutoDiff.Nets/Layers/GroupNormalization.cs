using static AutoDiff.Nets.Normalizing;
using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>Group normalization of [batch, channels, …]: y = (x − μ) ⁄ √(σ² + ε)·γ + β with mean and biased variance of each example's groups of neighbouring channels, in training and inference alike.</summary>
/// <remarks>
/// Parameters: <c>scale</c> γ = 1 and <c>shift</c> β = 0 [channels]. As PyTorch's <c>GroupNorm</c>. Where all values of a group are the same, as a single one is, the output is β.
/// Y. Wu, K. He, "Group normalization" (2018).
/// </remarks>
/// <param name="Groups">How many groups, at least 1; it divides the channels.</param>
public sealed record GroupNormalization(int Groups) : Layer
{
    /// <summary>How many groups, at least 1; it divides the channels.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public int Groups
    {
        get;
        init => field = Checks.Positive(value, nameof(GroupNormalization), "groups");
    } = Checks.Positive(Groups, nameof(GroupNormalization), "groups");

    /// <summary>ε, added to the variance: finite, at least 0; 1e-5 unless set, as PyTorch's.</summary>
    /// <exception cref="ArgumentException">It is out of range.</exception>
    public double Epsilon
    {
        get;
        init => field = NotNegative(value, nameof(GroupNormalization), "epsilon");
    } = 1e-5;

    /// <summary>Whether there are γ and β.</summary>
    public bool Affine { get; init; } = true;

    /// <inheritdoc/>
    protected internal override string Title => $"GroupNormalization({Groups})";

    /// <inheritdoc/>
    public override TensorMap Init(Key key, Shape input) => ScaleAndShift(Affine, [Channels(input)]);

    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(x);
        var channels = Channels(x.Shape.Without([0]));
        var each = channels / Groups;
        // [batch, groups, channels of a group, …], so that γ and β meet the factors of their group before these meet x.
        var grouped = ReshapeTo(
            x,
            Shape.From(
                x.Rank + 1,
                i =>
                    i == 0 ? x.Shape[0]
                    : i == 1 ? Groups
                    : i == 2 ? each
                    : x.Shape[i - 1]
            )
        );
        var (mean, variance) = Moments(grouped, Except(grouped.Rank, 0, 1));
        var factor = 1 / Sqrt(variance + Epsilon);
        if (!Affine)
            return ReshapeTo((grouped - mean) * factor, x.Shape);
        var perChannel = Shape.From(
            x.Rank,
            i =>
                i == 0 ? Groups
                : i == 1 ? each
                : 1
        );
        var (scale, shift) = (ReshapeTo(parameters["scale"], perChannel), ReshapeTo(parameters["shift"], perChannel));
        return ReshapeTo(((grouped - mean) * (factor * scale)) + shift, x.Shape);
    }

    private int Channels(Shape input)
    {
        var channels = input[ChannelAxis(input, 1, nameof(GroupNormalization)) - 1];
        Require.That(
            channels % Groups == 0,
            $"[GroupNormalization] got examples of shape {input} for {Groups} groups; expected a multiple of {Groups} channels"
        );
        return channels;
    }
}
