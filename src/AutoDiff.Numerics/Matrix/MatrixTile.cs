using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>What the tiles of a product have in common: how one moves along its operands.</summary>
/// <param name="Depth">The number of products of each element.</param>
/// <param name="ARow">The distance between the left matrix's rows.</param>
/// <param name="AColumn">The distance between the left matrix's columns.</param>
/// <param name="BRow">The distance between the right matrix's rows.</param>
/// <param name="CRow">The distance between the result's rows.</param>
/// <param name="InitialRow">The distance between the initial value's rows.</param>
/// <param name="InitialColumn">The distance between the initial value's columns: 0 or 1.</param>
internal readonly record struct TileStrides(nint Depth, nint ARow, nint AColumn, nint BRow, nint CRow, nint InitialRow, nint InitialColumn);

/// <summary>A register-blocked inner product: up to twelve rows of the left matrix by up to three vectors of the right one's columns.</summary>
/// <remarks>
/// Each element is one chain of multiply-adds in the order of the depth, begun at zero, to which the initial value is added at the end:
/// its bits depend neither on the tile's size nor on its place in the tile. At most 12 rows of one vector or two, 8 of three.
/// </remarks>
// This code stands near a cliff. The compiler inlines calls and keeps locals in registers only while a method has no more of them than it tracks
// (JitMaxLocalsToTrack, 1,024), and what it makes itself for arguments and results of everything inlined counts: some 700 here, since a helper's locals come once
// for each row and vector. Beyond the limit (the loop unrolled by four is there) the tile calls functions and keeps sums on the stack.
// A test reads the emitted code and fails where that is so.
internal static unsafe class MatrixTile<T, TVector, TWidth>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TWidth : struct, IVectorWidth<T, TVector>
{
    /// <summary>c = initial + a·b for one tile.</summary>
    /// <typeparam name="TRows">How many rows.</typeparam>
    /// <typeparam name="TVectors">How many vectors wide.</typeparam>
    /// <typeparam name="TPartial">1 where the last vector has <paramref name="last"/> elements only, 0 where it is whole.</typeparam>
    [MethodImpl(Compilation.Loop)]
    public static void Run<TRows, TVectors, TPartial>(in TileStrides strides, T* a, T* b, T* c, T* initial, int last)
        where TRows : struct, INatural
        where TVectors : struct, INatural
        where TPartial : struct, INatural
    {
        // Locals, so that the loop touches no memory but the operands'.
        var (row, step, next) = (strides.ARow, strides.AColumn, strides.BRow);
        var (row2, row3) = (2 * row, 3 * row);
        var a4 = a + (4 * row);
        var a8 = a4 + (4 * row);
        var mask = TPartial.Value == 0 ? TWidth.Zero : TWidth.Mask(last);
        var (by, bz, unused) = (TWidth.Zero, TWidth.Zero, TWidth.Zero);
        var (r0x, r0y, r0z) = (TWidth.Zero, TWidth.Zero, TWidth.Zero);
        var (r1x, r1y, r1z) = (TWidth.Zero, TWidth.Zero, TWidth.Zero);
        var (r2x, r2y, r2z) = (TWidth.Zero, TWidth.Zero, TWidth.Zero);
        var (r3x, r3y, r3z) = (TWidth.Zero, TWidth.Zero, TWidth.Zero);
        var (r4x, r4y, r4z) = (TWidth.Zero, TWidth.Zero, TWidth.Zero);
        var (r5x, r5y, r5z) = (TWidth.Zero, TWidth.Zero, TWidth.Zero);
        var (r6x, r6y, r6z) = (TWidth.Zero, TWidth.Zero, TWidth.Zero);
        var (r7x, r7y, r7z) = (TWidth.Zero, TWidth.Zero, TWidth.Zero);
        var (r8x, r8y) = (TWidth.Zero, TWidth.Zero);
        var (r9x, r9y) = (TWidth.Zero, TWidth.Zero);
        var (r10x, r10y) = (TWidth.Zero, TWidth.Zero);
        var (r11x, r11y) = (TWidth.Zero, TWidth.Zero);
        for (var k = strides.Depth; k > 0; k--)
        {
            var bx = Load<TPartial>(b, TVectors.Value == 1, mask, last);
            if (TVectors.Value > 1)
                by = Load<TPartial>(b + TWidth.Count, TVectors.Value == 2, mask, last);
            if (TVectors.Value > 2)
                bz = Load<TPartial>(b + (2 * TWidth.Count), true, mask, last);
            Accumulate<TVectors>(TWidth.Broadcast(a[0]), bx, by, bz, ref r0x, ref r0y, ref r0z);
            if (TRows.Value > 1)
                Accumulate<TVectors>(TWidth.Broadcast(a[row]), bx, by, bz, ref r1x, ref r1y, ref r1z);
            if (TRows.Value > 2)
                Accumulate<TVectors>(TWidth.Broadcast(a[row2]), bx, by, bz, ref r2x, ref r2y, ref r2z);
            if (TRows.Value > 3)
                Accumulate<TVectors>(TWidth.Broadcast(a[row3]), bx, by, bz, ref r3x, ref r3y, ref r3z);
            if (TRows.Value > 4)
                Accumulate<TVectors>(TWidth.Broadcast(a4[0]), bx, by, bz, ref r4x, ref r4y, ref r4z);
            if (TRows.Value > 5)
                Accumulate<TVectors>(TWidth.Broadcast(a4[row]), bx, by, bz, ref r5x, ref r5y, ref r5z);
            if (TRows.Value > 6)
                Accumulate<TVectors>(TWidth.Broadcast(a4[row2]), bx, by, bz, ref r6x, ref r6y, ref r6z);
            if (TRows.Value > 7)
                Accumulate<TVectors>(TWidth.Broadcast(a4[row3]), bx, by, bz, ref r7x, ref r7y, ref r7z);
            if (TRows.Value > 8)
                Accumulate<TVectors>(TWidth.Broadcast(a8[0]), bx, by, bz, ref r8x, ref r8y, ref unused);
            if (TRows.Value > 9)
                Accumulate<TVectors>(TWidth.Broadcast(a8[row]), bx, by, bz, ref r9x, ref r9y, ref unused);
            if (TRows.Value > 10)
                Accumulate<TVectors>(TWidth.Broadcast(a8[row2]), bx, by, bz, ref r10x, ref r10y, ref unused);
            if (TRows.Value > 11)
                Accumulate<TVectors>(TWidth.Broadcast(a8[row3]), bx, by, bz, ref r11x, ref r11y, ref unused);
            a += step;
            if (TRows.Value > 4)
                a4 += step;
            if (TRows.Value > 8)
                a8 += step;
            b += next;
        }
        var (cRow, initialRow, across) = (strides.CRow, strides.InitialRow, strides.InitialColumn != 0);
        Finish<TVectors, TPartial>(r0x, r0y, r0z, c, initial, across, mask, last);
        if (TRows.Value > 1)
            Finish<TVectors, TPartial>(r1x, r1y, r1z, c += cRow, initial += initialRow, across, mask, last);
        if (TRows.Value > 2)
            Finish<TVectors, TPartial>(r2x, r2y, r2z, c += cRow, initial += initialRow, across, mask, last);
        if (TRows.Value > 3)
            Finish<TVectors, TPartial>(r3x, r3y, r3z, c += cRow, initial += initialRow, across, mask, last);
        if (TRows.Value > 4)
            Finish<TVectors, TPartial>(r4x, r4y, r4z, c += cRow, initial += initialRow, across, mask, last);
        if (TRows.Value > 5)
            Finish<TVectors, TPartial>(r5x, r5y, r5z, c += cRow, initial += initialRow, across, mask, last);
        if (TRows.Value > 6)
            Finish<TVectors, TPartial>(r6x, r6y, r6z, c += cRow, initial += initialRow, across, mask, last);
        if (TRows.Value > 7)
            Finish<TVectors, TPartial>(r7x, r7y, r7z, c += cRow, initial += initialRow, across, mask, last);
        if (TRows.Value > 8)
            Finish<TVectors, TPartial>(r8x, r8y, TWidth.Zero, c += cRow, initial += initialRow, across, mask, last);
        if (TRows.Value > 9)
            Finish<TVectors, TPartial>(r9x, r9y, TWidth.Zero, c += cRow, initial += initialRow, across, mask, last);
        if (TRows.Value > 10)
            Finish<TVectors, TPartial>(r10x, r10y, TWidth.Zero, c += cRow, initial += initialRow, across, mask, last);
        if (TRows.Value > 11)
            Finish<TVectors, TPartial>(r11x, r11y, TWidth.Zero, c += cRow, initial += initialRow, across, mask, last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load<TPartial>(T* from, bool isLast, TVector mask, int last)
        where TPartial : struct, INatural => isLast && TPartial.Value != 0 ? TWidth.Load(from, mask, last) : TWidth.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate<TVectors>(TVector x, TVector bx, TVector by, TVector bz, ref TVector sx, ref TVector sy, ref TVector sz)
        where TVectors : struct, INatural
    {
        sx = TWidth.MultiplyAdd(x, bx, sx);
        if (TVectors.Value > 1)
            sy = TWidth.MultiplyAdd(x, by, sy);
        if (TVectors.Value > 2)
            sz = TWidth.MultiplyAdd(x, bz, sz);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TVectors, TPartial>(
        TVector sx,
        TVector sy,
        TVector sz,
        T* c,
        T* initial,
        bool across,
        TVector mask,
        int last
    )
        where TVectors : struct, INatural
        where TPartial : struct, INatural
    {
        if (initial != null)
        {
            var value = TWidth.Broadcast(*initial);
            sx = TWidth.Add(sx, across ? Load<TPartial>(initial, TVectors.Value == 1, mask, last) : value);
            if (TVectors.Value > 1)
                sy = TWidth.Add(sy, across ? Load<TPartial>(initial + TWidth.Count, TVectors.Value == 2, mask, last) : value);
            if (TVectors.Value > 2)
                sz = TWidth.Add(sz, across ? Load<TPartial>(initial + (2 * TWidth.Count), true, mask, last) : value);
        }
        Store<TPartial>(sx, c, TVectors.Value == 1, last);
        if (TVectors.Value > 1)
            Store<TPartial>(sy, c + TWidth.Count, TVectors.Value == 2, last);
        if (TVectors.Value > 2)
            Store<TPartial>(sz, c + (2 * TWidth.Count), true, last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TPartial>(TVector x, T* to, bool isLast, int last)
        where TPartial : struct, INatural
    {
        if (isLast && TPartial.Value != 0)
            TWidth.Store(x, to, last);
        else
            TWidth.Store(x, to);
    }
}
