namespace AutoDiff.Curvature;

/// <summary>A symmetric map at a point.</summary>
internal sealed class PointOperator(PointProducts products) : LinearOperator(products.Size)
{
    public override double[] ToMatrix(RunOptions? options = null)
    {
        var matrix = NewMatrix();
        products.Write(matrix, options ?? new());
        return matrix;
    }

    protected override void Product(ReadOnlySpan<double> x, Span<double> y) => products.Apply(x, y);

    protected override void ProductBlock(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options) =>
        products.Apply(x, y, count, options);
}
