using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>Which matrices lie in the order in which the tiles read them.</summary>
[Flags]
internal enum Packing
{
    None = 0,
    Left = 1,
    Right = 2,
}

/// <summary>A block of rows by panels of columns, tile by tile, and the copies that put the operands in the tiles' order.</summary>
internal static unsafe class MatrixLoops<T, TVector, TWidth>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TWidth : struct, IVectorWidth<T, TVector>
{
    /// <summary>c = initial + a·b for one block of the depth, by panels of at most <paramref name="most"/> vectors, as equal as can be.</summary>
    [MethodImpl(Compilation.Loop)]
    public static void Run(in TileStrides strides, T* a, T* b, T* c, T* initial, int rows, int columns, int most, Packing packing)
    {
        var (left, right) = ((packing & Packing.Left) != Packing.None, (packing & Packing.Right) != Packing.None);
        var own = strides;
        var panels = new EqualParts(Vectors(columns), most);
        for (var panel = 0; panel < panels.Count; panel++)
        {
            var vectors = panels[panel];
            var width = vectors * TWidth.Count;
            var last = columns < width ? TWidth.Count - (width - columns) : 0;
            if (right)
                own = own with { BRow = width };
            // Packed rows lie as the widest panel's tiles take them.
            var groups = new EqualParts(rows, TWidth.Rows(left ? most : vectors));
            var tile = MatrixTiles<T, TVector, TWidth>.Of(groups[0], vectors, last > 0);
            T* x = a,
                y = c,
                start = initial;
            for (var group = 0; group < groups.Count; group++)
            {
                var height = groups[group];
                if (group > 0 && height != groups[group - 1])
                    tile = MatrixTiles<T, TVector, TWidth>.Of(height, vectors, last > 0);
                if (left)
                    own = own with { ARow = 1, AColumn = height };
                tile(in own, x, b, y, start, last);
                x += height * (left ? strides.Depth : strides.ARow);
                y += height * strides.CRow;
                if (initial != null)
                    start += height * strides.InitialRow;
            }
            b += right ? width * strides.Depth : width;
            c += width;
            if (initial != null)
                initial += width * strides.InitialColumn;
            columns -= width;
        }
    }

    /// <summary>Packs a block of the right matrix into the panels that <see cref="Run"/> reads.</summary>
    public static void PackRight(T* from, nint row, nint column, nint depth, int columns, int most, T* to)
    {
        var panels = new EqualParts(Vectors(columns), most);
        for (var panel = 0; panel < panels.Count; panel++)
        {
            var width = panels[panel] * TWidth.Count;
            MatrixPacking<T, TVector, TWidth>.Panel(from, row, column, depth, Math.Min(columns, width), width, to);
            from += width * column;
            to += width * depth;
            columns -= width;
        }
    }

    /// <summary>Packs a block of the left matrix into the groups of rows that <see cref="Run"/> reads.</summary>
    public static void PackLeft(T* from, nint row, nint column, nint depth, int rows, int most, T* to)
    {
        var groups = new EqualParts(rows, TWidth.Rows(most));
        for (var group = 0; group < groups.Count; group++)
        {
            var height = groups[group];
            MatrixPacking<T, TVector, TWidth>.Panel(from, column, row, depth, height, height, to);
            from += height * row;
            to += height * depth;
        }
    }

    private static int Vectors(int columns) => (columns + TWidth.Count - 1) / TWidth.Count;
}
