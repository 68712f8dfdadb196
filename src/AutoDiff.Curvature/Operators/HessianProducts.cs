namespace AutoDiff.Curvature;

/// <summary>The Hessian at a point times vectors, some of them at a time.</summary>
internal sealed class HessianProducts(HessianBatch batch, double[][] leaves, int[] sizes)
{
    private readonly Lazy<double[][]> _known = new(() => batch.Plan.Known(leaves));
    private readonly int _size = sizes.Sum();
    private Arrays? _spare;

    /// <summary>Writes the products with the rows of x [count, n] to the rows of y [count, n].</summary>
    public void Apply(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options) =>
        Work.Share(
            (count + batch.Rows - 1) / batch.Rows,
            ref _spare,
            NewArrays,
            (i, arrays) =>
            {
                var start = i * batch.Rows;
                Run(x.Span[(start * _size)..], y.Span[(start * _size)..], Math.Min(batch.Rows, count - start), arrays);
            },
            options
        );

    /// <summary>Writes the product with x [n] to y [n].</summary>
    public void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        var arrays = Interlocked.Exchange(ref _spare, null) ?? NewArrays();
        Run(x, y, 1, arrays);
        Volatile.Write(ref _spare, arrays);
    }

    private Arrays NewArrays() => Arrays.Of(_known.Value, sizes, batch.Rows);

    private void Run(ReadOnlySpan<double> x, Span<double> y, int count, Arrays arrays)
    {
        // Rows past the last are those of an earlier batch, and their products are not read.
        for (var row = 0; row < count; row++)
            arrays.SetRow(row, sizes, x.Slice(row * _size, _size));
        batch.Plan.After.Run(arrays.Inputs, arrays.Outputs);
        for (var row = 0; row < count; row++)
            arrays.CopyRow(row, sizes, y.Slice(row * _size, _size));
    }
}
