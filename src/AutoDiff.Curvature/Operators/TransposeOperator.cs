namespace AutoDiff.Curvature;

/// <summary>x ↦ Aᵀx.</summary>
internal sealed class TransposeOperator(LinearOperator inner) : LinearOperator(inner.Size, inner.Rows, isSymmetric: false)
{
    public override double[] ToMatrix(RunOptions? options = null)
    {
        var (matrix, transpose) = (NewMatrix(), inner.ToMatrix(options));
        // A row of A is a column here: so many at a time as stay in cache.
        for (var start = 0; start < Size; start += 8)
        {
            var count = Math.Min(8, Size - start);
            MatrixMemory.SetColumns(transpose.AsSpan(start * Rows, count * Rows), matrix, Size, start, count);
        }
        return matrix;
    }

    protected override void Product(ReadOnlySpan<double> x, Span<double> y) => ApplyTransposed(inner, x, y);

    protected override void ProductBlock(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options) =>
        ApplyTransposedBlock(inner, x, y, count, options);

    protected override void TransposedProduct(ReadOnlySpan<double> x, Span<double> y) => inner.Apply(x, y);
}
