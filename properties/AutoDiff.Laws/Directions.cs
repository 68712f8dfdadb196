namespace AutoDiff.Laws;

/// <summary>Tensors that a pair of numbers decides.</summary>
internal static class Directions
{
    /// <summary>Elements in [−1, 1] in steps of 1⁄32, none 0; all 1 for seed 0.</summary>
    public static Tensor Of(int seed, int index, Shape shape)
    {
        var values = new double[shape.Size];
        for (var i = 0; i < values.Length; i++)
            values[i] = seed == 0 ? 1 : Element(Mixed(Mixed(Mixed((uint)seed) + unchecked((uint)index)) + (uint)i));
        return Tensors.Constant(values, shape);
    }

    private static double Element(ulong bits) => ((int)(bits >> 59) + 1) / 32.0 * ((bits & 1) == 0 ? 1 : -1);

    private static ulong Mixed(ulong state) => Numerics.SplitMix64.Next(ref state);
}
