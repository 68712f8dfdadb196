namespace AutoDiff;

/// <summary>Leaves in a row whose unit directions are batched together: one, or several small ones.</summary>
/// <param name="First">The number of the first leaf.</param>
/// <param name="Count">How many leaves.</param>
/// <param name="Start">The elements of all leaves before them.</param>
/// <param name="Size">Their elements.</param>
internal readonly record struct UnitBlock(int First, int Count, int Start, int Size)
{
    /// <summary>Leaves are joined up to so many elements: a step costs more than what it computes for them.</summary>
    private const int MostJoined = 32;

    // Few enough for graphs to stay small, and enough for products to share what they read. From three on a batch's size changes no bit: sums of one or two
    // results, and products of one row, have an order of their own.
    private const int FewestRows = 4;
    private const int MostRows = 32;

    /// <summary>How many directions are batched, by the elements of the largest node that depends on one: two such nodes for all of them fill the second-level cache.</summary>
    public static int Rows(int largest) => Math.Clamp(Caches.SecondLevel * 2 / sizeof(double) / Math.Max(1, largest), FewestRows, MostRows);

    /// <summary>The blocks of leaves of the given sizes, in order; empty leaves at the beginning or behind a large one are in none.</summary>
    /// <remarks>In a block of one leaf the tangents of all others are known to be 0, and the leaf's to be single ones.</remarks>
    public static List<UnitBlock> Of(IEnumerable<int> sizes)
    {
        var blocks = new List<UnitBlock>();
        var (leaf, start) = (0, 0);
        foreach (var size in sizes)
        {
            if (blocks.Count > 0 && blocks[^1] is var last && last.Size + size <= MostJoined)
                blocks[^1] = last with { Count = leaf + 1 - last.First, Size = last.Size + size };
            else if (size > 0)
                blocks.Add(new(leaf, 1, start, size));
            (leaf, start) = (leaf + 1, start + size);
        }
        return blocks;
    }

    /// <summary>How many directions each of the block's batches has, at most <paramref name="most"/>; the last one may begin among those of the one before it.</summary>
    public int RowsOf(int most)
    {
        var batches = (Size + most - 1) / most;
        return (Size + batches - 1) / batches;
    }

    /// <summary>For each of all leaves its part of a batch of unit directions, given by their positions [rows] in the block.</summary>
    public BatchValues[] Batches(IReadOnlyList<Tensor> leaves, Tensor positions)
    {
        var batches = new BatchValues[leaves.Count];
        Array.Fill(batches, new BatchValues.Zeros());
        if (Count == 1)
            batches[First] = new BatchValues.Units(positions);
        for (var (leaf, offset) = (First, 0); leaf < First + Count && Count > 1; offset += leaves[leaf++].Shape.Size)
            batches[leaf] = new BatchValues.Whole(new BatchValues.Units(positions - offset).Values(leaves[leaf].Shape, positions.Shape[0]));
        return batches;
    }
}
