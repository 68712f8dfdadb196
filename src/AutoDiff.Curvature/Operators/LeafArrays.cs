namespace AutoDiff.Curvature;

/// <summary>Points as arrays, an array a leaf, and as one vector of all leaves' elements in order.</summary>
internal static class LeafArrays
{
    /// <summary>The elements of each leaf, copied.</summary>
    public static double[][] Of<T>(T point)
        where T : ITensorTree<T> => [.. TreeMath.Leaves(Transforms.Evaluate(point)).Select(leaf => leaf.ToArray())];

    /// <summary>New arrays of the given sizes.</summary>
    public static double[][] New(int[] sizes) => Array.ConvertAll(sizes, size => new double[size]);

    /// <summary>Writes a vector to the leaves.</summary>
    public static void Split(ReadOnlySpan<double> vector, double[][] leaves)
    {
        foreach (var leaf in leaves)
        {
            vector[..leaf.Length].CopyTo(leaf);
            vector = vector[leaf.Length..];
        }
    }

    /// <summary>Writes the leaves to a vector.</summary>
    public static void Join(ReadOnlySpan<double[]> leaves, Span<double> vector)
    {
        foreach (var leaf in leaves)
        {
            leaf.CopyTo(vector);
            vector = vector[leaf.Length..];
        }
    }
}
