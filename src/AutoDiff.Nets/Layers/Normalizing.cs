using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>What the normalizations share: statistics, the shift and scale after them, running averages, and what their settings are held to.</summary>
internal static class Normalizing
{
    /// <summary>Mean and mean squared deviation over axes, which stay at length 1.</summary>
    /// <remarks>Two passes: a mean far above the deviation costs no digits of the variance. The derivative goes through both, to any order.</remarks>
    public static (Tensor Mean, Tensor Variance) Moments(Tensor x, ReadOnlySpan<int> axes)
    {
        var mean = Mean(x, axes, keepDims: true);
        return (mean, Mean(Square(x - mean), axes, keepDims: true));
    }

    /// <summary>(x − mean) ⁄ √(variance + ε)·γ + β: the factors are joined before they meet x, which is passed over once.</summary>
    public static Tensor Normalized(Tensor x, Tensor mean, Tensor variance, double epsilon, Tensor? scale, Tensor? shift)
    {
        var deviation = Sqrt(variance + epsilon);
        var normalized =
            scale is not null && scale.Shape.BroadcastsTo(deviation.Shape)
                ? (x - mean) * (scale / deviation)
                : Scaled((x - mean) * (1 / deviation), scale);
        return Shifted(normalized, shift);
    }

    public static Tensor Scaled(Tensor x, Tensor? scale) => scale is null ? x : x * scale;

    public static Tensor Shifted(Tensor x, Tensor? shift) => shift is null ? x : x + shift;

    /// <summary>γ = 1 and β = 0 of a shape, or no parameters.</summary>
    public static TensorMap ScaleAndShift(bool affine, Shape shape) =>
        affine ? TensorMap.Of(("scale", Tensor.Ones(shape)), ("shift", Tensor.Zeros(shape))) : TensorMap.Empty;

    /// <summary>One value for each position along an axis, in a shape that broadcasts against x.</summary>
    public static Tensor Along(Tensor values, int axis, Tensor x) =>
        ReshapeTo(values, Shape.From(x.Rank, i => i == axis ? x.Shape[axis] : 1));

    /// <summary>γ and β, one value for each position along an axis, in a shape that broadcasts against x; null where the layer has none.</summary>
    public static (Tensor? Scale, Tensor? Shift) Along(TensorMap parameters, bool affine, int axis, Tensor x) =>
        affine ? (Along(parameters["scale"], axis, x), Along(parameters["shift"], axis, x)) : (null, null);

    /// <summary>All axes but one, or but two.</summary>
    public static int[] Except(int rank, int axis, int? other = null) => [.. Enumerable.Range(0, rank).Where(i => i != axis && i != other)];

    /// <summary>p·running + (1 − p)·now.</summary>
    public static Tensor Average(double decay, Tensor running, Tensor now) => (decay * running) + ((1 - decay) * now);

    /// <summary>A running statistic [channels].</summary>
    /// <exception cref="ArgumentException">The context has none.</exception>
    public static Tensor Running(Context context, string name, string layer)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.State.TryGet(name, out var value)
            ? value
            : throw new ArgumentException(
                $"[{layer}] got a context without the running statistic \"{name}\"; expected the state of InitState, or of the step before"
            );
    }

    /// <summary>How many values each statistic is taken over, in training.</summary>
    /// <exception cref="ArgumentException">Fewer than two: then every output would be β, whatever the input.</exception>
    public static int Count(Tensor x, ReadOnlySpan<int> axes, string layer, string each)
    {
        var count = 1;
        foreach (var axis in axes)
            count *= x.Shape[axis];
        Require.That(
            count > 1,
            $"[{layer}] got inputs {x.Shape} with {count} values per {each}; expected at least 2 to take statistics of"
        );
        return count;
    }

    /// <summary>The axis of the channels in a batch of examples.</summary>
    public static int ChannelAxis(Shape input, int axis, string layer)
    {
        Require.NotNull(input, layer);
        Require.That(
            axis > 0 ? axis <= input.Rank : -axis <= input.Rank,
            $"[{layer}] got examples of shape {input}; expected channels along axis {axis} of [batch,…]"
        );
        return axis > 0 ? axis : input.Rank + 1 + axis;
    }

    /// <summary>The shape of an example's last axes.</summary>
    public static Shape LastAxes(Shape input, int axes, string layer)
    {
        Require.NotNull(input, layer);
        Require.That(
            input.Rank >= axes,
            $"[{layer}] got examples of shape {input}; expected at least {axes} axes, the last of which are normalized"
        );
        return Shape.From(axes, i => input[input.Rank - axes + i]);
    }

    public static Layer NotNull(Layer? inner, string layer)
    {
        Require.NotNull(inner, layer);
        return inner;
    }

    public static int NotBatch(int axis, string layer)
    {
        Require.That(axis != 0, $"[{layer}] got axis 0 for the channels; expected another: axis 0 counts the examples");
        return axis;
    }

    public static double Fraction(double value, string layer, string what)
    {
        Require.That(value is >= 0 and <= 1, $"[{layer}] got {what} {value}; expected 0 to 1");
        return value;
    }

    public static double NotNegative(double value, string layer, string what)
    {
        Require.That(value >= 0 && double.IsFinite(value), $"[{layer}] got {what} {value}; expected a finite number of at least 0");
        return value;
    }
}
