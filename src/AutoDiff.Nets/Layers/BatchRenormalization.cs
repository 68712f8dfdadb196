using static AutoDiff.Nets.Normalizing;
using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>Batch renormalization: in training y = ((x − μ) ⁄ σ·r + d)·γ + β with the batch's μ and σ, where r and d bring it near to the running statistics that inference takes.</summary>
/// <remarks>
/// <para>
/// σ = √(Σ(x − μ)² ⁄ n + ε); r = σ ⁄ σ̄ held in [1 ⁄ R, R] and d = (μ − μ̄) ⁄ σ̄ held in [−D, D], both constants to the derivative. Inference: (x − μ̄) ⁄ σ̄·γ + β. Parameters: <c>scale</c>
/// γ = 1 and <c>shift</c> β = 0 [channels]. State: <c>mean</c> μ̄ = 0 and <c>deviation</c> σ̄ = 1 [channels], which training returns as p·running + (1 − p)·batch.
/// </para>
/// <para>
/// R = 1 and D = 0 make it batch normalization, which the paper begins with until the running statistics are worth something: train with such a layer first and go on with another, the
/// parameters and state being the same. Takes [batch, channels, …]. S. Ioffe, "Batch renormalization" (2017), algorithm 1.
/// </para>
/// </remarks>
public sealed record BatchRenormalization : Layer
{
    /// <summary>The axis of the channels in [batch, …], not 0; 1 unless set, −1 is the last.</summary>
    /// <exception cref="ArgumentException">It is 0.</exception>
    public int Axis
    {
        get;
        init => field = NotBatch(value, nameof(BatchRenormalization));
    } = 1;

    /// <summary>R, the bound of r and 1 ⁄ r: finite, at least 1; 3 unless set, as the paper's in the end.</summary>
    /// <exception cref="ArgumentException">It is out of range.</exception>
    public double MaxRatio
    {
        get;
        init
        {
            Require.That(
                value >= 1 && double.IsFinite(value),
                $"[{nameof(BatchRenormalization)}] got ratio {value}; expected a finite number of at least 1"
            );
            field = value;
        }
    } = 3;

    /// <summary>D, the bound of |d|: finite, at least 0; 5 unless set, as the paper's in the end.</summary>
    /// <exception cref="ArgumentException">It is out of range.</exception>
    public double MaxShift
    {
        get;
        init => field = NotNegative(value, nameof(BatchRenormalization), "shift");
    } = 5;

    /// <summary>ε, added to the variance: finite, at least 0; 1e-5 unless set, as batch normalization's.</summary>
    /// <exception cref="ArgumentException">It is out of range.</exception>
    public double Epsilon
    {
        get;
        init => field = NotNegative(value, nameof(BatchRenormalization), "epsilon");
    } = 1e-5;

    /// <summary>p of running ← p·running + (1 − p)·batch, from 0 to 1; 0.99 unless set: the paper's α is 1 − p.</summary>
    /// <exception cref="ArgumentException">It is out of range.</exception>
    public double Decay
    {
        get;
        init => field = Fraction(value, nameof(BatchRenormalization), "decay");
    } = 0.99;

    /// <summary>Whether there are γ and β.</summary>
    public bool Affine { get; init; } = true;

    /// <inheritdoc/>
    public override TensorMap Init(Key key, Shape input) => ScaleAndShift(Affine, Channels(input));

    /// <inheritdoc/>
    public override TensorMap InitState(Shape input)
    {
        var channels = Channels(input);
        return TensorMap.Of(("mean", Tensor.Zeros(channels)), ("deviation", Tensor.Ones(channels)));
    }

    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(context);
        var axis = ChannelAxis(x.Shape.Without([0]), Axis, nameof(BatchRenormalization));
        var (scale, shift) = Along(parameters, Affine, axis, x);
        var mean = Running(context, "mean", nameof(BatchRenormalization));
        var deviation = Running(context, "deviation", nameof(BatchRenormalization));
        if (!context.IsTraining)
            return new(Shifted((x - Along(mean, axis, x)) * Scaled(1 / Along(deviation, axis, x), scale), shift), context.State);
        var over = Except(x.Rank, axis);
        Count(x, over, nameof(BatchRenormalization), "channel");
        var (batchMean, batchVariance) = Moments(x, over);
        var batchDeviation = Sqrt(batchVariance + Epsilon);
        var ratio = StopGradient(Clamp(batchDeviation / Along(deviation, axis, x), 1 / MaxRatio, MaxRatio));
        var offset = StopGradient(Clamp((batchMean - Along(mean, axis, x)) / Along(deviation, axis, x), -MaxShift, MaxShift));
        var output = Shifted(((x - batchMean) * Scaled(ratio / batchDeviation, scale)) + Scaled(offset, scale), shift);
        return new(
            output,
            TensorMap.Of(
                ("mean", Average(Decay, mean, ReshapeTo(batchMean, mean.Shape))),
                ("deviation", Average(Decay, deviation, ReshapeTo(batchDeviation, deviation.Shape)))
            )
        );
    }

    private Shape Channels(Shape input) => [input[ChannelAxis(input, Axis, nameof(BatchRenormalization)) - 1]];
}
