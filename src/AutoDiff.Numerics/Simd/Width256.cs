using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AutoDiff.Numerics;

/// <summary>Matrix kernels' operations on vectors of 256 bits.</summary>
internal readonly unsafe struct Width256<T> : IVectorWidth<T, Vector256<T>>
    where T : unmanaged
{
    public static int Count => Vector256<T>.Count;

    public static int Rows(int vectors) => 12 / vectors;

    public static Vector256<T> Zero => Vector256<T>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Broadcast(T x) => Vector256.Create(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(T* from) => Vector256.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<T> x, T* to) => Vector256.Store(x, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Mask(int count) =>
        typeof(T) == typeof(double)
            ? Vector256.LessThan(Vector256<long>.Indices, Vector256.Create((long)count)).As<long, T>()
            : Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).As<int, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(T* from, Vector256<T> mask, int count)
    {
        if (Avx.IsSupported)
        {
            return typeof(T) == typeof(double)
                ? Avx.MaskLoad((double*)from, mask.AsDouble()).As<double, T>()
                : Avx.MaskLoad((float*)from, mask.AsSingle()).As<float, T>();
        }
        Vector256<T> x = default;
        Unsafe.CopyBlockUnaligned(&x, from, (uint)(count * sizeof(T)));
        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<T> x, T* to, int count)
    {
        var half = x.GetLower();
        if (count >= Vector128<T>.Count)
        {
            half.Store(to);
            half = x.GetUpper();
            to += Vector128<T>.Count;
            count -= Vector128<T>.Count;
        }
        Width128<T>.Store(half, to, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Add(Vector256<T> x, Vector256<T> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Subtract(Vector256<T> x, Vector256<T> y) => x - y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Multiply(Vector256<T> x, Vector256<T> y) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplyAdd(Vector256<T> x, Vector256<T> y, Vector256<T> z) =>
        typeof(T) == typeof(double)
            ? Vector256.MultiplyAddEstimate(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>()
            : Vector256.MultiplyAddEstimate(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector256<T> x) => Width128<T>.Sum(x.GetLower() + x.GetUpper());
}
