using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>Kernels' operations on single elements, for what is shorter than a register.</summary>
internal readonly unsafe struct Width1<T> : IVectorWidth<T, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Count => 1;

    public static T Zero => T.Zero;

    public static int Rows(int vectors) => 12 / vectors;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Broadcast(T x) => x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Load(T* from) => *from;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T x, T* to) => *to = x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Mask(int count) => T.CreateTruncating(count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Load(T* from, T mask, int count) => count > 0 ? *from : T.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T x, T* to, int count)
    {
        if (count > 0)
            *to = x;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Add(T x, T y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Subtract(T x, T y) => x - y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Multiply(T x, T y) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MultiplyAdd(T x, T y, T z) => T.MultiplyAddEstimate(x, y, z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(T x) => x;
}
