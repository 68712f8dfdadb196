namespace AutoDiff.Curvature;

/// <summary>Some rows and columns of A: x ↦ R·A·Cᵀx, where R and C pick elements.</summary>
internal sealed class BlockOperator(LinearOperator inner, IndexSet rows, IndexSet columns)
    : LinearOperator(rows.Count, columns.Count, inner.IsSymmetric && rows.Equals(columns))
{
    protected override void Product(ReadOnlySpan<double> x, Span<double> y)
    {
        using var whole = new Rented(inner.Size);
        using var product = new Rented(inner.Rows);
        whole.Span.Clear();
        columns.Scatter(x, whole.Span);
        inner.Apply(whole.Span, product.Span);
        rows.Gather(product.Span, y);
    }

    protected override void ProductBlock(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options)
    {
        var most = BlockRows.AtOnce(count, Math.Max(inner.Rows, inner.Size));
        using var wholes = new Rented(most * inner.Size);
        using var products = new Rented(most * inner.Rows);
        wholes.Span.Clear();
        for (var start = 0; start < count; start += most)
        {
            var vectors = Math.Min(most, count - start);
            for (var i = 0; i < vectors; i++)
                columns.Scatter(x.Span.Slice((start + i) * Size, Size), wholes.Span.Slice(i * inner.Size, inner.Size));
            inner.ApplyBlock(wholes.Memory[..(vectors * inner.Size)], products.Memory[..(vectors * inner.Rows)], vectors, options);
            for (var i = 0; i < vectors; i++)
                rows.Gather(products.Span.Slice(i * inner.Rows, inner.Rows), y.Span.Slice((start + i) * Rows, Rows));
        }
    }

    private protected override LinearOperator Transposed() => new BlockOperator(inner.Transpose(), columns, rows);
}
