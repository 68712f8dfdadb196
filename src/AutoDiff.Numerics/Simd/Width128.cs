using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AutoDiff.Numerics;

/// <summary>Matrix kernels' operations on vectors of 128 bits.</summary>
internal readonly unsafe struct Width128<T> : IVectorWidth<T, Vector128<T>>
    where T : unmanaged
{
    public static int Count => Vector128<T>.Count;

    public static int Rows(int vectors) => 12 / vectors;

    public static Vector128<T> Zero => Vector128<T>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Broadcast(T x) => Vector128.Create(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(T* from) => Vector128.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<T> x, T* to) => Vector128.Store(x, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Mask(int count) =>
        typeof(T) == typeof(double)
            ? Vector128.LessThan(Vector128<long>.Indices, Vector128.Create((long)count)).As<long, T>()
            : Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).As<int, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(T* from, Vector128<T> mask, int count)
    {
        if (Avx.IsSupported)
        {
            return typeof(T) == typeof(double)
                ? Avx.MaskLoad((double*)from, mask.AsDouble()).As<double, T>()
                : Avx.MaskLoad((float*)from, mask.AsSingle()).As<float, T>();
        }
        Vector128<T> x = default;
        Unsafe.CopyBlockUnaligned(&x, from, (uint)(count * sizeof(T)));
        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<T> x, T* to, int count)
    {
        // Piece by piece: masked stores below 512 bits are slow on some processors.
        if (typeof(T) == typeof(float) && (count & 2) != 0)
        {
            *(double*)to = x.AsDouble().ToScalar();
            x = Vector128.Shuffle(x.AsInt32(), Vector128.Create(2, 3, 2, 3)).As<int, T>();
            to += 2;
        }
        if ((count & 1) != 0)
            *to = x.ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Add(Vector128<T> x, Vector128<T> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Subtract(Vector128<T> x, Vector128<T> y) => x - y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Multiply(Vector128<T> x, Vector128<T> y) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplyAdd(Vector128<T> x, Vector128<T> y, Vector128<T> z) =>
        typeof(T) == typeof(double)
            ? Vector128.MultiplyAddEstimate(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>()
            : Vector128.MultiplyAddEstimate(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector128<T> x)
    {
        x += Vector128.Shuffle(x.AsInt64(), Vector128.Create(1L, 0)).As<long, T>();
        if (typeof(T) == typeof(float))
            x += Vector128.Shuffle(x.AsInt32(), Vector128.Create(1, 0, 3, 2)).As<int, T>();
        return x.ToScalar();
    }
}
