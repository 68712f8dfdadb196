namespace AutoDiff.Curvature;

/// <summary>x ↦ A(Bx).</summary>
internal sealed class ProductOperator(LinearOperator left, LinearOperator right, bool isSymmetric)
    : LinearOperator(left.Rows, right.Size, isSymmetric)
{
    protected override void Product(ReadOnlySpan<double> x, Span<double> y)
    {
        using var between = new Rented(left.Size);
        right.Apply(x, between.Span);
        left.Apply(between.Span, y);
    }

    protected override void ProductBlock(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options)
    {
        var most = BlockRows.AtOnce(count, left.Size);
        using var room = new Rented(most * left.Size);
        for (var start = 0; start < count; start += most)
        {
            var rows = Math.Min(most, count - start);
            var between = room.Memory[..(rows * left.Size)];
            right.ApplyBlock(x.Slice(start * Size, rows * Size), between, rows, options);
            left.ApplyBlock(between, y.Slice(start * Rows, rows * Rows), rows, options);
        }
    }

    private protected override LinearOperator Transposed() => new ProductOperator(right.Transpose(), left.Transpose(), IsSymmetric);
}
