namespace AutoDiff.Curvature;

/// <summary>x ↦ Ax + σx.</summary>
internal sealed class ShiftedOperator(LinearOperator inner, double shift) : LinearOperator(inner.Size, inner.Size, inner.IsSymmetric)
{
    public override double[] ToMatrix(RunOptions? options = null)
    {
        var matrix = inner.ToMatrix(options);
        for (var i = 0; i < Size; i++)
            matrix[i * (Size + 1)] += shift;
        return matrix;
    }

    protected override void Product(ReadOnlySpan<double> x, Span<double> y)
    {
        inner.Apply(x, y);
        VectorLoops.AddScaled(shift, x, y);
    }

    protected override void ProductBlock(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options)
    {
        inner.ApplyBlock(x, y, count, options);
        VectorLoops.AddScaled(shift, x.Span, y.Span);
    }

    private protected override LinearOperator Transposed() => new ShiftedOperator(inner.Transpose(), shift);
}
