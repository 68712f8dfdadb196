using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Numerics;

/// <summary>Loops over windows that lie side by side and share no element: rows of a tensor in which each window has a few neighbours.</summary>
/// <typeparam name="T">Double or float.</typeparam>
public static class WindowLoops<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static Vector512<T> Evens => Indices(2, 0);

    private static Vector512<T> Odds => Indices(2, 1);

    /// <summary>The k-th of every <paramref name="each"/> elements side by side, for each k: what lies in <paramref name="count"/> groups becomes as many rows as a group has elements.</summary>
    [MethodImpl(Compilation.Loop)]
    public static void Split(ref T x, int count, int each, ref T target)
    {
        nint i = 0;
        if (each == 2 && Vector512.IsHardwareAccelerated)
        {
            var (evens, odds) = (Evens, Odds);
            for (; i <= count - Vector512<T>.Count; i += Vector512<T>.Count)
            {
                ref var from = ref Unsafe.Add(ref x, 2 * i);
                var (a, b) = (Vector512.LoadUnsafe(ref from), Vector512.LoadUnsafe(ref from, (nuint)Vector512<T>.Count));
                Halves(a, b, evens).StoreUnsafe(ref target, (nuint)i);
                Halves(a, b, odds).StoreUnsafe(ref target, (nuint)(count + i));
            }
        }
        for (; i < count; i++)
        {
            for (nint k = 0; k < each; k++)
                Unsafe.Add(ref target, (k * count) + i) = Unsafe.Add(ref x, (i * each) + k);
        }
    }

    /// <summary>Every element <paramref name="times"/> times.</summary>
    [MethodImpl(Compilation.Loop)]
    public static void Repeat(ref T x, int count, int times, ref T target)
    {
        nint i = 0;
        if (times == 2 && Vector512.IsHardwareAccelerated)
        {
            var (lower, upper) = (Repeated(0), Repeated(Vector512<T>.Count / 2));
            for (; i <= count - Vector512<T>.Count; i += Vector512<T>.Count)
            {
                var a = Vector512.LoadUnsafe(ref x, (nuint)i);
                Shuffled(a, lower).StoreUnsafe(ref target, (nuint)(2 * i));
                Shuffled(a, upper).StoreUnsafe(ref target, (nuint)((2 * i) + Vector512<T>.Count));
            }
        }
        for (; i < count; i++)
        {
            for (nint k = 0; k < times; k++)
                Unsafe.Add(ref target, (i * times) + k) = Unsafe.Add(ref x, i);
        }
    }

    /// <summary>For each column of each row how many of the row's taps equal the value chosen there.</summary>
    /// <param name="x">The first row's first element; a row's taps lie at <paramref name="taps"/> behind it.</param>
    /// <param name="distance">From a row to the next.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="taps">Where the elements are that a column is chosen from.</param>
    /// <param name="chosen">The chosen values, row after row.</param>
    /// <param name="target">The counts, row after row.</param>
    /// <param name="length">How many columns a row has.</param>
    public static void CountTies(ref T x, nint distance, int rows, ReadOnlySpan<int> taps, ref T chosen, ref T target, int length)
    {
        if (Vector512.IsHardwareAccelerated && length >= Vector512<T>.Count)
            CountTies<Packed512<T>>(ref x, distance, rows, taps, ref chosen, ref target, length);
        else
            CountTies<Packed256<T>>(ref x, distance, rows, taps, ref chosen, ref target, length);
    }

    /// <summary>tied ← cotangent ⁄ ties and other ← cotangent·(0 ⁄ ties), which is no number where there are no ties: where an element is none.</summary>
    public static void Divide(ref T ties, ref T cotangent, ref T tied, ref T other, int count)
    {
        if (Vector512.IsHardwareAccelerated && count >= Vector512<T>.Count)
            Divide<Packed512<T>>(ref ties, ref cotangent, ref tied, ref other, count);
        else
            Divide<Packed256<T>>(ref ties, ref cotangent, ref tied, ref other, count);
    }

    /// <summary>To each of a row's taps the first value where it equals the chosen one, the second elsewhere; rows and taps as in <see cref="CountTies"/>.</summary>
    public static void Share(
        ref T x,
        nint distance,
        int rows,
        ReadOnlySpan<int> taps,
        ref T chosen,
        ref T tied,
        ref T other,
        ref T target,
        int length
    )
    {
        if (Vector512.IsHardwareAccelerated && length >= Vector512<T>.Count)
            Share<Packed512<T>>(ref x, distance, rows, taps, ref chosen, ref tied, ref other, ref target, length);
        else
            Share<Packed256<T>>(ref x, distance, rows, taps, ref chosen, ref tied, ref other, ref target, length);
    }

    [MethodImpl(Compilation.Loop)]
    private static void CountTies<TPacked>(ref T x, nint distance, int rows, ReadOnlySpan<int> taps, ref T chosen, ref T target, int length)
        where TPacked : struct, IPacked<TPacked, T>
    {
        var (width, one) = (TPacked.Count, TPacked.Of(T.One));
        var part = length < width ? length : 0;
        for (nint row = 0; row < rows; row++)
        {
            ref var from = ref Unsafe.Add(ref x, row * distance);
            ref var y = ref Unsafe.Add(ref chosen, row * length);
            ref var to = ref Unsafe.Add(ref target, row * length);
            for (nint i = 0; i < length; i += width)
            {
                // The last vector overlaps the one before it: what is written twice is the same.
                var at = Math.Max(0, Math.Min(i, length - width));
                var (value, count) = (Load<TPacked>(ref y, at, part), TPacked.Of(T.Zero));
                foreach (var tap in taps)
                    count += TPacked.IsEqual(Load<TPacked>(ref from, at + tap, part), value) & one;
                Store(count, ref to, at, part);
            }
        }
    }

    [MethodImpl(Compilation.Loop)]
    private static void Divide<TPacked>(ref T ties, ref T cotangent, ref T tied, ref T other, int count)
        where TPacked : struct, IPacked<TPacked, T>
    {
        var (width, one, zero) = (TPacked.Count, TPacked.Of(T.One), TPacked.Of(T.Zero));
        var part = count < width ? count : 0;
        for (nint i = 0; i < count; i += width)
        {
            var at = Math.Max(0, Math.Min(i, count - width));
            var (share, g) = (one / Load<TPacked>(ref ties, at, part), Load<TPacked>(ref cotangent, at, part));
            Store(share * g, ref tied, at, part);
            Store(zero * share * g, ref other, at, part);
        }
    }

    [MethodImpl(Compilation.Loop)]
    private static void Share<TPacked>(
        ref T x,
        nint distance,
        int rows,
        ReadOnlySpan<int> taps,
        ref T chosen,
        ref T tied,
        ref T other,
        ref T target,
        int length
    )
        where TPacked : struct, IPacked<TPacked, T>
    {
        var width = TPacked.Count;
        var part = length < width ? length : 0;
        for (nint row = 0; row < rows; row++)
        {
            ref var from = ref Unsafe.Add(ref x, row * distance);
            ref var to = ref Unsafe.Add(ref target, row * distance);
            ref var y = ref Unsafe.Add(ref chosen, row * length);
            ref var first = ref Unsafe.Add(ref tied, row * length);
            ref var second = ref Unsafe.Add(ref other, row * length);
            for (nint i = 0; i < length; i += width)
            {
                var at = Math.Max(0, Math.Min(i, length - width));
                var (value, a, b) = (
                    Load<TPacked>(ref y, at, part),
                    Load<TPacked>(ref first, at, part),
                    Load<TPacked>(ref second, at, part)
                );
                foreach (var tap in taps)
                {
                    var isTied = TPacked.IsEqual(Load<TPacked>(ref from, at + tap, part), value);
                    Store(TPacked.Select(isTied, a, b), ref to, at + tap, part);
                }
            }
        }
    }

    /// <summary>A whole register, or the first <paramref name="part"/> lanes where that is not 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TPacked Load<TPacked>(ref T from, nint at, int part)
        where TPacked : struct, IPacked<TPacked, T> =>
        part == 0 ? TPacked.Load(ref from, (nuint)at) : TPacked.LoadPart(ref Unsafe.Add(ref from, at), part);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TPacked>(TPacked x, ref T to, nint at, int part)
        where TPacked : struct, IPacked<TPacked, T>
    {
        if (part == 0)
            TPacked.Store(x, ref to, (nuint)at);
        else
            TPacked.StorePart(x, ref Unsafe.Add(ref to, at), part);
    }

    /// <summary>The lanes of two registers that the lower half of the indices names.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Halves(Vector512<T> a, Vector512<T> b, Vector512<T> indices) =>
        Vector512.Create(Shuffled(a, indices).GetLower(), Shuffled(b, indices).GetLower());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Shuffled(Vector512<T> x, Vector512<T> indices) =>
        typeof(T) == typeof(double)
            ? Vector512.ShuffleNative(x.AsDouble(), indices.AsInt64()).As<double, T>()
            : Vector512.ShuffleNative(x.AsSingle(), indices.AsInt32()).As<float, T>();

    /// <summary>The lanes first, first + step … as far as there are; what follows is not used.</summary>
    private static Vector512<T> Indices(int step, int first)
    {
        if (typeof(T) == typeof(double))
        {
            var lanes = (Vector512<long>.Indices * step) + Vector512.Create((long)first);
            return (lanes & Vector512.Create(7L)).As<long, T>();
        }
        var narrow = (Vector512<int>.Indices * step) + Vector512.Create(first);
        return (narrow & Vector512.Create(15)).As<int, T>();
    }

    /// <summary>Every lane from <paramref name="first"/> on twice.</summary>
    private static Vector512<T> Repeated(int first) =>
        typeof(T) == typeof(double)
            ? ((Vector512<long>.Indices >> 1) + Vector512.Create((long)first)).As<long, T>()
            : ((Vector512<int>.Indices >> 1) + Vector512.Create(first)).As<int, T>();
}
