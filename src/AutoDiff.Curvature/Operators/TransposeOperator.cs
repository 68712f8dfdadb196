namespace AutoDiff.Curvature;

/// <summary>x ↦ Aᵀx.</summary>
internal sealed class TransposeOperator(LinearOperator inner) : LinearOperator(inner.Size, inner.Rows, isSymmetric: false)
{
    public override double[] ToMatrix(RunOptions? options = null)
    {
        var matrix = NewMatrix();
        MatrixMemory.SetTransposed(inner.ToMatrix(options), matrix, Size);
        return matrix;
    }

    protected override void Product(ReadOnlySpan<double> x, Span<double> y) => ApplyTransposed(inner, x, y);

    protected override void ProductBlock(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options) =>
        ApplyTransposedBlock(inner, x, y, count, options);

    protected override void TransposedProduct(ReadOnlySpan<double> x, Span<double> y) => inner.Apply(x, y);
}
