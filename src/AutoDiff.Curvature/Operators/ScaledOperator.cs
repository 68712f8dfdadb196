namespace AutoDiff.Curvature;

/// <summary>x ↦ s·Ax.</summary>
internal sealed class ScaledOperator(LinearOperator inner, double factor) : LinearOperator(inner.Rows, inner.Size, inner.IsSymmetric)
{
    public override double[] ToMatrix(RunOptions? options = null)
    {
        var matrix = inner.ToMatrix(options);
        VectorLoops.Scale(factor, matrix);
        return matrix;
    }

    protected override void Product(ReadOnlySpan<double> x, Span<double> y)
    {
        inner.Apply(x, y);
        VectorLoops.Scale(factor, y);
    }

    protected override void ProductBlock(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options)
    {
        inner.ApplyBlock(x, y, count, options);
        VectorLoops.Scale(factor, y.Span);
    }

    private protected override LinearOperator Transposed() => new ScaledOperator(inner.Transpose(), factor);
}
