namespace AutoDiff.Curvature;

/// <summary>The vectors of a block as inputs of plans, some of them at a time.</summary>
internal sealed class DirectionChunks
{
    private readonly double[][][] _chunks;
    private readonly int _vectors;
    private readonly int _rows;

    private DirectionChunks(double[][][] chunks, int vectors, int rows) => (_chunks, _vectors, _rows) = (chunks, vectors, rows);

    /// <summary>How many times a plan runs.</summary>
    public int Count => _chunks.Length;

    /// <summary>A batch [rows, …] of each leaf.</summary>
    public double[][] this[int chunk] => _chunks[chunk];

    /// <summary>The vectors [count, stride], of each the part from an offset on that a direction takes.</summary>
    public static DirectionChunks Of(LinearPlans plans, ReadOnlySpan<double> x, int count, int offset, int stride)
    {
        // Examples enough to fill the cache make a product with one vector a product of matrices. Else parts of equal size: a row that fills up costs as much as one that counts.
        var most = plans.Rows > LinearPlans.FewestRows ? plans.Rows : 1;
        var chunks = (count + most - 1) / most;
        var rows = (count + chunks - 1) / chunks;
        var arrays = new double[chunks][][];
        for (var row = 0; row < count; row++)
        {
            var chunk = arrays[row / rows] ??= LeafArrays.New(plans.Sizes, plans.For(rows).Rows);
            LeafArrays.SetRow(chunk, row % rows, plans.Sizes, x.Slice((row * stride) + offset, plans.Size));
        }
        return new([.. arrays.Where(chunk => chunk is not null)], count, rows);
    }

    /// <summary>The vectors [count, n].</summary>
    public static DirectionChunks Of(LinearPlans plans, ReadOnlySpan<double> x, int count) => Of(plans, x, count, 0, plans.Size);

    /// <summary>The plan that takes them.</summary>
    public LinearBatch Plan(LinearPlans plans) => plans.For(_rows);

    /// <summary>Writes a run's results to the rows of y [count, stride], from an offset on.</summary>
    public void Copy(int chunk, ReadOnlySpan<double[]> results, int[] sizes, Span<double> y, int offset, int stride)
    {
        for (var row = chunk * _rows; row < Math.Min(_vectors, (chunk + 1) * _rows); row++)
            LeafArrays.CopyRow(results, row % _rows, sizes, y[((row * stride) + offset)..]);
    }
}
