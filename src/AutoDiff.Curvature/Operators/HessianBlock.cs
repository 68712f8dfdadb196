namespace AutoDiff.Curvature;

/// <summary>The Hessian's rows that belong to some leaves: products with their unit directions, equally many at a time.</summary>
internal sealed class HessianBlock(UnitProducts units)
{
    /// <summary>How many rows are computed at a time.</summary>
    public int Rows => units.Rows;

    /// <summary>How often: the last batch may begin among the rows of the one before it.</summary>
    public int Batches => (units.Size + units.Rows - 1) / units.Rows;

    /// <summary>What is known and, where there are several batches, the positions of the directions in the block [rows] → a batch [rows, …] of each leaf.</summary>
    public SplitPlan Plan { get; } = new(units.Split);

    /// <summary>Room for what follows the known ones among the plan's inputs.</summary>
    public double[][] NewPositions() => Batches > 1 ? [new double[Rows]] : [];

    /// <summary>Sets the positions of a batch's directions.</summary>
    public void SetPositions(int batch, ReadOnlySpan<double[]> positions)
    {
        // A last batch that is not full begins among the rows before it, so that one plan serves all.
        var start = Math.Min(batch * Rows, units.Size - Rows);
        for (var row = 0; row < Rows && positions.Length > 0; row++)
            positions[0][row] = start + row;
    }

    /// <summary>Copies a batch's results to their rows of the matrix [n, n]; gives how many they are, without those of earlier batches.</summary>
    public int Copy(int batch, ReadOnlySpan<double[]> results, int[] sizes, Span<double> matrix)
    {
        var start = batch * Rows;
        var count = Math.Min(Rows, units.Size - start);
        var size = sizes.Sum();
        var to = matrix.Slice((units.Start + start) * size, count * size);
        for (var row = Rows - count; row < Rows; row++)
        {
            LeafArrays.CopyRow(results, row, sizes, to);
            to = to[size..];
        }
        return count;
    }
}
