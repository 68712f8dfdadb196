using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiff.Numerics;

/// <summary>Whole numbers with their places, sorted so that equal ones keep their order: few by merging, many digit by digit from the last.</summary>
/// <remarks>Sorting by digits: Knuth, "The Art of Computer Programming" vol. 3, section 5.2.5. A digit in which all agree is passed over.</remarks>
internal readonly ref struct KeySort<TKey>
    where TKey : unmanaged, IBinaryInteger<TKey>, IUnsignedNumber<TKey>
{
    private const int Digits = 256;
    private const int Run = 16;
    private const int MostMerged = 512;

    private readonly PlacedKeys<TKey> _other;
    private readonly Span<int> _counts;

    /// <summary>A sort of at most <paramref name="capacity"/> keys in <see cref="Size"/> bytes of scratch space.</summary>
    public KeySort(Span<byte> scratch, int capacity)
    {
        var (keys, places) = (capacity * Unsafe.SizeOf<TKey>(), capacity * sizeof(int));
        Held = new(scratch[..keys], scratch.Slice(2 * keys, places));
        _other = new(scratch.Slice(keys, keys), scratch.Slice((2 * keys) + places, places));
        var counts = scratch.Slice(2 * (keys + places), Unsafe.SizeOf<TKey>() * Digits * sizeof(int));
        _counts = MemoryMarshal.Cast<byte, int>(counts);
    }

    /// <summary>What is sorted.</summary>
    public PlacedKeys<TKey> Held { get; }

    /// <summary>How many bytes of scratch space a sort takes.</summary>
    public static long Size(int capacity) =>
        (2L * capacity * (Unsafe.SizeOf<TKey>() + sizeof(int))) + (Unsafe.SizeOf<TKey>() * Digits * sizeof(int));

    /// <summary>Sorts the first <paramref name="length"/>.</summary>
    public void Sort(int length)
    {
        var keys = Held.First(length);
        var other = _other.First(length);
        var isMoved = length <= MostMerged ? Merge(keys, other) : ByDigits(keys, other);
        if (isMoved)
            other.CopyTo(keys);
    }

    /// <summary>Returns whether the result lies in the other ones' space.</summary>
    private bool ByDigits(PlacedKeys<TKey> from, PlacedKeys<TKey> to)
    {
        Count(from.Keys, _counts);
        var isMoved = false;
        for (var digit = 0; digit < Unsafe.SizeOf<TKey>(); digit++)
        {
            var starts = _counts.Slice(digit * Digits, Digits);
            if (starts[Digit(from.Keys[0], 8 * digit)] == from.Keys.Length)
                continue;
            var start = 0;
            foreach (ref var count in starts)
                (count, start) = (start, start + count);
            Distribute(from, to, starts, 8 * digit);
            isMoved = !isMoved;
            var sorted = to;
            to = from;
            from = sorted;
        }
        return isMoved;
    }

    [MethodImpl(Compilation.Loop)]
    private static void Distribute(PlacedKeys<TKey> from, PlacedKeys<TKey> to, Span<int> starts, int shift)
    {
        var keys = from.Keys;
        var places = from.Places[..keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            var at = starts[Digit(keys[i], shift)]++;
            to.Keys[at] = keys[i];
            to.Places[at] = places[i];
        }
    }

    /// <summary>How often each digit has each value.</summary>
    [MethodImpl(Compilation.Loop)]
    private static void Count(Span<TKey> keys, Span<int> counts)
    {
        counts.Clear();
        foreach (var key in keys)
        {
            for (var digit = 0; digit < Unsafe.SizeOf<TKey>(); digit++)
                counts[(digit * Digits) + Digit(key, 8 * digit)]++;
        }
    }

    private static int Digit(TKey key, int shift) => (int)(uint.CreateTruncating(key >>> shift) & (Digits - 1));

    /// <summary>Sorted runs merged two by two; returns whether the result lies in the other ones' space.</summary>
    private static bool Merge(PlacedKeys<TKey> from, PlacedKeys<TKey> to)
    {
        var length = from.Keys.Length;
        for (var start = 0; start < length; start += Run)
            Insert(from, start, Math.Min(start + Run, length));
        var isMoved = false;
        for (var run = Run; run < length; run *= 2)
        {
            for (var start = 0; start < length; start += 2 * run)
                Merge(from, to, start, Math.Min(start + run, length), Math.Min(start + (2 * run), length));
            isMoved = !isMoved;
            var merged = to;
            to = from;
            from = merged;
        }
        return isMoved;
    }

    [MethodImpl(Compilation.Loop)]
    private static void Merge(PlacedKeys<TKey> from, PlacedKeys<TKey> to, int start, int middle, int end)
    {
        for (var (left, right, at) = (start, middle, start); at < end; at++)
        {
            var next = left < middle && (right == end || from.Keys[left] <= from.Keys[right]) ? left++ : right++;
            to.Keys[at] = from.Keys[next];
            to.Places[at] = from.Places[next];
        }
    }

    [MethodImpl(Compilation.Loop)]
    private static void Insert(PlacedKeys<TKey> items, int start, int end)
    {
        for (var i = start + 1; i < end; i++)
        {
            var (key, place, at) = (items.Keys[i], items.Places[i], i);
            for (; at > start && items.Keys[at - 1] > key; at--)
            {
                items.Keys[at] = items.Keys[at - 1];
                items.Places[at] = items.Places[at - 1];
            }
            items.Keys[at] = key;
            items.Places[at] = place;
        }
    }
}
