namespace AutoDiff;

public static partial class Ops
{
    /// <summary>The number that a share of the elements is below, over the axes or over all; NaN where any element is.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="probability">The share, 0 to 1.</param>
    /// <param name="axes">The axes reduced; all where empty.</param>
    /// <param name="method">How it lies between the elements next to it.</param>
    /// <param name="keepDims">Whether the axes stay, at length 1.</param>
    /// <remarks>The derivative goes to these elements; of equal ones to those that a stable sort puts there.</remarks>
    /// <exception cref="ArgumentException">There is no element, the probability is not in 0 … 1, or an axis is out of range or named twice.</exception>
    public static Tensor Quantile(
        Tensor x,
        double probability,
        ReadOnlySpan<int> axes = default,
        QuantileMethod method = QuantileMethod.Linear,
        bool keepDims = false
    ) => Quantile(x, probability, Reduced(x, axes, nameof(Quantile)), method, keepDims, nameof(Quantile));

    /// <summary>The same over one axis.</summary>
    /// <exception cref="ArgumentException">The axis is empty or out of range, or the probability is not in 0 … 1.</exception>
    public static Tensor Quantile(
        Tensor x,
        double probability,
        int axis,
        QuantileMethod method = QuantileMethod.Linear,
        bool keepDims = false
    ) => Quantile(x, probability, [axis], method, keepDims);

    /// <summary>The middle element over the axes or over all, of an even number the mean of the two; NaN where any is. See <see cref="Quantile(Tensor, double, ReadOnlySpan{int}, QuantileMethod, bool)"/>.</summary>
    /// <exception cref="ArgumentException">There is no element, or an axis is out of range or named twice.</exception>
    public static Tensor Median(Tensor x, params ReadOnlySpan<int> axes) => Median(x, axes, keepDims: false);

    private static Tensor Median(Tensor x, ReadOnlySpan<int> axes, bool keepDims, string operation) =>
        Quantile(x, 0.5, Reduced(x, axes, operation), QuantileMethod.Linear, keepDims, operation);

    private static Tensor Quantile(Tensor x, double probability, Ints axes, QuantileMethod method, bool keepDims, string operation)
    {
        Require.That(Enum.IsDefined(method), $"[{operation}] got method {method}; expected a member of {nameof(QuantileMethod)}");
        Require.That(probability is >= 0 and <= 1, $"[{operation}] got probability {probability}; expected 0 to 1");
        var kept = Ints.Of([.. Enumerable.Range(0, x.Rank).Where(axis => !axes.Contains(axis))]);
        var result = x.Shape.Without(axes);
        var count = Elements(x, axes);
        Require.That(count > 0, $"[{operation}] got axes {axes} of {x.Shape}; expected at least one element");
        var (position, weight) = Quantiles.Between((int)count, probability, method);
        var rows = ReshapeTo(Transpose(x, [.. kept, .. axes]), [.. result, (int)count]);
        var sorted = Sort(rows);
        Tensor At(int place) => Take(sorted, -1, place);
        var (below, last) = (At(position), At((int)count - 1));
        var value =
            weight == 0 ? below
            : weight == 1 ? At(position + 1)
            : Between(below, At(position + 1), weight);
        value = Where(Equal(last, last), value, last); // a NaN is last, and spoils all
        return keepDims ? KeepAxes(value, x.Shape, axes) : value;
    }

    // From the nearer end, so that it never passes the other; both may be the same infinity.
    private static Tensor Between(Tensor low, Tensor high, double weight)
    {
        var difference = Where(Equal(low, high) * Equal(Abs(low), double.PositiveInfinity), 0, high - low);
        return weight < 0.5 ? low + (difference * weight) : high - (difference * (1 - weight));
    }
}
