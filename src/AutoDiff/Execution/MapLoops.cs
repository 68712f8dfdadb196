using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AutoDiff;

/// <summary>A function of eight numbers, lane by lane.</summary>
internal interface IRealFunction
{
    static abstract Vector512<double> Invoke(Vector512<double> x);
}

/// <summary>Loops that apply a function of doubles to spans of double or float; the last, partial vector is filled up, so that a result never depends on its position.</summary>
internal static class MapLoops
{
    /// <summary>target[i] = f(x[i]); the target may be the operand.</summary>
    public static void Vectors<T, TFunction>(ReadOnlySpan<T> x, Span<T> target)
        where T : unmanaged
        where TFunction : struct, IRealFunction
    {
        if (typeof(T) == typeof(double))
            Doubles<TFunction>(MemoryMarshal.Cast<T, double>(x), MemoryMarshal.Cast<T, double>(target));
        else
            Singles<TFunction>(MemoryMarshal.Cast<T, float>(x), MemoryMarshal.Cast<T, float>(target));
    }

    /// <summary>target[i] = f(x[i]), one number at a time.</summary>
    public static void Scalars<T>(Func<double, double> function, ReadOnlySpan<T> x, Span<T> target)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < target.Length; i++)
            target[i] = T.CreateTruncating(function(double.CreateTruncating(x[i])));
    }

    private static void Doubles<TFunction>(ReadOnlySpan<double> x, Span<double> target)
        where TFunction : struct, IRealFunction
    {
        ref var from = ref MemoryMarshal.GetReference(x);
        ref var to = ref MemoryMarshal.GetReference(target);
        nuint i = 0,
            count = (nuint)target.Length;
        for (; i + 8 <= count; i += 8)
            TFunction.Invoke(Vector512.LoadUnsafe(ref from, i)).StoreUnsafe(ref to, i);
        if (i == count)
            return;
        Vector512<double> last = default;
        var bytes = (uint)(count - i) * sizeof(double);
        Unsafe.CopyBlockUnaligned(
            ref Unsafe.As<Vector512<double>, byte>(ref last),
            ref Unsafe.As<double, byte>(ref Unsafe.Add(ref from, i)),
            bytes
        );
        last = TFunction.Invoke(last);
        Unsafe.CopyBlockUnaligned(
            ref Unsafe.As<double, byte>(ref Unsafe.Add(ref to, i)),
            ref Unsafe.As<Vector512<double>, byte>(ref last),
            bytes
        );
    }

    private static void Singles<TFunction>(ReadOnlySpan<float> x, Span<float> target)
        where TFunction : struct, IRealFunction
    {
        ref var from = ref MemoryMarshal.GetReference(x);
        ref var to = ref MemoryMarshal.GetReference(target);
        nuint i = 0,
            count = (nuint)target.Length;
        for (; i + 16 <= count; i += 16)
            Halves<TFunction>(Vector512.LoadUnsafe(ref from, i)).StoreUnsafe(ref to, i);
        if (i == count)
            return;
        Vector512<float> last = default;
        var bytes = (uint)(count - i) * sizeof(float);
        Unsafe.CopyBlockUnaligned(
            ref Unsafe.As<Vector512<float>, byte>(ref last),
            ref Unsafe.As<float, byte>(ref Unsafe.Add(ref from, i)),
            bytes
        );
        last = Halves<TFunction>(last);
        Unsafe.CopyBlockUnaligned(
            ref Unsafe.As<float, byte>(ref Unsafe.Add(ref to, i)),
            ref Unsafe.As<Vector512<float>, byte>(ref last),
            bytes
        );
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Halves<TFunction>(Vector512<float> x)
        where TFunction : struct, IRealFunction =>
        Vector512.Narrow(TFunction.Invoke(Vector512.WidenLower(x)), TFunction.Invoke(Vector512.WidenUpper(x)));
}
