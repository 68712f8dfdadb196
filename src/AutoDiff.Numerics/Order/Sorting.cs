using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiff.Numerics;

/// <summary>The order of numbers: equal ones keep their places, 0 equals −0, NaN comes last in either direction.</summary>
/// <typeparam name="T">double or float.</typeparam>
public static class Sorting<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>So many scratch elements does <see cref="Positions"/> need for <paramref name="count"/> positions of <paramref name="length"/> numbers.</summary>
    public static int ScratchSize(int length, int count)
    {
        var (capacity, size) = (Capacity(length, count), Unsafe.SizeOf<T>());
        var bytes = typeof(T) == typeof(double) ? KeySort<ulong>.Size(capacity) : KeySort<uint>.Size(capacity);
        return (int)Math.Min(int.MaxValue, (bytes + size - 1) / size);
    }

    /// <summary>The positions of the first numbers in order.</summary>
    /// <param name="x">The numbers, <paramref name="stride"/> apart.</param>
    /// <param name="length">How many there are.</param>
    /// <param name="stride">How far neighbours lie from each other, in <paramref name="x"/> and in <paramref name="positions"/>.</param>
    /// <param name="descending">Whether the largest come first.</param>
    /// <param name="positions">Where the positions go, as numbers.</param>
    /// <param name="count">How many are asked for.</param>
    /// <param name="scratch">At least <see cref="ScratchSize"/> elements.</param>
    public static void Positions(ReadOnlySpan<T> x, int length, int stride, bool descending, Span<T> positions, int count, Span<T> scratch)
    {
        if (count == 0)
            return;
        var bytes = MemoryMarshal.AsBytes(scratch);
        if (typeof(T) == typeof(double))
            Positions<ulong, DoubleSortKey, double>(
                MemoryMarshal.Cast<T, double>(x),
                length,
                stride,
                descending,
                MemoryMarshal.Cast<T, double>(positions),
                count,
                bytes
            );
        else
            Positions<uint, SingleSortKey, float>(
                MemoryMarshal.Cast<T, float>(x),
                length,
                stride,
                descending,
                MemoryMarshal.Cast<T, float>(positions),
                count,
                bytes
            );
    }

    [MethodImpl(Compilation.Loop)]
    private static void Positions<TKey, TOrder, TNumber>(
        ReadOnlySpan<TNumber> x,
        int length,
        int stride,
        bool descending,
        Span<TNumber> positions,
        int count,
        Span<byte> scratch
    )
        where TKey : unmanaged, IBinaryInteger<TKey>, IUnsignedNumber<TKey>, IMinMaxValue<TKey>
        where TOrder : struct, ISortKey<TNumber, TKey>
        where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
    {
        var sort = new KeySort<TKey>(scratch, Capacity(length, count));
        var (held, last) = (0, TKey.MaxValue);
        var isFull = false;
        for (int i = 0, at = 0; i < length; i++, at += stride)
        {
            var key = TOrder.Of(x[at], descending);
            // An equal one that comes later is not among the first.
            if (isFull && key >= last)
                continue;
            (sort.Held.Keys[held], sort.Held.Places[held]) = (key, i);
            if (++held < sort.Held.Keys.Length || i == length - 1)
                continue;
            sort.Sort(held);
            (held, last, isFull) = (count, sort.Held.Keys[count - 1], true);
        }
        sort.Sort(held);
        for (int i = 0, at = 0; i < count; i++, at += stride)
            positions[at] = TNumber.CreateTruncating(sort.Held.Places[i]);
    }

    /// <summary>How many numbers are held at a time: of few that are asked for, a few times as many, else all.</summary>
    private static int Capacity(int length, int count) => (int)Math.Min(length, Math.Max(256, 4L * count));
}
