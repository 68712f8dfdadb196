using AutoDiff.Curvature;

namespace AutoDiff.Tests.Curvature;

/// <summary>A matrix [rows, size] that counts its products, and from one on gives NaN or infinity.</summary>
internal sealed class Watched(
    double[] values,
    int rows,
    int size,
    bool isSymmetric,
    int failing = int.MaxValue,
    double failure = double.NaN
) : LinearOperator(rows, size, isSymmetric)
{
    private int _products;

    public Watched(double[] values, int size)
        : this(values, size, size, isSymmetric: true) { }

    public int Products => _products;

    protected override void Product(ReadOnlySpan<double> x, Span<double> y)
    {
        var failed = Interlocked.Increment(ref _products) > failing;
        for (var i = 0; i < Rows; i++)
            y[i] = failed ? failure : Numerics.Matrices.Dot(values.AsSpan(i * Size, Size), x);
    }
}
