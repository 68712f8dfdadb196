using AutoDiff.Curvature;

namespace AutoDiff.Tests.Curvature;

/// <summary>An operator that counts its products; after a number of them they are NaN.</summary>
internal sealed class CountingOperator(LinearOperator inner, int good = int.MaxValue) : LinearOperator(inner.Size)
{
    private int _products;

    public int Products => _products;

    protected override void Product(ReadOnlySpan<double> x, Span<double> y)
    {
        inner.Apply(x, y);
        if (Interlocked.Increment(ref _products) > good)
            y.Fill(double.NaN);
    }
}
