namespace AutoDiff.Curvature;

/// <summary>The Hessian's rows that belong to some leaves: products with their unit directions, equally many at a time.</summary>
internal sealed class HessianBlock(UnitProducts units)
{
    /// <summary>The first row.</summary>
    public int Start => units.Start;

    /// <summary>The number of rows.</summary>
    public int Size => units.Size;

    /// <summary>How many rows are computed at a time.</summary>
    public int Rows => units.Rows;

    /// <summary>How often: the last batch may begin among the rows of the one before it.</summary>
    public int Batches => (units.Size + units.Rows - 1) / units.Rows;

    /// <summary>What is known and, where there are several batches, the positions of the directions in the block [rows] → a batch [rows, …] of each leaf.</summary>
    public SplitPlan Plan { get; } = new(units.Split);
}
