using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace AutoDiff.Curvature;

/// <summary>The operator of a matrix held in memory.</summary>
public sealed class MatrixOperator : LinearOperator
{
    private readonly double[] _values;

    private MatrixOperator(double[] values, int size)
        : base(size) => _values = values;

    private MatrixOperator(double[] values, int rows, int columns)
        : base(rows, columns, isSymmetric: false) => _values = values;

    /// <summary>The elements [m, n], row by row.</summary>
    public ImmutableArray<double> Values => ImmutableCollectionsMarshal.AsImmutableArray(_values);

    /// <summary>The operator of the symmetric matrix <paramref name="matrix"/> [size, size], row by row, copied.</summary>
    /// <param name="matrix">The elements.</param>
    /// <param name="size">The number of rows and of columns.</param>
    /// <remarks>
    /// Pairs that differ by rounding are replaced by their mean, (A + Aᵀ)/2. Where they differ by more, as those of a matrix computed in single precision do,
    /// <see cref="SymmetricMatrix.Symmetrize"/> does it first and says how far the matrix was from that.
    /// </remarks>
    /// <exception cref="ArgumentException">The matrix is not square, holds NaN or ∞, or differs from its transpose by more than 1e-8 of its largest element.</exception>
    public static MatrixOperator Of(ReadOnlySpan<double> matrix, int size) =>
        new(SymmetricMatrix.Checked("MatrixOperator", matrix, size), size);

    /// <summary>The operator of a matrix [rows, columns], row by row, copied; not symmetric, whatever its elements.</summary>
    /// <param name="matrix">The elements.</param>
    /// <param name="rows">The number m of rows.</param>
    /// <param name="columns">The number n of columns.</param>
    /// <exception cref="ArgumentException">There are not so many elements, one is not finite, or a size is negative.</exception>
    public static MatrixOperator Of(ReadOnlySpan<double> matrix, int rows, int columns)
    {
        Require.Length("MatrixOperator", $"a matrix of {rows} rows and {columns} columns", matrix.Length, (long)rows * columns);
        Require.Finite("MatrixOperator", "the matrix", matrix);
        return new(matrix.ToArray(), rows, columns);
    }

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
        // Products take memory, which a span is not.
        using var from = new Rented(Size);
        using var to = new Rented(Rows);
        x.CopyTo(from.Span);
        Multiply(from.Memory, to.Memory, 1, 1);
        to.Span.CopyTo(y);
    }

    /// <inheritdoc/>
    protected override void TransposedProduct(ReadOnlySpan<double> x, Span<double> y)
    {
        using var from = new Rented(Rows);
        using var to = new Rented(Size);
        x.CopyTo(from.Span);
        Products.Multiply(from.Memory, _values, to.Memory, 1, Rows, Size);
        to.Span.CopyTo(y);
    }

    /// <inheritdoc/>
    protected override void ProductBlock(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options) =>
        Multiply(x, y, count, options.Threads);

    /// <inheritdoc/>
    protected override void TransposedProductBlock(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options) =>
        Products.Multiply(x, _values, y, count, Rows, Size, options.Threads);

    private void Multiply(ReadOnlyMemory<double> x, Memory<double> y, int count, int threads)
    {
        // Where rows are columns the matrix is read as it lies.
        if (IsSymmetric)
            Products.Multiply(x, _values, y, count, Size, Size, threads);
        else
            Products.MultiplyTransposed(x, _values, y, count, Size, Rows, threads);
    }
}
