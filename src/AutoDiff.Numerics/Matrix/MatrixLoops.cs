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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in TileStrides strides, T* a, T* b, T* c, T* initial, int rows, int columns, int most, Packing packing)
    {
        var packed = (packing & Packing.Right) != Packing.None;
        var own = strides;
        var panels = new EqualParts(Vectors(columns), most);
        for (var panel = 0; panel < panels.Count; panel++)
        {
            var vectors = panels[panel];
            var width = vectors * TWidth.Count;
            var last = columns < width ? TWidth.Count - (width - columns) : 0;
            // Packed rows lie as the widest panel's tiles take them.
            var height = TWidth.Rows((packing & Packing.Left) != Packing.None ? most : vectors);
            if (packed)
                own = strides with { BRow = width };
            switch (vectors, last)
            {
                case (1, 0):
                    Rows<N1, N0>(in own, a, b, c, initial, rows, height, last, packing);
                    break;
                case (1, _):
                    Rows<N1, N1>(in own, a, b, c, initial, rows, height, last, packing);
                    break;
                case (2, 0):
                    Rows<N2, N0>(in own, a, b, c, initial, rows, height, last, packing);
                    break;
                case (2, _):
                    Rows<N2, N1>(in own, a, b, c, initial, rows, height, last, packing);
                    break;
                case (3, 0):
                    Rows<N3, N0>(in own, a, b, c, initial, rows, height, last, packing);
                    break;
                default:
                    Rows<N3, N1>(in own, a, b, c, initial, rows, height, last, packing);
                    break;
            }
            b += packed ? width * strides.Depth : width;
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows<TVectors, TPartial>(
        in TileStrides strides,
        T* a,
        T* b,
        T* c,
        T* initial,
        int rows,
        int most,
        int last,
        Packing packing
    )
        where TVectors : struct, INatural
        where TPartial : struct, INatural
    {
        var packed = (packing & Packing.Left) != Packing.None;
        var own = strides;
        var groups = new EqualParts(rows, most);
        for (var group = 0; group < groups.Count; group++)
        {
            var height = groups[group];
            if (packed)
                own = strides with { ARow = 1, AColumn = height };
            switch (height)
            {
                case 1:
                    MatrixTile<T, TVector, TWidth>.Run<N1, TVectors, TPartial>(in own, a, b, c, initial, last);
                    break;
                case 2:
                    MatrixTile<T, TVector, TWidth>.Run<N2, TVectors, TPartial>(in own, a, b, c, initial, last);
                    break;
                case 3:
                    MatrixTile<T, TVector, TWidth>.Run<N3, TVectors, TPartial>(in own, a, b, c, initial, last);
                    break;
                case 4:
                    MatrixTile<T, TVector, TWidth>.Run<N4, TVectors, TPartial>(in own, a, b, c, initial, last);
                    break;
                case 5:
                    MatrixTile<T, TVector, TWidth>.Run<N5, TVectors, TPartial>(in own, a, b, c, initial, last);
                    break;
                case 6:
                    MatrixTile<T, TVector, TWidth>.Run<N6, TVectors, TPartial>(in own, a, b, c, initial, last);
                    break;
                case 7:
                    MatrixTile<T, TVector, TWidth>.Run<N7, TVectors, TPartial>(in own, a, b, c, initial, last);
                    break;
                case 8:
                    MatrixTile<T, TVector, TWidth>.Run<N8, TVectors, TPartial>(in own, a, b, c, initial, last);
                    break;
                case 9:
                    MatrixTile<T, TVector, TWidth>.Run<N9, TVectors, TPartial>(in own, a, b, c, initial, last);
                    break;
                case 10:
                    MatrixTile<T, TVector, TWidth>.Run<N10, TVectors, TPartial>(in own, a, b, c, initial, last);
                    break;
                case 11:
                    MatrixTile<T, TVector, TWidth>.Run<N11, TVectors, TPartial>(in own, a, b, c, initial, last);
                    break;
                default:
                    MatrixTile<T, TVector, TWidth>.Run<N12, TVectors, TPartial>(in own, a, b, c, initial, last);
                    break;
            }
            a += height * (packed ? strides.Depth : strides.ARow);
            c += height * strides.CRow;
            if (initial != null)
                initial += height * strides.InitialRow;
        }
    }
}
