using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Numerics;

public static unsafe partial class FoldedProduct<T>
{
    /// <summary>How many elements of scratch space <see cref="AddFolded"/> needs.</summary>
    public static int AddFoldedScratch(int k, int n, int m)
    {
        var columns = FoldedBytes / sizeof(T);
        return (k * m) + RightSize(m, columns, n) + (FoldedRows * columns);
    }

    /// <summary>X ← X + A·Y for A [k, m], Y [m, n], where elements of X [k, n] may be one and the same: the columns from <paramref name="from"/> up to <paramref name="to"/>.</summary>
    /// <remarks>Columns are added <paramref name="unit"/> after unit, or several of them together: whatever the range, which begins and ends with a unit.</remarks>
    public static void AddFolded(
        int from,
        int to,
        int unit,
        ref T a,
        nint aRow,
        nint aColumn,
        FoldedLayout factor,
        ref T y,
        FoldedLayout layout,
        ref T x,
        Span<T> scratch
    )
    {
        fixed (
            T* pa = &a,
                px = &x,
                py = &y,
                pScratch = scratch
        )
        fixed (
            int* rows = layout.Rows,
                starts = layout.Starts,
                otherRows = factor.Rows,
                otherStarts = factor.Starts
        )
        {
            var target = new FoldedPointer<T>(px, rows, starts, layout.Run, layout.Step);
            var right = new FoldedPointer<T>(py, otherRows, otherStarts, factor.Run, factor.Step);
            var (k, m, n) = (layout.Rows.Length, factor.Rows.Length, layout.Columns);
            if (Bits(n) == 512)
                AddFolded<Vector512<T>, Width512<T>>(k, m, n, from, to, unit, pa, aRow, aColumn, in right, in target, pScratch);
            else if (Bits(n) == 256)
                AddFolded<Vector256<T>, Width256<T>>(k, m, n, from, to, unit, pa, aRow, aColumn, in right, in target, pScratch);
            else
                AddFolded<Vector128<T>, Width128<T>>(k, m, n, from, to, unit, pa, aRow, aColumn, in right, in target, pScratch);
        }
    }

    /// <summary>The same on vectors of one width.</summary>
    [MethodImpl(Compilation.Loop)]
    internal static void AddFolded<TVector, TWidth>(
        int k,
        int m,
        int n,
        int from,
        int to,
        int unit,
        T* a,
        nint aRow,
        nint aColumn,
        in FoldedPointer<T> y,
        in FoldedPointer<T> x,
        T* scratch
    )
        where TVector : unmanaged
        where TWidth : struct, IVectorWidth<T, TVector>
    {
        var (depth, vectors, most) = (Depth(m), Vectors(n), FoldedBytes / sizeof(T));
        var right = scratch + (k * m);
        var product = right + (m * Padded<TWidth, TVector>(most)) + TWidth.Count;
        for (var row = 0; row < k; row += FoldedRows)
        {
            var rows = Math.Min(FoldedRows, k - row);
            for (var p = 0; p < m; p += depth)
            {
                var packed = scratch + (row * m) + (rows * p);
                PackLeft<TVector, TWidth>(a + (row * aRow) + (p * aColumn), aRow, aColumn, Math.Min(depth, m - p), rows, vectors, packed);
            }
        }
        // Units that are short go together; a long one is divided, at the same columns whatever the range.
        var together = Math.Max(1, most / unit) * unit;
        for (var (column, columns) = (from, 0); column < to; column += columns)
        {
            columns = unit <= most ? Math.Min(together, to - column) : Math.Min(most, unit - (column % unit));
            for (var p = 0; p < m; p += depth)
            {
                var packed = right + (p * Padded<TWidth, TVector>(columns));
                FoldedLoops<T, TVector, TWidth>.PackRight(in y, p, Math.Min(depth, m - p), column, columns, vectors, packed);
            }
            for (var row = 0; row < k; row += FoldedRows)
            {
                var rows = Math.Min(FoldedRows, k - row);
                for (var p = 0; p < m; p += depth)
                {
                    var left = scratch + (row * m) + (rows * p);
                    var panel = right + (p * Padded<TWidth, TVector>(columns));
                    Multiply<TVector, TWidth>(
                        left,
                        panel,
                        product,
                        columns,
                        p > 0 ? product : null,
                        rows,
                        columns,
                        Math.Min(depth, m - p),
                        vectors
                    );
                }
                FoldedLoops<T, TVector, TWidth>.Add(product, columns, in x, row, rows, column, columns);
            }
        }
    }
}
