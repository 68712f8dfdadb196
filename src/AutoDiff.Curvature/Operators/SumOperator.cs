namespace AutoDiff.Curvature;

/// <summary>x ↦ Ax + Bx.</summary>
internal sealed class SumOperator(LinearOperator left, LinearOperator right) : LinearOperator(left.Size)
{
    public override double[] ToMatrix(RunOptions? options = null)
    {
        options ??= new();
        var matrix = left.ToMatrix(options.Part);
        options.Progress?.Report(new("matrix", 0.5));
        VectorLoops.AddScaled(1, right.ToMatrix(options.Part), matrix);
        options.Progress?.Report(new("matrix", 1));
        return matrix;
    }

    protected override void Product(ReadOnlySpan<double> x, Span<double> y)
    {
        var other = new double[Size];
        left.Apply(x, y);
        right.Apply(x, other);
        VectorLoops.AddScaled(1, other, y);
    }

    protected override void ProductBlock(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options)
    {
        var other = new double[y.Length];
        left.ApplyBlock(x, y, count, options);
        right.ApplyBlock(x, other, count, options);
        VectorLoops.AddScaled(1, other, y.Span);
    }
}
