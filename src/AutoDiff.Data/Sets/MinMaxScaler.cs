using static AutoDiff.Ops;

namespace AutoDiff.Data;

/// <summary>Takes features to [0, 1], by the least and the largest values of a training set. A tree, to be saved beside a net.</summary>
/// <param name="Least">The least values, of a shape that broadcasts to inputs [rows, …].</param>
/// <param name="Largest">The largest values, of the same shape; equal to the least for a feature that is the same in all rows, which becomes 0.</param>
[TensorTree]
public sealed partial record MinMaxScaler(Tensor Least, Tensor Largest)
{
    private Tensor Range => Where(Equal(Largest, Least), 1, Largest - Least);

    /// <summary>Of each feature: least and largest values over the rows.</summary>
    /// <param name="inputs">The training set's inputs [rows, …], at least one row.</param>
    /// <exception cref="ArgumentException">There are no rows, or a value is not finite.</exception>
    public static MinMaxScaler Of(Tensor inputs) => Over(inputs, nameof(Of), rank => [0]);

    /// <summary>Of all elements together.</summary>
    /// <param name="inputs">The training set's inputs [rows, …], at least one row.</param>
    /// <exception cref="ArgumentException">There are no elements, or one is not finite.</exception>
    public static MinMaxScaler OfAll(Tensor inputs) => Over(inputs, nameof(OfAll), rank => [.. Enumerable.Range(0, rank)]);

    /// <summary>(x − least) ⁄ (largest − least); beyond [0, 1] for what lies beyond the training set's.</summary>
    /// <param name="inputs">Inputs [rows, …] as those it is of; derivatives flow to them.</param>
    public Tensor Apply(Tensor inputs)
    {
        Require.NotNull(inputs, "MinMaxScaler.Apply");
        return (inputs - Least) / Range;
    }

    /// <summary>What <see cref="Apply"/> was applied to, but for rounding.</summary>
    /// <param name="scaled">Scaled inputs [rows, …].</param>
    public Tensor Invert(Tensor scaled)
    {
        Require.NotNull(scaled, "MinMaxScaler.Invert");
        return (scaled * Range) + Least;
    }

    private static MinMaxScaler Over(Tensor inputs, string operation, Func<int, int[]> axesOf)
    {
        Require.NotNull(inputs, $"MinMaxScaler.{operation}");
        var x = Scaling.Checked(inputs, $"MinMaxScaler.{operation}");
        var axes = axesOf(x.Rank);
        return Transforms.Evaluate(new MinMaxScaler(Min(x, axes, keepDims: true), Max(x, axes, keepDims: true)));
    }
}
