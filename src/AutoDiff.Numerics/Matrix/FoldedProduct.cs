using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Numerics;

/// <summary>Products with a folded matrix X, whose elements are read from where they lie as they are packed: windows of a signal are never laid out whole.</summary>
/// <remarks>
/// Each result depends on the shapes and on X's layout alone, as in <see cref="MatrixProduct{T}"/>, whose tiles these are: neither on the registers' width nor on
/// how many ranges it is computed in. Known as implicit im2col: Chetlur et al., "cuDNN: efficient primitives for deep learning" (2014), section 3.
/// </remarks>
public static unsafe partial class FoldedProduct<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The longest sum over a folded matrix's rows that <see cref="Values"/> and <see cref="AddFolded"/> take: blocks of the depth are added one after another.</summary>
    public const int MostDepth = 16 * Block;

    private const int Block = 256;
    private const int MostBlocks = 16;
    private const int MostRows = 128;
    private const int MostColumns = 512;

    // A part of the right matrix that leaves half of the second-level cache to the left one.
    private const int PartBytes = 256 * 1024;

    // A part of a product that is added to what it is folded from lies in the first-level cache.
    private const int FoldedRows = 48;
    private const int FoldedBytes = 768;

    // Rows at a power of two from each other would fall into the same lines of the first-level cache.
    private const int Gap = 8;

    /// <summary>How many elements of scratch space <see cref="Values"/> needs.</summary>
    public static int ValuesScratch(int m, int n, int k) => (m * k) + RightSize(Depth(k), Columns(k, n), n);

    /// <summary>C ← A·X for A [m, k], X [k, n]: the columns from <paramref name="from"/> up to <paramref name="to"/> of C, whose rows are contiguous.</summary>
    public static void Values(
        int m,
        int from,
        int to,
        ref T a,
        nint aRow,
        nint aColumn,
        FoldedLayout layout,
        ref T x,
        ref T c,
        nint cRow,
        Span<T> scratch
    )
    {
        fixed (
            T* pa = &a,
                px = &x,
                pc = &c,
                pScratch = scratch
        )
        fixed (
            int* rows = layout.Rows,
                starts = layout.Starts
        )
        {
            var (pointer, k) = (new FoldedPointer<T>(px, rows, starts, layout.Run, layout.Step), layout.Rows.Length);
            var n = layout.Columns;
            if (Bits(n) == 512)
                Values<Vector512<T>, Width512<T>>(m, n, k, from, to, pa, aRow, aColumn, in pointer, pc, cRow, pScratch);
            else if (Bits(n) == 256)
                Values<Vector256<T>, Width256<T>>(m, n, k, from, to, pa, aRow, aColumn, in pointer, pc, cRow, pScratch);
            else
                Values<Vector128<T>, Width128<T>>(m, n, k, from, to, pa, aRow, aColumn, in pointer, pc, cRow, pScratch);
        }
    }

    /// <summary>The same on vectors of one width.</summary>
    [MethodImpl(Compilation.Loop)]
    internal static void Values<TVector, TWidth>(
        int m,
        int n,
        int k,
        int from,
        int to,
        T* a,
        nint aRow,
        nint aColumn,
        in FoldedPointer<T> x,
        T* c,
        nint cRow,
        T* scratch
    )
        where TVector : unmanaged
        where TWidth : struct, IVectorWidth<T, TVector>
    {
        var (depth, most, vectors) = (Depth(k), Columns(k, n), Vectors(n));
        var right = scratch + (m * k);
        for (var p = 0; p < k; p += depth)
            PackLeft<TVector, TWidth>(a + (p * aColumn), aRow, aColumn, Math.Min(depth, k - p), m, vectors, scratch + (p * m));
        for (var column = from; column < to; column += most)
        {
            var columns = Math.Min(most, to - column);
            for (var p = 0; p < k; p += depth)
            {
                var rows = Math.Min(depth, k - p);
                var y = c + column;
                FoldedLoops<T, TVector, TWidth>.PackRight(in x, p, rows, column, columns, vectors, right);
                Multiply<TVector, TWidth>(scratch + (p * m), right, y, cRow, p > 0 ? y : null, m, columns, rows, vectors);
            }
        }
    }

    /// <summary>How many elements of scratch space <see cref="ByRows"/> needs.</summary>
    public static int ByRowsScratch(int k, int m, int n)
    {
        var (blocks, columns) = (Blocks(n), Math.Min(m, MostColumns));
        var packed = (Math.Min(k, MostRows) * (Depth(n) + Gap)) + RightSize(Depth(n), columns, m);
        return packed + (Halves.Levels(blocks, MostBlocks) * k * columns);
    }

    /// <summary>C ← X·Yᵀ for X [k, n], Y [m, n]: the rows from <paramref name="from"/> up to <paramref name="to"/> of C [k, m]. Y's rows lie at equal distances.</summary>
    public static void ByRows(int from, int to, FoldedLayout layout, ref T x, FoldedLayout others, ref T y, ref T c, Span<T> scratch)
    {
        fixed (
            T* px = &x,
                py = &y,
                pc = &c,
                pScratch = scratch
        )
        fixed (
            int* rows = layout.Rows,
                starts = layout.Starts,
                otherRows = others.Rows,
                otherStarts = others.Starts
        )
        {
            var left = new FoldedPointer<T>(px, rows, starts, layout.Run, layout.Step);
            var right = new FoldedPointer<T>(py, otherRows, otherStarts, others.Run, others.Step);
            var (m, n, rowStep) = (others.Rows.Length, layout.Columns, others.RowStep!.Value);
            if (Bits(m) == 512)
                ByRows<Vector512<T>, Width512<T>>(m, n, from, to, in left, in right, rowStep, pc, pScratch);
            else if (Bits(m) == 256)
                ByRows<Vector256<T>, Width256<T>>(m, n, from, to, in left, in right, rowStep, pc, pScratch);
            else
                ByRows<Vector128<T>, Width128<T>>(m, n, from, to, in left, in right, rowStep, pc, pScratch);
        }
    }

    /// <summary>The same on vectors of one width.</summary>
    [MethodImpl(Compilation.Loop)]
    internal static void ByRows<TVector, TWidth>(
        int m,
        int n,
        int from,
        int to,
        in FoldedPointer<T> x,
        in FoldedPointer<T> y,
        nint rowStep,
        T* c,
        T* scratch
    )
        where TVector : unmanaged
        where TWidth : struct, IVectorWidth<T, TVector>
    {
        for (var column = 0; column < m; column += MostColumns)
        {
            var columns = Math.Min(MostColumns, m - column);
            ByRowsBlocks<TVector, TWidth>(
                m,
                n,
                from,
                to,
                in x,
                in y,
                rowStep,
                column,
                columns,
                c + column + (from * (nint)m),
                m,
                0,
                Blocks(n),
                scratch
            );
        }
    }

    /// <summary>What some blocks of the depth give: one after another, in halves where they are many.</summary>
    [MethodImpl(Compilation.Loop)]
    private static void ByRowsBlocks<TVector, TWidth>(
        int m,
        int n,
        int from,
        int to,
        in FoldedPointer<T> x,
        in FoldedPointer<T> y,
        nint rowStep,
        int column,
        int columns,
        T* c,
        nint cRow,
        int first,
        int count,
        T* scratch
    )
        where TVector : unmanaged
        where TWidth : struct, IVectorWidth<T, TVector>
    {
        var size = (to - from) * (nint)columns;
        if (count > MostBlocks)
        {
            var half = Halves.First(count, MostBlocks);
            ByRowsBlocks<TVector, TWidth>(m, n, from, to, in x, in y, rowStep, column, columns, c, cRow, first, half, scratch);
            ByRowsBlocks<TVector, TWidth>(
                m,
                n,
                from,
                to,
                in x,
                in y,
                rowStep,
                column,
                columns,
                scratch,
                columns,
                first + half,
                count - half,
                scratch + size
            );
            for (nint row = 0; row < to - from; row++)
                Lanes.Zip<T, Forms.Both, ArithmeticOfTwo<T>.Add>(ref c[row * cRow], ref scratch[row * columns], ref c[row * cRow], columns);
            return;
        }
        var (depth, vectors) = (Depth(n), Vectors(m));
        var right = scratch;
        var left = right + (depth * Padded<TWidth, TVector>(columns)) + TWidth.Count;
        nint distance = depth + Gap;
        for (var block = first; block < first + count; block++)
        {
            var p = block * depth;
            var length = Math.Min(depth, n - p);
            FoldedLoops<T, TVector, TWidth>.PackTransposed(in y, rowStep, column, columns, p, length, vectors, right);
            for (var row = from; row < to; row += MostRows)
            {
                var rows = Math.Min(MostRows, to - row);
                FoldedLoops<T, TVector, TWidth>.CopyRows(in x, row, rows, p, length, left, distance);
                var to1 = c + ((row - from) * cRow);
                MatrixLoops<T, TVector, TWidth>.Run(
                    new(length, distance, 1, 0, cRow, block > first ? cRow : 0, block > first ? 1 : 0),
                    left,
                    right,
                    to1,
                    block > first ? to1 : null,
                    rows,
                    columns,
                    vectors,
                    Packing.Right
                );
            }
        }
    }

    /// <summary>A block of the left matrix, in parts of so many rows one after another.</summary>
    private static void PackLeft<TVector, TWidth>(T* a, nint aRow, nint aColumn, int depth, int rows, int vectors, T* to)
        where TVector : unmanaged
        where TWidth : struct, IVectorWidth<T, TVector>
    {
        for (var row = 0; row < rows; row += MostRows)
        {
            var count = Math.Min(MostRows, rows - row);
            MatrixLoops<T, TVector, TWidth>.PackLeft(a + (row * aRow), aRow, aColumn, depth, count, vectors, to + (row * depth));
        }
    }

    /// <summary>c = initial + the product of packed blocks.</summary>
    private static void Multiply<TVector, TWidth>(
        T* left,
        T* right,
        T* c,
        nint cRow,
        T* initial,
        int rows,
        int columns,
        int depth,
        int vectors
    )
        where TVector : unmanaged
        where TWidth : struct, IVectorWidth<T, TVector>
    {
        for (var row = 0; row < rows; row += MostRows)
        {
            MatrixLoops<T, TVector, TWidth>.Run(
                new(depth, 0, 0, 0, cRow, initial == null ? 0 : cRow, initial == null ? 0 : 1),
                left + (row * depth),
                right,
                c + (row * cRow),
                initial == null ? null : initial + (row * cRow),
                Math.Min(MostRows, rows - row),
                columns,
                vectors,
                Packing.Left | Packing.Right
            );
        }
    }

    private static int Blocks(int depth) => Math.Max(1, (depth + Block - 1) / Block);

    private static int Depth(int depth) => (depth + Blocks(depth) - 1) / Blocks(depth);

    /// <summary>How many columns of a right matrix of a depth are packed at once: whole panels of the widest registers.</summary>
    private static int Columns(int depth, int columns)
    {
        var panel = 6 * Vector512<T>.Count; // of two vectors or three
        var most = Math.Max(1, PartBytes / (Depth(depth) * sizeof(T) * panel)) * panel;
        return Math.Min(Math.Min(most, 2 * MostColumns), columns);
    }

    private static int RightSize(int depth, int columns, int all)
    {
        var lanes = Bits(all) / 8 / sizeof(T);
        return (depth * ((columns + lanes - 1) / lanes * lanes)) + lanes;
    }

    private static int Padded<TWidth, TVector>(int columns)
        where TVector : unmanaged
        where TWidth : struct, IVectorWidth<T, TVector> => (columns + TWidth.Count - 1) / TWidth.Count * TWidth.Count;

    /// <summary>The width of the narrowest registers that hold so many elements, else of the widest that the machine has.</summary>
    private static int Bits(int count) =>
        count <= Vector128<T>.Count || !Vector256.IsHardwareAccelerated ? 128
        : count <= Vector256<T>.Count || !Vector512.IsHardwareAccelerated ? 256
        : 512;

    private static int Vectors(int columns)
    {
        var lanes = Bits(columns) / 8 / sizeof(T);
        return (columns + lanes - 1) / lanes == 3 ? 3 : 2;
    }
}
