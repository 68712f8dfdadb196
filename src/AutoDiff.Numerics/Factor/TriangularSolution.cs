using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>Solution of L·Y = B for a lower triangle L and many right sides at once, in halves: matrix products but for the blocks on the diagonal.</summary>
/// <remarks>
/// By substitution throughout, never by an inverse, so that each column's residual is a rounding of |L|·|y| (Higham 2002, theorem 8.5). An upper triangle is
/// a lower one with rows and columns in reverse order.
/// </remarks>
internal static unsafe class TriangularSolution<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Block = 16;

    // A block of so many columns stays in the first-level cache.
    private const int Strip = 256;

    // Fewer columns take less time one number after another.
    private const int FewColumns = 4;

    /// <summary>How many elements of scratch space a solution needs.</summary>
    public static int ScratchSize(int size, int columns) =>
        size <= Block ? 0 : (Half(size) * columns) + MatrixProduct<T>.MostScratch(size, columns, size);

    /// <summary>B ← L⁻¹·B for B [size, columns] of contiguous rows.</summary>
    /// <param name="l">L [size, size]; what is above its diagonal is not read, nor its diagonal where that is ones.</param>
    /// <param name="y">B, then Y.</param>
    /// <param name="size">The number of rows.</param>
    /// <param name="columns">The number of right sides.</param>
    /// <param name="unit">Whether L's diagonal is ones.</param>
    /// <param name="scratch">As many elements as <see cref="ScratchSize"/> says.</param>
    public static void Lower(MatrixPointer<T> l, MatrixPointer<T> y, int size, int columns, bool unit, Span<T> scratch)
    {
        if (columns == 0)
            return;
        if (size <= Block)
        {
            for (var start = 0; start < columns; start += Strip)
                Substitute(l, y.From(0, start), size, Math.Min(Strip, columns - start), unit);
            return;
        }
        var half = Half(size);
        Lower(l, y, half, columns, unit, scratch);
        fixed (T* free = scratch)
        {
            var negative = new MatrixPointer<T>(free, columns, 1);
            y.NegateTo(negative, half, columns);
            var rest = scratch[(half * columns)..];
            MatrixPointer<T>.AddProduct(l.From(half, 0), negative, y.From(half, 0), size - half, half, columns, rest);
        }
        Lower(l.From(half, half), y.From(half, 0), size - half, columns, unit, scratch);
    }

    /// <summary>B ← U⁻¹·B for an upper triangle U.</summary>
    public static void Upper(MatrixPointer<T> u, MatrixPointer<T> y, int size, int columns, bool unit, Span<T> scratch) =>
        Lower(u.Reversed(size, size), y.RowsReversed(size), size, columns, unit, scratch);

    private static int Half(int size) => Halves.First(size, Block);

    private static void Substitute(MatrixPointer<T> l, MatrixPointer<T> y, int size, int columns, bool unit)
    {
        if (columns < FewColumns)
        {
            for (nint j = 0; j < columns; j++)
                Substitute(l, y.From(0, j), size, unit);
            return;
        }
        var row = stackalloc T[Block];
        var factors = new MatrixPointer<T>(row, Block, 1);
        for (var i = 0; i < size; i++)
        {
            for (nint j = 0; j < i; j++)
                row[j] = -l[i, j];
            MatrixPointer<T>.AddProduct(factors, y, y.From(i, 0), 1, i, columns, []);
            if (!unit)
                TensorPrimitives.Divide(y.Elements(i, columns), l[i, i], y.Elements(i, columns));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Substitute(MatrixPointer<T> l, MatrixPointer<T> y, int size, bool unit)
    {
        for (nint i = 0; i < size; i++)
        {
            var value = y[i, 0];
            for (nint j = 0; j < i; j++)
                value = T.FusedMultiplyAdd(-l[i, j], y[j, 0], value);
            y[i, 0] = unit ? value : value / l[i, i];
        }
    }
}
