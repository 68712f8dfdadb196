namespace AutoDiff.Curvature;

/// <summary>The Hessian's rows that belong to some leaves: products with their unit directions, equally many at a time.</summary>
internal sealed class HessianBlock(LinearParts parts, UnitBlock block, int rows)
{
    /// <summary>The rows' leaves.</summary>
    public UnitBlock Units => block;

    /// <summary>How many rows are computed at a time.</summary>
    public int Rows => rows;

    /// <summary>How often: the last batch may begin among the rows of the one before it.</summary>
    public int Batches => (block.Size + rows - 1) / rows;

    /// <summary>What is known and, where there are several batches, the positions of the directions in the block [rows] → a batch [rows, …] of each leaf.</summary>
    public SplitPlan Plan { get; } = new(parts.Units(block, rows));
}
