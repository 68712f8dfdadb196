using static AutoDiff.Nets.Normalizing;

namespace AutoDiff.Nets;

/// <summary>Batch normalization: y = (x − μ) ⁄ √(σ² + ε)·γ + β for each channel, with mean and variance of the batch in training and their running averages at inference.</summary>
/// <remarks>
/// <para>
/// Takes features [batch, features], signals and images [batch, channels, …]; sequences [batch, time, features] with <see cref="Axis"/> −1. Statistics are over all other axes.
/// Parameters: <c>scale</c> γ = 1 and <c>shift</c> β = 0 [channels]. State: <c>mean</c> = 0 and <c>variance</c> = 1 [channels], which training returns as
/// p·running + (1 − p)·batch, and inference as they came. As PyTorch's <c>BatchNorm</c>: x is divided by the biased variance Σ(x − μ)² ⁄ n, the running average takes the unbiased
/// Σ(x − μ)² ⁄ (n − 1).
/// </para>
/// <para>
/// In training the derivative goes through the batch's statistics. Running statistics are no parameters: no gradient, step or curvature of a net by its parameters changes them.
/// A channel whose values are all the same comes out as β. S. Ioffe, C. Szegedy, "Batch normalization" (2015).
/// </para>
/// </remarks>
public sealed record BatchNormalization : Layer
{
    /// <summary>The axis of the channels in [batch, …], not 0; 1 unless set, −1 is the last.</summary>
    /// <exception cref="ArgumentException">It is 0.</exception>
    public int Axis
    {
        get;
        init => field = NotBatch(value, nameof(BatchNormalization));
    } = 1;

    /// <summary>ε, added to the variance: finite, at least 0; 1e-5 unless set, as PyTorch's.</summary>
    /// <exception cref="ArgumentException">It is out of range.</exception>
    public double Epsilon
    {
        get;
        init => field = NotNegative(value, nameof(BatchNormalization), "epsilon");
    } = 1e-5;

    /// <summary>p of running ← p·running + (1 − p)·batch, from 0 to 1; 0.9 unless set. PyTorch's <c>momentum</c> is 1 − p.</summary>
    /// <exception cref="ArgumentException">It is out of range.</exception>
    public double Decay
    {
        get;
        init => field = Fraction(value, nameof(BatchNormalization), "decay");
    } = 0.9;

    /// <summary>Whether there are γ and β.</summary>
    public bool Affine { get; init; } = true;

    /// <summary>Whether there are running statistics; without, inference takes the batch's too.</summary>
    public bool RunningStatistics { get; init; } = true;

    /// <inheritdoc/>
    public override TensorMap Init(Key key, Shape input) => ScaleAndShift(Affine, Channels(input));

    /// <inheritdoc/>
    public override TensorMap InitState(Shape input)
    {
        var channels = Channels(input);
        return RunningStatistics ? TensorMap.Of(("mean", Tensor.Zeros(channels)), ("variance", Tensor.Ones(channels))) : TensorMap.Empty;
    }

    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(context);
        var axis = ChannelAxis(x.Shape.Without([0]), Axis, nameof(BatchNormalization));
        var (scale, shift) = Along(parameters, Affine, axis, x);
        if (RunningStatistics && !context.IsTraining)
        {
            var (runningMean, runningVariance) = Running(context);
            return new(Normalized(x, Along(runningMean, axis, x), Along(runningVariance, axis, x), Epsilon, scale, shift), context.State);
        }
        var over = Except(x.Rank, axis);
        var count = Count(x, over, nameof(BatchNormalization), "channel");
        var (mean, variance) = Moments(x, over);
        return new(
            Normalized(x, mean, variance, Epsilon, scale, shift),
            RunningStatistics ? Next(context, mean, variance, count) : TensorMap.Empty
        );
    }

    private TensorMap Next(Context context, Tensor mean, Tensor variance, int count)
    {
        var (runningMean, runningVariance) = Running(context);
        var unbiased = Ops.ReshapeTo(variance, runningVariance.Shape) * (count / (count - 1.0));
        return TensorMap.Of(
            ("mean", Average(Decay, runningMean, Ops.ReshapeTo(mean, runningMean.Shape))),
            ("variance", Average(Decay, runningVariance, unbiased))
        );
    }

    private static (Tensor Mean, Tensor Variance) Running(Context context) =>
        (
            Normalizing.Running(context, "mean", nameof(BatchNormalization)),
            Normalizing.Running(context, "variance", nameof(BatchNormalization))
        );

    private Shape Channels(Shape input) => [input[ChannelAxis(input, Axis, nameof(BatchNormalization)) - 1]];
}
