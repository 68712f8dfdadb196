namespace AutoDiff.Curvature;

/// <summary>x ↦ x.</summary>
internal sealed class IdentityOperator(int size) : LinearOperator(size)
{
    protected override void Product(ReadOnlySpan<double> x, Span<double> y) => x.CopyTo(y);

    protected override void ProductBlock(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options) => x.CopyTo(y);
}
