using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiff.Numerics;

/// <summary>The Cholesky factor L of (A + Aᵀ)/2 = L·Lᵀ, zeros above its diagonal; where a pivot is not positive, NaN on and below the diagonal.</summary>
/// <remarks>Right-looking by blocks of columns, blocks within these again: nearly all of n³/6 multiply-adds are matrix products. ‖A − L·Lᵀ‖ is a rounding of ‖A‖ (Higham 2002, theorem 10.3).</remarks>
internal sealed unsafe class CholeskyKernel<T> : MatrixKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Inner = 16;
    private const int Outer = 64;

    // Columns of the rest that are updated at once: wide enough for the product, narrow beside the triangle that it need not compute.
    private const int Strip = 96;

    public override int ScratchSize(ReadOnlySpan<(int Rows, int Columns)> sizes)
    {
        var size = sizes[0].Rows;
        var panel = Math.Min(size, Outer);
        return (panel * size) + Math.Max(TriangularSolution<T>.ScratchSize(panel, size), MatrixProduct<T>.MostScratch(size, Strip, panel));
    }

    public override void Run(in MatrixOperands<T> x, Span<T> result, Span<T> scratch)
    {
        var size = x.First.Rows;
        fixed (
            T* a = &x.First.Element,
                y = result
        )
        {
            var l = new MatrixPointer<T>(y, size, 1);
            result.Clear();
            SymmetricHalves<T>.Mean(new(a, x.First.Row, x.First.Column), l, size);
            var positive = Factor(l, size, scratch);
            for (var i = 0; i < size; i++)
            {
                if (!positive)
                    l.Elements(i, i + 1).Fill(T.NaN);
                // Updates of whole strips wrote there.
                l.Elements(i, size)[(i + 1)..].Clear();
            }
        }
    }

    /// <summary>Factors a lower triangle of contiguous rows in place; whether it is positive definite.</summary>
    private static bool Factor(MatrixPointer<T> a, int size, Span<T> scratch)
    {
        if (size <= Inner)
            return Unblocked(a, size);
        var block = size <= 2 * Outer ? Inner : Outer;
        for (var start = 0; start < size; start += block)
        {
            var width = Math.Min(block, size - start);
            var (diagonal, rows) = (a.From(start, start), size - start - width);
            if (!Factor(diagonal, width, scratch))
                return false;
            fixed (T* free = scratch)
            {
                // The panel below as rows of its own, which a product takes as they are.
                var (panel, across) = (a.From(start + width, start), new MatrixPointer<T>(free, rows, 1));
                var rest = scratch[(width * rows)..];
                panel.Transposed.CopyTo(across, width, rows);
                TriangularSolution<T>.Lower(diagonal, across, width, rows, unit: false, rest);
                across.Transposed.CopyTo(panel, rows, width);
                across.NegateTo(across, width, rows);
                for (var column = 0; column < rows; column += Strip)
                {
                    var columns = Math.Min(Strip, rows - column);
                    var target = a.From(start + width + column, start + width + column);
                    MatrixPointer<T>.AddProduct(panel.From(column, 0), across.From(0, column), target, rows - column, width, columns, rest);
                }
            }
        }
        return true;
    }

    private static bool Unblocked(MatrixPointer<T> a, int size)
    {
        for (nint j = 0; j < size; j++)
        {
            for (nint i = j; i < size; i++)
            {
                var value = a[i, j];
                for (nint k = 0; k < j; k++)
                    value = T.FusedMultiplyAdd(-a[i, k], a[j, k], value);
                if (i > j)
                    a[i, j] = value / a[j, j];
                else if (value > T.Zero)
                    a[j, j] = T.Sqrt(value);
                else
                    return false;
            }
        }
        return true;
    }
}
