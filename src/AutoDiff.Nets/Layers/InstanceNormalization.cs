using static AutoDiff.Nets.Normalizing;
using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>Instance normalization of signals and images [batch, channels, …]: y = (x − μ) ⁄ √(σ² + ε)·γ + β with mean and biased variance of each example's channels.</summary>
/// <remarks>
/// As PyTorch's <c>InstanceNorm</c>: no parameters and no state unless set. With <see cref="Affine"/> parameters <c>scale</c> γ = 1 and <c>shift</c> β = 0 [channels]. With
/// <see cref="RunningStatistics"/> a state <c>mean</c> = 0 and <c>variance</c> = 1 [channels]: training returns p·running + (1 − p)·(mean over the batch of means and of unbiased
/// variances), and inference normalizes by them and returns them as they came. D. Ulyanov, A. Vedaldi, V. Lempitsky, "Instance normalization" (2016).
/// </remarks>
public sealed record InstanceNormalization : Layer
{
    /// <summary>ε, added to the variance: finite, at least 0; 1e-5 unless set, as PyTorch's.</summary>
    /// <exception cref="ArgumentException">It is out of range.</exception>
    public double Epsilon
    {
        get;
        init => field = NotNegative(value, nameof(InstanceNormalization), "epsilon");
    } = 1e-5;

    /// <summary>p of running ← p·running + (1 − p)·batch, from 0 to 1; 0.9 unless set. PyTorch's <c>momentum</c> is 1 − p.</summary>
    /// <exception cref="ArgumentException">It is out of range.</exception>
    public double Decay
    {
        get;
        init => field = Fraction(value, nameof(InstanceNormalization), "decay");
    } = 0.9;

    /// <summary>Whether there are γ and β; not unless set.</summary>
    public bool Affine { get; init; }

    /// <summary>Whether there are running statistics; not unless set.</summary>
    public bool RunningStatistics { get; init; }

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
        Channels(x.Shape.Without([0]));
        var (scale, shift) = Along(parameters, Affine, 1, x);
        if (RunningStatistics && !context.IsTraining)
        {
            var (runningMean, runningVariance) = (Running(context, "mean"), Running(context, "variance"));
            return new(Normalized(x, Along(runningMean, 1, x), Along(runningVariance, 1, x), Epsilon, scale, shift), context.State);
        }
        Require.That(
            !RunningStatistics || x.Shape[0] > 0,
            $"[InstanceNormalization] got inputs {x.Shape}; expected at least one example to take running statistics of"
        );
        var over = Except(x.Rank, 0, 1);
        var count = Count(x, over, nameof(InstanceNormalization), "example and channel");
        var (mean, variance) = Moments(x, over);
        var state = RunningStatistics
            ? TensorMap.Of(
                ("mean", Average(Decay, Running(context, "mean"), Mean(mean, Except(x.Rank, 1)))),
                ("variance", Average(Decay, Running(context, "variance"), Mean(variance, Except(x.Rank, 1)) * (count / (count - 1.0))))
            )
            : TensorMap.Empty;
        return new(Normalized(x, mean, variance, Epsilon, scale, shift), state);
    }

    private static Tensor Running(Context context, string name) => Normalizing.Running(context, name, nameof(InstanceNormalization));

    private static Shape Channels(Shape input)
    {
        Require.NotNull(input, nameof(InstanceNormalization));
        Require.That(
            input.Rank >= 2,
            $"[InstanceNormalization] got examples of shape {input}; expected [channels,…] with at least one axis to take statistics over"
        );
        return [input[0]];
    }
}
