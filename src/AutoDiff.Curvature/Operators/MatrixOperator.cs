using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace AutoDiff.Curvature;

/// <summary>The operator of a symmetric matrix held in memory.</summary>
public sealed class MatrixOperator : LinearOperator
{
    private readonly double[] _values;

    private MatrixOperator(double[] values, int size)
        : base(size) => _values = values;

    /// <summary>The elements [n, n], row by row.</summary>
    public ImmutableArray<double> Values => ImmutableCollectionsMarshal.AsImmutableArray(_values);

    /// <summary>The operator of the symmetric matrix <paramref name="matrix"/> [size, size], row by row, copied.</summary>
    /// <param name="matrix">The elements.</param>
    /// <param name="size">The number of rows and of columns.</param>
    /// <remarks>Pairs that differ by rounding are replaced by their mean, (A + Aᵀ)/2.</remarks>
    /// <exception cref="ArgumentException">The matrix is not square, holds NaN or ∞, or differs from its transpose by more than 1e-8 of its largest element.</exception>
    public static MatrixOperator Of(ReadOnlySpan<double> matrix, int size) =>
        new(SymmetricMatrix.Checked("MatrixOperator", matrix, size), size);

    /// <inheritdoc/>
    public override double[] ToMatrix(RunOptions? options = null)
    {
        options?.Cancellation.ThrowIfCancellationRequested();
        options?.Progress?.Report(new("matrix", 1));
        return (double[])_values.Clone();
    }

    /// <inheritdoc/>
    protected override void Product(ReadOnlySpan<double> x, Span<double> y)
    {
        var product = new double[Size];
        Products.Multiply(x.ToArray(), _values, product, 1, Size, Size);
        product.CopyTo(y);
    }

    /// <inheritdoc/>
    protected override void ProductBlock(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options) =>
        Products.Multiply(x, _values, y, count, Size, Size, options.Threads);
}
