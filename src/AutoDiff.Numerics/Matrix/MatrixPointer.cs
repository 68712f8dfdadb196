using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>A matrix pinned in memory: element (i, j) lies i·Row + j·Column elements behind the first.</summary>
internal readonly unsafe struct MatrixPointer<T>(T* at, nint row, nint column)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Copies of transposes go tile by tile, so that the lines they touch stay in cache.
    private const int Tile = 16;

    public T* At { get; } = at;

    public nint Row { get; } = row;

    public nint Column { get; } = column;

    public MatrixPointer<T> Transposed => new(At, Column, Row);

    public ref T this[nint i, nint j] => ref At[(i * Row) + (j * Column)];

    /// <summary>The matrix from element (i, j) on.</summary>
    public MatrixPointer<T> From(nint i, nint j) => new(At + (i * Row) + (j * Column), Row, Column);

    /// <summary>The matrix of so many rows and columns with both in reverse order: a lower triangle becomes an upper one.</summary>
    public MatrixPointer<T> Reversed(int rows, int columns) =>
        new(At + ((Math.Max(rows, 1) - 1) * Row) + ((Math.Max(columns, 1) - 1) * Column), -Row, -Column);

    /// <summary>The matrix of so many rows with these in reverse order.</summary>
    public MatrixPointer<T> RowsReversed(int rows) => new(At + ((Math.Max(rows, 1) - 1) * Row), -Row, Column);

    /// <summary>The first elements of a row whose elements lie side by side.</summary>
    public Span<T> Elements(nint i, int count) => new(At + (i * Row), count);

    /// <summary>Copies a part of so many rows and columns to another place.</summary>
    public void CopyTo(MatrixPointer<T> to, int rows, int columns)
    {
        if (Column == 1 && to.Column == 1)
        {
            for (nint i = 0; i < rows; i++)
                Elements(i, columns).CopyTo(to.Elements(i, columns));
            return;
        }
        for (var i = 0; i < rows; i += Tile)
        {
            for (var j = 0; j < columns; j += Tile)
                CopyTile(From(i, j), to.From(i, j), Math.Min(Tile, rows - i), Math.Min(Tile, columns - j));
        }
    }

    /// <summary>Copies the negative of a part of contiguous rows to others.</summary>
    public void NegateTo(MatrixPointer<T> to, int rows, int columns)
    {
        for (nint i = 0; i < rows; i++)
            TensorPrimitives.Negate(Elements(i, columns), to.Elements(i, columns));
    }

    /// <summary>c ← c + a·b for a [rows, inner], b [inner, columns] and c of contiguous rows.</summary>
    public static void AddProduct(
        MatrixPointer<T> a,
        MatrixPointer<T> b,
        MatrixPointer<T> c,
        int rows,
        int inner,
        int columns,
        Span<T> scratch
    )
    {
        if (rows == 0 || columns == 0 || inner == 0)
            return;
        var product = new MatrixProduct<T>(rows, columns, inner, a.Row, a.Column, b.Row, b.Column, c.Row, new(c.Row, 1));
        product.Run(ref *a.At, ref *b.At, ref *c.At, ref *c.At, scratch);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CopyTile(MatrixPointer<T> from, MatrixPointer<T> to, int rows, int columns)
    {
        for (nint i = 0; i < rows; i++)
        {
            for (nint j = 0; j < columns; j++)
                to[i, j] = from[i, j];
        }
    }
}
