namespace AutoDiff.Curvature;

/// <summary>An operator of a caller's functions.</summary>
internal sealed class FunctionOperator : LinearOperator
{
    private readonly Action<ReadOnlySpan<double>, Span<double>> _product;
    private readonly Action<ReadOnlySpan<double>, Span<double>>? _transposed;

    public FunctionOperator(int size, Action<ReadOnlySpan<double>, Span<double>> product)
        : base(size) => (_product, _transposed) = (product, product);

    public FunctionOperator(
        int rows,
        int columns,
        Action<ReadOnlySpan<double>, Span<double>> product,
        Action<ReadOnlySpan<double>, Span<double>>? transposed
    )
        : base(rows, columns, isSymmetric: false) => (_product, _transposed) = (product, transposed);

    protected override void Product(ReadOnlySpan<double> x, Span<double> y) => _product(x, y);

    protected override void TransposedProduct(ReadOnlySpan<double> x, Span<double> y)
    {
        if (_transposed is null)
            throw new InvalidOperationException(
                "[LinearOperator.Transpose] got an operator of one function; expected one made with the transpose's product too, LinearOperator.Of(rows, columns, product, transposed)"
            );
        _transposed(x, y);
    }
}
