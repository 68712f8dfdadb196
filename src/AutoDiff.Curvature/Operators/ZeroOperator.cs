namespace AutoDiff.Curvature;

/// <summary>x ↦ 0.</summary>
internal sealed class ZeroOperator(int rows, int columns) : LinearOperator(rows, columns, rows == columns)
{
    public override double[] ToMatrix(RunOptions? options = null) => NewMatrix();

    protected override void Product(ReadOnlySpan<double> x, Span<double> y) => y.Clear();

    protected override void ProductBlock(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options) => y.Span.Clear();

    private protected override LinearOperator Transposed() => new ZeroOperator(Size, Rows);
}
