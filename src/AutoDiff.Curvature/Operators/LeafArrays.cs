using System.Runtime.InteropServices;

namespace AutoDiff.Curvature;

/// <summary>Points as arrays, an array a leaf, and as one vector of all leaves' elements in order.</summary>
internal static class LeafArrays
{
    /// <summary>The elements of each leaf, copied.</summary>
    public static double[][] Of<T>(T point)
        where T : ITensorTree<T> => [.. TreeMath.Leaves(Transforms.Evaluate(point)).Select(leaf => leaf.ToArray())];

    /// <summary>The elements of each leaf, which nobody may write to: the leaves' own where they are whole arrays.</summary>
    public static double[][] Shared<T>(T tree)
        where T : ITensorTree<T> => [.. TreeMath.Leaves(Transforms.Evaluate(tree)).Select(Shared)];

    /// <summary>The number of elements of each leaf.</summary>
    public static int[] Sizes<T>(T tree)
        where T : ITensorTree<T> => [.. TreeMath.Leaves(tree).Select(leaf => leaf.Shape.Size)];

    /// <summary>New arrays of the given sizes.</summary>
    public static double[][] New(int[] sizes) => Array.ConvertAll(sizes, size => new double[size]);

    /// <summary>New arrays of so many rows of the given sizes.</summary>
    public static double[][] New(int[] sizes, int rows) => Array.ConvertAll(sizes, size => new double[rows * size]);

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

    /// <summary>Writes a vector to a row of batches [rows, …] of leaves.</summary>
    public static void SetRow(ReadOnlySpan<double[]> batches, int row, int[] sizes, ReadOnlySpan<double> from)
    {
        for (var leaf = 0; leaf < sizes.Length; leaf++)
        {
            from[..sizes[leaf]].CopyTo(batches[leaf].AsSpan(row * sizes[leaf]));
            from = from[sizes[leaf]..];
        }
    }

    /// <summary>Writes a row of batches [rows, …] of leaves to a vector.</summary>
    public static void CopyRow(ReadOnlySpan<double[]> batches, int row, int[] sizes, Span<double> to)
    {
        for (var leaf = 0; leaf < sizes.Length; leaf++)
        {
            batches[leaf].AsSpan(row * sizes[leaf], sizes[leaf]).CopyTo(to);
            to = to[sizes[leaf]..];
        }
    }

    private static double[] Shared(Tensor leaf) =>
        leaf is Constant constant
        && MemoryMarshal.TryGetArray(constant.Memory, out var whole)
        && whole is { Array: { } array, Offset: 0 }
        && whole.Count == array.Length
            ? array
            : leaf.ToArray();
}
