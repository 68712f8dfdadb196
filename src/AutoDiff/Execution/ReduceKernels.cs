using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AutoDiff;

/// <summary>Reductions of a span to one number, in an order fixed by its length: unlike a library's, never by its address.</summary>
internal static class ReduceKernels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static T Run(Reduction kind, ReadOnlySpan<T> x) =>
        kind switch
        {
            Reduction.Max => Fold<Larger>(x, T.NegativeInfinity),
            Reduction.Min => Fold<Smaller>(x, T.PositiveInfinity),
            _ => Fold<Sum>(x, T.Zero),
        };

    /// <summary>Four vectors of partial results, combined pairwise, then lane by lane.</summary>
    private static T Fold<TFunction>(ReadOnlySpan<T> x, T start)
        where TFunction : struct, ILanes<T>
    {
        ref var from = ref MemoryMarshal.GetReference(x);
        nuint i = 0,
            count = (nuint)x.Length,
            width = (nuint)Vector512<T>.Count;
        var result = start;
        if (count >= width)
        {
            var a = Vector512.Create(start);
            var (b, c, d) = (a, a, a);
            for (; i + (4 * width) <= count; i += 4 * width)
            {
                a = TFunction.Invoke(a, Vector512.LoadUnsafe(ref from, i));
                b = TFunction.Invoke(b, Vector512.LoadUnsafe(ref from, i + width));
                c = TFunction.Invoke(c, Vector512.LoadUnsafe(ref from, i + (2 * width)));
                d = TFunction.Invoke(d, Vector512.LoadUnsafe(ref from, i + (3 * width)));
            }
            for (; i + width <= count; i += width)
                a = TFunction.Invoke(a, Vector512.LoadUnsafe(ref from, i));
            a = TFunction.Invoke(TFunction.Invoke(a, b), TFunction.Invoke(c, d));
            for (var lane = 0; lane < Vector512<T>.Count; lane++)
                result = Scalar<TFunction>(result, a[lane]);
        }
        for (; i < count; i++)
            result = Scalar<TFunction>(result, Unsafe.Add(ref from, i));
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Scalar<TFunction>(T x, T y)
        where TFunction : struct, ILanes<T> => TFunction.Invoke(Vector512.Create(x), Vector512.Create(y)).ToScalar();

    private readonly struct Sum : ILanes<T>
    {
        public static Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => x + y;
    }

    private readonly struct Larger : ILanes<T>
    {
        public static Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => Vector512.Max(x, y);
    }

    private readonly struct Smaller : ILanes<T>
    {
        public static Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => Vector512.Min(x, y);
    }
}
