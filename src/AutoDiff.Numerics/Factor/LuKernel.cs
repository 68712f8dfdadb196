using System.Numerics;

namespace AutoDiff.Numerics;

/// <summary>P·A = L·U with partial pivoting, as [n, n + 1]: U on and above the diagonal, L below it with ones that are not stored, and in the last column the row that each row was exchanged with.</summary>
/// <remarks>
/// Columns in halves, so that nearly all of n³/3 multiply-adds are matrix products (Toledo 1997). Where all that is left of a column is 0 its pivot is 0 and
/// its multipliers stay 0.
/// </remarks>
internal sealed unsafe class LuKernel<T> : MatrixKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int FewColumns = 4;

    public override int ScratchSize(ReadOnlySpan<(int Rows, int Columns)> sizes)
    {
        var (size, half) = (sizes[0].Rows, Half(sizes[0].Rows));
        return Math.Max(TriangularSolution<T>.ScratchSize(half, size), (half * size) + MatrixProduct<T>.MostScratch(size, size, half));
    }

    public override void Run(in MatrixOperands<T> x, Span<T> result, Span<T> scratch)
    {
        var size = x.First.Rows;
        fixed (
            T* a = &x.First.Element,
                y = result
        )
        {
            var factors = new MatrixPointer<T>(y, size + 1, 1);
            new MatrixPointer<T>(a, x.First.Row, x.First.Column).CopyTo(factors, size, size);
            Factor(factors, factors.From(0, size), size, size, scratch);
        }
    }

    private static int Half(int columns) => columns <= FewColumns ? columns : Halves.First(columns, FewColumns);

    /// <summary>Factors the columns of a matrix with at least as many rows; pivots are counted from its first row.</summary>
    private static void Factor(MatrixPointer<T> a, MatrixPointer<T> pivots, int rows, int columns, Span<T> scratch)
    {
        if (columns <= FewColumns)
        {
            Unblocked(a, pivots, rows, columns);
            return;
        }
        var half = Half(columns);
        var rest = columns - half;
        Factor(a, pivots, rows, half, scratch);
        var right = a.From(0, half);
        Exchange(right, pivots, 0, half, rest);
        TriangularSolution<T>.Lower(a, right, half, rest, unit: true, scratch);
        fixed (T* free = scratch)
        {
            var negative = new MatrixPointer<T>(free, rest, 1);
            right.NegateTo(negative, half, rest);
            MatrixPointer<T>.AddProduct(a.From(half, 0), negative, a.From(half, half), rows - half, half, rest, scratch[(half * rest)..]);
        }
        Factor(a.From(half, half), pivots.From(half, 0), rows - half, rest, scratch);
        for (nint i = half; i < columns; i++)
            pivots[i, 0] += T.CreateTruncating(half);
        Exchange(a, pivots, half, columns, half);
    }

    /// <summary>Exchanges rows of some columns, as pivots from one to another say.</summary>
    private static void Exchange(MatrixPointer<T> a, MatrixPointer<T> pivots, int from, int to, int columns)
    {
        for (nint i = from; i < to; i++)
            a.Exchange(i, nint.CreateTruncating(pivots[i, 0]), columns);
    }

    private static void Unblocked(MatrixPointer<T> a, MatrixPointer<T> pivots, int rows, int columns)
    {
        for (nint j = 0; j < columns; j++)
        {
            var pivot = j;
            for (var i = j + 1; i < rows; i++)
                pivot = T.Abs(a[i, j]) > T.Abs(a[pivot, j]) ? i : pivot;
            pivots[j, 0] = T.CreateTruncating(pivot);
            a.Exchange(j, pivot, columns);
            if (a[j, j] == T.Zero)
                continue;
            for (var i = j + 1; i < rows; i++)
            {
                var factor = a[i, j] /= a[j, j];
                for (var k = j + 1; k < columns; k++)
                    a[i, k] = T.FusedMultiplyAdd(-factor, a[j, k], a[i, k]);
            }
        }
    }
}
