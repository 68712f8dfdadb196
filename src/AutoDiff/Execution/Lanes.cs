using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AutoDiff;

/// <summary>A function of two vectors, lane by lane.</summary>
internal interface ILanes<T>
{
    static abstract Vector512<T> Invoke(Vector512<T> x, Vector512<T> y);
}

/// <summary>The loops over spans that every elementwise step is made of. A lane's result depends on its own operands only, so it is the same wherever a tile ends.</summary>
internal static class Lanes
{
    /// <summary>target[i] = f(x[i], y[i]); the target may be either operand.</summary>
    public static void Zip<T, TFunction>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> target)
        where T : unmanaged
        where TFunction : struct, ILanes<T>
    {
        ref var left = ref MemoryMarshal.GetReference(x);
        ref var right = ref MemoryMarshal.GetReference(y);
        ref var to = ref MemoryMarshal.GetReference(target);
        nuint i = 0,
            count = (nuint)target.Length,
            width = (nuint)Vector512<T>.Count;
        for (; i + width <= count; i += width)
            TFunction.Invoke(Vector512.LoadUnsafe(ref left, i), Vector512.LoadUnsafe(ref right, i)).StoreUnsafe(ref to, i);
        for (; i < count; i++)
            Unsafe.Add(ref to, i) = TFunction
                .Invoke(Vector512.Create(Unsafe.Add(ref left, i)), Vector512.Create(Unsafe.Add(ref right, i)))
                .ToScalar();
    }

    /// <summary>target[i] = f(x[i], y).</summary>
    public static void ZipRight<T, TFunction>(ReadOnlySpan<T> x, T y, Span<T> target)
        where T : unmanaged
        where TFunction : struct, ILanes<T>
    {
        ref var left = ref MemoryMarshal.GetReference(x);
        ref var to = ref MemoryMarshal.GetReference(target);
        var right = Vector512.Create(y);
        nuint i = 0,
            count = (nuint)target.Length,
            width = (nuint)Vector512<T>.Count;
        for (; i + width <= count; i += width)
            TFunction.Invoke(Vector512.LoadUnsafe(ref left, i), right).StoreUnsafe(ref to, i);
        for (; i < count; i++)
            Unsafe.Add(ref to, i) = TFunction.Invoke(Vector512.Create(Unsafe.Add(ref left, i)), right).ToScalar();
    }

    /// <summary>target[i] = f(x, y[i]).</summary>
    public static void ZipLeft<T, TFunction>(T x, ReadOnlySpan<T> y, Span<T> target)
        where T : unmanaged
        where TFunction : struct, ILanes<T>
    {
        ref var right = ref MemoryMarshal.GetReference(y);
        ref var to = ref MemoryMarshal.GetReference(target);
        var left = Vector512.Create(x);
        nuint i = 0,
            count = (nuint)target.Length,
            width = (nuint)Vector512<T>.Count;
        for (; i + width <= count; i += width)
            TFunction.Invoke(left, Vector512.LoadUnsafe(ref right, i)).StoreUnsafe(ref to, i);
        for (; i < count; i++)
            Unsafe.Add(ref to, i) = TFunction.Invoke(left, Vector512.Create(Unsafe.Add(ref right, i))).ToScalar();
    }

    /// <summary>target[i] = condition[i] ≠ 0 ? whenTrue[i] : whenFalse[i].</summary>
    public static void Select<T>(ReadOnlySpan<T> condition, ReadOnlySpan<T> whenTrue, ReadOnlySpan<T> whenFalse, Span<T> target)
        where T : unmanaged
    {
        ref var when = ref MemoryMarshal.GetReference(condition);
        ref var left = ref MemoryMarshal.GetReference(whenTrue);
        ref var right = ref MemoryMarshal.GetReference(whenFalse);
        ref var to = ref MemoryMarshal.GetReference(target);
        nuint i = 0,
            count = (nuint)target.Length,
            width = (nuint)Vector512<T>.Count;
        for (; i + width <= count; i += width)
        {
            var zero = Vector512.Equals(Vector512.LoadUnsafe(ref when, i), Vector512<T>.Zero);
            Vector512.ConditionalSelect(zero, Vector512.LoadUnsafe(ref right, i), Vector512.LoadUnsafe(ref left, i)).StoreUnsafe(ref to, i);
        }
        for (; i < count; i++)
        {
            var zero = Vector512.Equals(Vector512.Create(Unsafe.Add(ref when, i)), Vector512<T>.Zero);
            Unsafe.Add(ref to, i) = Vector512
                .ConditionalSelect(zero, Vector512.Create(Unsafe.Add(ref right, i)), Vector512.Create(Unsafe.Add(ref left, i)))
                .ToScalar();
        }
    }
}
