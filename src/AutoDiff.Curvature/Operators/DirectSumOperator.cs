using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>(x₁, x₂, …) ↦ (A₁x₁, A₂x₂, …).</summary>
internal sealed class DirectSumOperator(ImmutableArray<LinearOperator> parts, int rows, int columns)
    : LinearOperator(rows, columns, parts.All(part => part.IsSymmetric))
{
    protected override void Product(ReadOnlySpan<double> x, Span<double> y)
    {
        foreach (var part in parts)
        {
            part.Apply(x[..part.Size], y[..part.Rows]);
            x = x[part.Size..];
            y = y[part.Rows..];
        }
    }

    protected override void ProductBlock(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options)
    {
        var (column, row) = (0, 0);
        foreach (var part in parts)
        {
            var most = BlockRows.AtOnce(count, Math.Max(part.Rows, part.Size));
            using var from = new Rented(most * part.Size);
            using var to = new Rented(most * part.Rows);
            for (var start = 0; start < count; start += most)
            {
                var vectors = Math.Min(most, count - start);
                for (var i = 0; i < vectors; i++)
                    x.Span.Slice(((start + i) * Size) + column, part.Size).CopyTo(from.Span[(i * part.Size)..]);
                part.ApplyBlock(from.Memory[..(vectors * part.Size)], to.Memory[..(vectors * part.Rows)], vectors, options);
                for (var i = 0; i < vectors; i++)
                    to.Span.Slice(i * part.Rows, part.Rows).CopyTo(y.Span[(((start + i) * Rows) + row)..]);
            }
            (column, row) = (column + part.Size, row + part.Rows);
        }
    }

    private protected override LinearOperator Transposed() =>
        new DirectSumOperator([.. parts.Select(part => part.Transpose())], Size, Rows);
}
