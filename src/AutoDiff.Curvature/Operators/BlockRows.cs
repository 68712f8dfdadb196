namespace AutoDiff.Curvature;

/// <summary>How many of a block's vectors an operator made of others takes at a time: what it needs besides stays below 128 MiB where a vector does.</summary>
internal static class BlockRows
{
    private const int MostElements = 1 << 24;

    /// <summary>At least one of <paramref name="count"/> vectors of a width.</summary>
    public static int AtOnce(int count, int width) => Math.Clamp(MostElements / Math.Max(width, 1), 1, Math.Max(count, 1));
}
