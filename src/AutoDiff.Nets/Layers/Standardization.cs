using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>Standardization of inputs by fixed numbers: y = (x − mean) ⁄ deviation, in training and inference alike.</summary>
/// <remarks>
/// The numbers are those of the training set, also for other data. They are no parameters but state, <c>mean</c> and <c>deviation</c>, which every step returns as it came: never
/// trained, and saved with the net. A feature whose deviation is 0 is divided by 1, and so comes out as 0 wherever it is what it was in the training set.
/// </remarks>
public sealed record Standardization : Layer
{
    /// <summary>Standardization by a mean and a deviation.</summary>
    /// <param name="mean">The means, of a shape that broadcasts to an example's: one for each feature, or [channels, 1, 1] of images.</param>
    /// <param name="deviation">The standard deviations, of such a shape.</param>
    /// <exception cref="ArgumentException">A number is not finite, or a deviation negative.</exception>
    public Standardization(Tensor mean, Tensor deviation)
    {
        Require.NotNull(mean, nameof(Standardization));
        Require.NotNull(deviation, nameof(Standardization));
        foreach (var value in mean.ToArray())
            Require.That(double.IsFinite(value), $"[Standardization] got a mean of {value}; expected finite numbers");
        foreach (var value in deviation.ToArray())
            Require.That(
                value >= 0 && double.IsFinite(value),
                $"[Standardization] got a deviation of {value}; expected finite numbers of at least 0"
            );
        (Mean, Deviation) = (mean, deviation);
    }

    /// <summary>The means.</summary>
    public Tensor Mean { get; }

    /// <summary>The standard deviations.</summary>
    public Tensor Deviation { get; }

    /// <inheritdoc/>
    public override TensorMap InitState(Shape input)
    {
        Require.NotNull(input, nameof(Standardization));
        Require.That(
            Mean.Shape.BroadcastsTo(input) && Deviation.Shape.BroadcastsTo(input),
            $"[Standardization] got examples of shape {input} for means {Mean.Shape} and deviations {Deviation.Shape}; expected a shape that these broadcast to"
        );
        return TensorMap.Of(("mean", Mean), ("deviation", Deviation));
    }

    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(context);
        var mean = Normalizing.Running(context, "mean", nameof(Standardization));
        var deviation = Normalizing.Running(context, "deviation", nameof(Standardization));
        return new((x - mean) * (1 / Where(Equal(deviation, 0), 1, deviation)), context.State);
    }
}
