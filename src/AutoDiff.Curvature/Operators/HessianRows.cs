namespace AutoDiff.Curvature;

/// <summary>The rows of the Hessian at a point that belong to some leaves, a batch of them at a time.</summary>
internal sealed class HessianRows(HessianBlock block, double[][] leaves, int[] sizes)
{
    private readonly double[][] _known = block.Plan.Known(leaves);

    /// <summary>How many batches there are.</summary>
    public int Batches => block.Batches;

    /// <summary>Arrays for one running batch.</summary>
    public Arrays NewArrays() => new([.. _known, .. block.NewPositions()], LeafArrays.New(sizes, block.Rows));

    /// <summary>Writes a batch's rows to their places in the matrix [n, n]; gives how many they are, without those of earlier batches.</summary>
    public int Write(int batch, Span<double> matrix, Arrays arrays)
    {
        block.SetPositions(batch, arrays.Inputs.AsSpan(_known.Length));
        block.Plan.After.Run(arrays.Inputs, arrays.Outputs);
        return block.Copy(batch, arrays.Outputs, sizes, matrix);
    }
}
