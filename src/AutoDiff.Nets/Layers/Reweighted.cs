using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>What the layers around a layer with a <c>weight</c> share: taking it out, putting another in, and where its outputs are counted.</summary>
internal static class Reweighted
{
    public const string Weight = "weight";

    /// <summary>The weight among a layer's parameters.</summary>
    /// <exception cref="ArgumentException">There is none, or it has fewer than two axes.</exception>
    public static Tensor Required(TensorMap parameters, Layer inner, string layer)
    {
        if (!parameters.TryGet(Weight, out var weight))
            throw new ArgumentException($"[{layer}] got {inner} with the parameters {parameters}; expected one of the name \"{Weight}\"");
        Require.That(weight.Rank >= 2, $"[{layer}] got {inner} with a weight {weight.Shape}; expected two axes or more");
        return weight;
    }

    /// <summary>The axis of the outputs: as set, else the last of a matrix [inputs, units] and the first of kernels [outputs, …].</summary>
    /// <exception cref="ArgumentException">The weight has no such axis.</exception>
    public static int OutputAxis(int? axis, Shape weight, string layer)
    {
        var counted = axis ?? (weight.Rank == 2 ? 1 : 0);
        Require.That(
            counted >= -weight.Rank && counted < weight.Rank,
            $"[{layer}] got axis {counted} for the outputs of a weight {weight}; expected {-weight.Rank} to {weight.Rank - 1}"
        );
        return counted < 0 ? counted + weight.Rank : counted;
    }

    /// <summary>A map with other entries in place of the weight, or of what lies below its name.</summary>
    public static TensorMap With(TensorMap map, params (string Name, Tensor Tensor)[] entries) =>
        TensorMap.Of([
            .. entries,
            .. map.Where(entry =>
                    !string.Equals(entry.Key, Weight, StringComparison.Ordinal)
                    && !entry.Key.StartsWith(Weight + ".", StringComparison.Ordinal)
                )
                .Select(entry => (entry.Key, entry.Value)),
        ]);

    /// <summary>A vector of outputs, in a shape that broadcasts against the weight.</summary>
    public static Tensor PerOutput(Tensor vector, Shape weight, int axis) =>
        ReshapeTo(vector, Shape.From(weight.Rank, i => i == axis ? weight[i] : 1));
}
