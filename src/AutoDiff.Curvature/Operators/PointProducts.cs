namespace AutoDiff.Curvature;

/// <summary>What a symmetric linear map at a point does: by the plans of one function, or of a mean over batches.</summary>
internal abstract class PointProducts
{
    /// <summary>The number n of elements of the vectors.</summary>
    public abstract int Size { get; }

    /// <summary>Writes the product with x [n] to y [n].</summary>
    public abstract void Apply(ReadOnlySpan<double> x, Span<double> y);

    /// <summary>Writes the products with the rows of x [count, n] to the rows of y [count, n].</summary>
    public abstract void Apply(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options);

    /// <summary>Writes all elements to a matrix [n, n].</summary>
    public abstract void Write(double[] matrix, RunOptions options);

    /// <summary>The product with x [n] in random rounding.</summary>
    public abstract double[] Rounded(ReadOnlySpan<double> x, ulong seed);
}
