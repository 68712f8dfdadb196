using System.Numerics;
using System.Runtime.InteropServices;
using static AutoDiff.Curvature.VectorLoops;

namespace AutoDiff.Curvature;

/// <summary>C ← C ± A·B with both operands packed into tiles that stay in cache.</summary>
/// <remarks>
/// The loop order is that of Goto and van de Geijn (2008, "Anatomy of high-performance matrix multiplication"): a tile of 4 rows by three vectors stays in
/// registers. The order of the sums depends on the lengths alone.
/// </remarks>
internal static class MatrixProduct
{
    private const int TileRows = 4;
    private const int Depth = 256;
    private const int BlockRows = 64;
    private const int BlockColumns = 384;

    private static int TileColumns => 3 * Vector<double>.Count;

    /// <summary>C ← C + sign·A·B for a sign of 1 or −1, C [rows, columns] with unit column stride, A [rows, inner], B [inner, columns].</summary>
    /// <remarks>Where only the lower triangle is wanted, tiles wholly above the diagonal are left out and those that cross it computed whole.</remarks>
    public static void Add(int sign, Strided a, Strided b, Strided c, int rows, int inner, int columns, bool lowerOnly = false)
    {
        var packedA = new double[BlockRows * Math.Min(Depth, inner)];
        var packedB = new double[Math.Min(Depth, inner) * (Math.Min(BlockColumns, columns) + TileColumns)];
        var tile = new double[TileRows * TileColumns];
        for (var column = 0; column < columns; column += BlockColumns)
        {
            var width = Math.Min(BlockColumns, columns - column);
            for (var p = 0; p < inner; p += Depth)
            {
                var depth = Math.Min(Depth, inner - p);
                Pack(b.From(p, column).Transposed, width, depth, TileColumns, 1, packedB);
                for (var row = lowerOnly ? column / BlockRows * BlockRows : 0; row < rows; row += BlockRows)
                {
                    var height = Math.Min(BlockRows, rows - row);
                    Pack(a.From(row, p), height, depth, TileRows, sign, packedA);
                    for (var j = 0; j < width; j += TileColumns)
                    {
                        for (var i = 0; i < height; i += TileRows)
                        {
                            if (lowerOnly && column + j > row + i + TileRows - 1)
                                continue;
                            var target = c.Data.AsSpan(c.Start + ((row + i) * c.Row) + column + j);
                            var (tileRows, tileColumns) = (Math.Min(TileRows, height - i), Math.Min(TileColumns, width - j));
                            if (tileRows == TileRows && tileColumns == TileColumns)
                                Kernel(packedA.AsSpan(i * depth), packedB.AsSpan(j * depth), depth, target, c.Row);
                            else
                                Edge(
                                    packedA.AsSpan(i * depth),
                                    packedB.AsSpan(j * depth),
                                    depth,
                                    target,
                                    c.Row,
                                    tileRows,
                                    tileColumns,
                                    tile
                                );
                        }
                    }
                }
            }
        }
    }

    /// <summary>Lays <paramref name="count"/> rows of <paramref name="depth"/> elements out in groups, one element of each row of a group after the other.</summary>
    private static void Pack(Strided source, int count, int depth, int group, int sign, Span<double> packed)
    {
        for (var start = 0; start < count; start += group)
        {
            var filled = Math.Min(group, count - start);
            var panel = packed.Slice(start * depth, group * depth);
            if (filled < group)
                panel.Clear();
            if (source.Column == 1)
            {
                for (var r = 0; r < filled; r++)
                {
                    var line = source.Data.AsSpan(source.Start + ((start + r) * source.Row), depth);
                    for (var p = 0; p < depth; p++)
                        panel[(p * group) + r] = sign * line[p];
                }
            }
            else
            {
                for (var p = 0; p < depth; p++)
                {
                    var at = source.Start + (start * source.Row) + (p * source.Column);
                    for (var r = 0; r < filled; r++)
                        panel[(p * group) + r] = sign * source.Data[at + (r * source.Row)];
                }
            }
        }
    }

    private static void Edge(
        ReadOnlySpan<double> a,
        ReadOnlySpan<double> b,
        int depth,
        Span<double> c,
        int stride,
        int rows,
        int columns,
        Span<double> tile
    )
    {
        tile.Clear();
        Kernel(a, b, depth, tile, TileColumns);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
                c[(i * stride) + j] += tile[(i * TileColumns) + j];
        }
    }

    private static void Kernel(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int depth, Span<double> c, int stride)
    {
        var width = Vector<double>.Count;
        ref var pa = ref MemoryMarshal.GetReference(a[..(depth * TileRows)]);
        ref var pb = ref MemoryMarshal.GetReference(b[..(depth * TileColumns)]);
        Vector<double> c00 = default,
            c01 = default,
            c02 = default,
            c10 = default,
            c11 = default,
            c12 = default;
        Vector<double> c20 = default,
            c21 = default,
            c22 = default,
            c30 = default,
            c31 = default,
            c32 = default;
        for (int p = 0, i = 0, j = 0; p < depth; p++, i += TileRows, j += 3 * width)
        {
            var b0 = Load(ref pb, j);
            var b1 = Load(ref pb, j + width);
            var b2 = Load(ref pb, j + (2 * width));
            var left = new Vector<double>(System.Runtime.CompilerServices.Unsafe.Add(ref pa, i));
            c00 = Vector.FusedMultiplyAdd(left, b0, c00);
            c01 = Vector.FusedMultiplyAdd(left, b1, c01);
            c02 = Vector.FusedMultiplyAdd(left, b2, c02);
            left = new Vector<double>(System.Runtime.CompilerServices.Unsafe.Add(ref pa, i + 1));
            c10 = Vector.FusedMultiplyAdd(left, b0, c10);
            c11 = Vector.FusedMultiplyAdd(left, b1, c11);
            c12 = Vector.FusedMultiplyAdd(left, b2, c12);
            left = new Vector<double>(System.Runtime.CompilerServices.Unsafe.Add(ref pa, i + 2));
            c20 = Vector.FusedMultiplyAdd(left, b0, c20);
            c21 = Vector.FusedMultiplyAdd(left, b1, c21);
            c22 = Vector.FusedMultiplyAdd(left, b2, c22);
            left = new Vector<double>(System.Runtime.CompilerServices.Unsafe.Add(ref pa, i + 3));
            c30 = Vector.FusedMultiplyAdd(left, b0, c30);
            c31 = Vector.FusedMultiplyAdd(left, b1, c31);
            c32 = Vector.FusedMultiplyAdd(left, b2, c32);
        }
        AddRow(c, c00, c01, c02);
        AddRow(c[stride..], c10, c11, c12);
        AddRow(c[(2 * stride)..], c20, c21, c22);
        AddRow(c[(3 * stride)..], c30, c31, c32);
    }

    private static void AddRow(Span<double> c, Vector<double> first, Vector<double> second, Vector<double> third)
    {
        var width = Vector<double>.Count;
        ref var start = ref MemoryMarshal.GetReference(c[..(3 * width)]);
        Store(Load(ref start, 0) + first, ref start, 0);
        Store(Load(ref start, width) + second, ref start, width);
        Store(Load(ref start, 2 * width) + third, ref start, 2 * width);
    }
}
