using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>The operator of a symmetric matrix held in memory.</summary>
public sealed class MatrixOperator : LinearOperator
{
    private readonly double[] _values;

    private MatrixOperator(double[] values, int size)
        : base(size) => _values = values;

    /// <summary>The elements [n, n] in row-major order.</summary>
    public ImmutableArray<double> Values => System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(_values);

    /// <summary>The operator of the symmetric matrix <paramref name="matrix"/> [size, size] in row-major order, copied.</summary>
    /// <param name="matrix">The elements, row by row.</param>
    /// <param name="size">The number of rows and of columns.</param>
    /// <remarks>Pairs that differ by rounding are replaced by their mean, (A + Aᵀ)/2.</remarks>
    /// <exception cref="ArgumentException">The matrix is not square, holds NaN or ∞, or differs from its transpose by more than 1e-8 of its largest element.</exception>
    public static MatrixOperator Of(ReadOnlySpan<double> matrix, int size)
    {
        var input = SymmetricInput.Read("MatrixOperator", matrix, size);
        var values = input.Values;
        for (var i = 0; i < values.Length; i++)
            values[i] = input.Unscale(values[i]);
        return new(values, size);
    }

    /// <inheritdoc/>
    protected override void Product(ReadOnlySpan<double> x, Span<double> y)
    {
        for (var i = 0; i < Size; i++)
            y[i] = VectorLoops.Dot(_values.AsSpan(i * Size, Size), x);
    }
}
