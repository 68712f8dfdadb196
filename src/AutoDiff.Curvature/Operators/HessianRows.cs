namespace AutoDiff.Curvature;

/// <summary>The rows of the Hessian at a point that belong to some leaves, a batch of them at a time.</summary>
internal sealed class HessianRows(HessianBlock block, double[][] leaves, int[] sizes)
{
    private readonly double[][] _known = block.Plan.Known(leaves);
    private readonly int _size = sizes.Sum();

    /// <summary>How many batches there are.</summary>
    public int Batches => block.Batches;

    /// <summary>Arrays for one running batch.</summary>
    public Arrays NewArrays() =>
        new(
            block.Batches > 1 ? [.. _known, new double[block.Rows]] : _known,
            Array.ConvertAll(sizes, size => new double[block.Rows * size])
        );

    /// <summary>Writes a batch's rows to their places in the matrix [n, n]; gives how many they are, without those of earlier batches.</summary>
    public int Write(int batch, Span<double> matrix, Arrays arrays)
    {
        var start = batch * block.Rows;
        var count = Math.Min(block.Rows, block.Size - start);
        // A last batch that is not full begins among the rows before it, so that one plan serves all.
        var skipped = block.Rows - count;
        for (var row = 0; row < block.Rows && block.Batches > 1; row++)
            arrays.Inputs[^1][row] = start - skipped + row;
        block.Plan.After.Run(arrays.Inputs, arrays.Outputs);
        var to = matrix.Slice((block.Start + start) * _size, count * _size);
        for (var row = skipped; row < block.Rows; row++)
        {
            arrays.CopyRow(row, sizes, to);
            to = to[_size..];
        }
        return count;
    }
}
