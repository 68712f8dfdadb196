namespace AutoDiff.Curvature;

/// <summary>A linear map at a point times vectors, some of them at a time.</summary>
internal sealed class LinearProducts(LinearBatch batch, double[][] leaves, LinearPlans plans)
{
    private readonly Lazy<double[][]> _known = new(() => batch.Plan.Known(leaves));
    private readonly (int Size, int ResultSize) _lengths = (plans.Size, plans.ResultSize);
    private Arrays? _spare;

    /// <summary>Writes the products with the rows of x [count, n] to the rows of y [count, m].</summary>
    public void Apply(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options) =>
        Work.Share(
            (count + batch.Rows - 1) / batch.Rows,
            ref _spare,
            NewArrays,
            (i, arrays) =>
            {
                var start = i * batch.Rows;
                Run(
                    x.Span[(start * _lengths.Size)..],
                    y.Span[(start * _lengths.ResultSize)..],
                    Math.Min(batch.Rows, count - start),
                    arrays
                );
            },
            options
        );

    /// <summary>Writes the product with x [n] to y [m].</summary>
    public void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        var arrays = Interlocked.Exchange(ref _spare, null) ?? NewArrays();
        Run(x, y, 1, arrays);
        Volatile.Write(ref _spare, arrays);
    }

    private Arrays NewArrays() => Arrays.Of(_known.Value, plans.Sizes, plans.ResultSizes, batch.Rows);

    private void Run(ReadOnlySpan<double> x, Span<double> y, int count, Arrays arrays)
    {
        // Rows past the last are those of an earlier batch, and their products are not read.
        for (var row = 0; row < count; row++)
            arrays.SetRow(row, plans.Sizes, x.Slice(row * _lengths.Size, _lengths.Size));
        batch.Plan.After.Run(arrays.Inputs, arrays.Outputs);
        for (var row = 0; row < count; row++)
            arrays.CopyRow(row, plans.ResultSizes, y.Slice(row * _lengths.ResultSize, _lengths.ResultSize));
    }
}
