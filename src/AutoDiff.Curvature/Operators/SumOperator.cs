namespace AutoDiff.Curvature;

/// <summary>x ↦ Ax + Bx.</summary>
internal sealed class SumOperator(LinearOperator left, LinearOperator right) : LinearOperator(left.Size)
{
    protected override void Product(ReadOnlySpan<double> x, Span<double> y)
    {
        var other = new double[Size];
        left.Apply(x, y);
        right.Apply(x, other);
        VectorLoops.AddScaled(1, other, y);
    }
}
