using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Numerics;

/// <summary>Copies of elements that lie in memory with gaps, or of one element, to places side by side.</summary>
public static class Runs
{
    private const int ShortRun = 16;

    /// <summary>Reads <paramref name="count"/> elements that lie <paramref name="step"/> elements apart; nothing is checked.</summary>
    // They are often a handful: a loop then costs less than a call.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Read<T>(ref T source, nint step, ref T target, int count)
        where T : unmanaged
    {
        if (step == 1 && count > ShortRun)
        {
            MemoryMarshal.CreateReadOnlySpan(ref source, count).CopyTo(MemoryMarshal.CreateSpan(ref target, count));
            return;
        }
        if (step == 0 && count > ShortRun)
        {
            MemoryMarshal.CreateSpan(ref target, count).Fill(source);
            return;
        }
        for (nint i = 0; i < count; i++)
            Unsafe.Add(ref target, i) = Unsafe.Add(ref source, i * step);
    }

    /// <summary>Reads <paramref name="runs"/> of a length one after another, which begin <paramref name="stride"/> elements apart; nothing is checked.</summary>
    /// <remarks>Elements that lie side by side, or are one and the same, go in vectors, the last of which overlaps the one before it.</remarks>
    /// <typeparam name="T">Double or float.</typeparam>
    [MethodImpl(Compilation.Loop)]
    public static void ReadAll<T>(ref T source, nint stride, nint step, ref T target, int runs, int length)
        where T : unmanaged
    {
        if (step is not (0 or 1) || length < Vector128<T>.Count)
        {
            for (nint run = 0; run < runs; run++)
            {
                ref var first = ref Unsafe.Add(ref source, run * stride);
                for (nint i = 0; i < length; i++)
                    Unsafe.Add(ref target, i) = Unsafe.Add(ref first, i * step);
                target = ref Unsafe.Add(ref target, length);
            }
            return;
        }
        for (nint run = 0; run < runs; run++)
        {
            ref var first = ref Unsafe.Add(ref source, run * stride);
            if (length >= Vector512<T>.Count)
            {
                var value = Vector512.Create(first);
                for (nint i = 0; i < length; i += Vector512<T>.Count)
                {
                    var at = (nuint)Math.Min(i, length - Vector512<T>.Count);
                    (step == 0 ? value : Vector512.LoadUnsafe(ref first, at)).StoreUnsafe(ref target, at);
                }
            }
            else if (length >= Vector256<T>.Count)
            {
                var last = (nuint)(length - Vector256<T>.Count);
                (step == 0 ? Vector256.Create(first) : Vector256.LoadUnsafe(ref first)).StoreUnsafe(ref target);
                (step == 0 ? Vector256.Create(first) : Vector256.LoadUnsafe(ref first, last)).StoreUnsafe(ref target, last);
            }
            else
            {
                var last = (nuint)(length - Vector128<T>.Count);
                (step == 0 ? Vector128.Create(first) : Vector128.LoadUnsafe(ref first)).StoreUnsafe(ref target);
                (step == 0 ? Vector128.Create(first) : Vector128.LoadUnsafe(ref first, last)).StoreUnsafe(ref target, last);
            }
            target = ref Unsafe.Add(ref target, length);
        }
    }

    /// <summary>Copies <paramref name="count"/> elements that lie <paramref name="step"/> apart to places <paramref name="targetStep"/> apart; nothing is checked.</summary>
    [MethodImpl(Compilation.Loop)]
    public static void Copy<T>(ref T source, nint step, ref T target, nint targetStep, int count)
        where T : unmanaged
    {
        for (nint i = 0; i < count; i++)
            Unsafe.Add(ref target, i * targetStep) = Unsafe.Add(ref source, i * step);
    }

    /// <summary>Adds <paramref name="runs"/> of a length, which begin <paramref name="stride"/> elements apart, to such that begin <paramref name="targetStride"/> apart, run after run; nothing is checked.</summary>
    /// <typeparam name="T">Double or float.</typeparam>
    [MethodImpl(Compilation.Loop)]
    public static void AddAll<T>(ref T source, nint stride, ref T target, nint targetStride, int runs, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (nint run = 0; run < runs; run++)
        {
            ref var from = ref Unsafe.Add(ref source, run * stride);
            ref var to = ref Unsafe.Add(ref target, run * targetStride);
            nint i = 0;
            for (; i <= length - Vector512<T>.Count; i += Vector512<T>.Count)
                (Vector512.LoadUnsafe(ref to, (nuint)i) + Vector512.LoadUnsafe(ref from, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
            if (i <= length - Vector256<T>.Count)
            {
                (Vector256.LoadUnsafe(ref to, (nuint)i) + Vector256.LoadUnsafe(ref from, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
                i += Vector256<T>.Count;
            }
            if (i <= length - Vector128<T>.Count)
            {
                (Vector128.LoadUnsafe(ref to, (nuint)i) + Vector128.LoadUnsafe(ref from, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
                i += Vector128<T>.Count;
            }
            for (; i < length; i++)
                Unsafe.Add(ref to, i) += Unsafe.Add(ref from, i);
        }
    }
}
