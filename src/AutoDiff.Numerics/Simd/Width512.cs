using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AutoDiff.Numerics;

/// <summary>Matrix kernels' operations on vectors of 512 bits.</summary>
internal readonly unsafe struct Width512<T> : IVectorWidth<T, Vector512<T>>
    where T : unmanaged
{
    public static int Count => Vector512<T>.Count;

    public static int Rows(int vectors) => vectors == 3 ? 8 : 12;

    public static Vector512<T> Zero => Vector512<T>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Broadcast(T x) => Vector512.Create(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(T* from) => Vector512.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<T> x, T* to) => Vector512.Store(x, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Mask(int count) =>
        typeof(T) == typeof(double)
            ? Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)count)).As<long, T>()
            : Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).As<int, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(T* from, Vector512<T> mask, int count)
    {
        if (Avx512F.IsSupported)
        {
            return typeof(T) == typeof(double)
                ? Avx512F.MaskLoad((double*)from, mask.AsDouble(), Vector512<double>.Zero).As<double, T>()
                : Avx512F.MaskLoad((float*)from, mask.AsSingle(), Vector512<float>.Zero).As<float, T>();
        }
        var half = Vector256<T>.Count;
        return Vector512.Create(
            Width256<T>.Load(from, mask.GetLower(), Math.Min(count, half)),
            Width256<T>.Load(from + half, mask.GetUpper(), Math.Max(0, count - half))
        );
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<T> x, T* to, int count)
    {
        if (Avx512F.IsSupported)
        {
            if (typeof(T) == typeof(double))
                Avx512F.MaskStore((double*)to, Mask(count).AsDouble(), x.AsDouble());
            else
                Avx512F.MaskStore((float*)to, Mask(count).AsSingle(), x.AsSingle());
            return;
        }
        var half = x.GetLower();
        if (count >= Vector256<T>.Count)
        {
            half.Store(to);
            half = x.GetUpper();
            to += Vector256<T>.Count;
            count -= Vector256<T>.Count;
        }
        Width256<T>.Store(half, to, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Add(Vector512<T> x, Vector512<T> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Subtract(Vector512<T> x, Vector512<T> y) => x - y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Multiply(Vector512<T> x, Vector512<T> y) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd(Vector512<T> x, Vector512<T> y, Vector512<T> z) =>
        typeof(T) == typeof(double)
            ? Vector512.MultiplyAddEstimate(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>()
            : Vector512.MultiplyAddEstimate(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector512<T> x) => Width256<T>.Sum(x.GetLower() + x.GetUpper());
}
