using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiff;

/// <summary>Register-blocked inner products: a few rows of the left matrix by one or two vectors of columns of the right one.</summary>
/// <remarks>Each element accumulates its products over k in order, one fused multiply-add at a time.</remarks>
internal static class MatMulKernels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Where a block's operands lie and how one moves along them.</summary>
    /// <param name="K">The number of products of each element.</param>
    /// <param name="Row">The distance between the left matrix's rows.</param>
    /// <param name="Step">The distance between the left matrix's columns.</param>
    /// <param name="Next">The distance between the right matrix's rows.</param>
    /// <param name="Width">The distance between the result's rows.</param>
    /// <param name="Columns">How many columns of the vectors are stored.</param>
    /// <param name="Add">Whether the result is added to what is there.</param>
    internal readonly record struct Block(int K, nint Row, nint Step, nint Next, nint Width, int Columns, bool Add);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Fma(T x, Vector512<T> y, Vector512<T> z)
    {
        if (typeof(T) == typeof(double))
            return Vector512.FusedMultiplyAdd(Vector512.Create((double)(object)x), y.AsDouble(), z.AsDouble()).As<double, T>();
        return Vector512.FusedMultiplyAdd(Vector512.Create((float)(object)x), y.AsSingle(), z.AsSingle()).As<float, T>();
    }

    public static void Rows8Vectors2(in Block block, ref T x, ref T y, ref T z)
    {
        nint width = Vector512<T>.Count;
        var a0 = Load(in block, ref z, 0);
        var a1 = Load(in block, ref z, 1);
        var b0 = Load(in block, ref Unsafe.Add(ref z, block.Width), 0);
        var b1 = Load(in block, ref Unsafe.Add(ref z, block.Width), 1);
        var c0 = Load(in block, ref Unsafe.Add(ref z, (2 * block.Width)), 0);
        var c1 = Load(in block, ref Unsafe.Add(ref z, (2 * block.Width)), 1);
        var d0 = Load(in block, ref Unsafe.Add(ref z, (3 * block.Width)), 0);
        var d1 = Load(in block, ref Unsafe.Add(ref z, (3 * block.Width)), 1);
        var e0 = Load(in block, ref Unsafe.Add(ref z, (4 * block.Width)), 0);
        var e1 = Load(in block, ref Unsafe.Add(ref z, (4 * block.Width)), 1);
        var f0 = Load(in block, ref Unsafe.Add(ref z, (5 * block.Width)), 0);
        var f1 = Load(in block, ref Unsafe.Add(ref z, (5 * block.Width)), 1);
        var g0 = Load(in block, ref Unsafe.Add(ref z, (6 * block.Width)), 0);
        var g1 = Load(in block, ref Unsafe.Add(ref z, (6 * block.Width)), 1);
        var h0 = Load(in block, ref Unsafe.Add(ref z, (7 * block.Width)), 0);
        var h1 = Load(in block, ref Unsafe.Add(ref z, (7 * block.Width)), 1);
        for (var p = 0; p < block.K; p++)
        {
            var y0 = Vector512.LoadUnsafe(ref y);
            var y1 = Vector512.LoadUnsafe(ref y, (nuint)width);
            var x0 = x;
            a0 = Fma(x0, y0, a0);
            a1 = Fma(x0, y1, a1);
            var x1 = Unsafe.Add(ref x, block.Row);
            b0 = Fma(x1, y0, b0);
            b1 = Fma(x1, y1, b1);
            var x2 = Unsafe.Add(ref x, 2 * block.Row);
            c0 = Fma(x2, y0, c0);
            c1 = Fma(x2, y1, c1);
            var x3 = Unsafe.Add(ref x, 3 * block.Row);
            d0 = Fma(x3, y0, d0);
            d1 = Fma(x3, y1, d1);
            var x4 = Unsafe.Add(ref x, 4 * block.Row);
            e0 = Fma(x4, y0, e0);
            e1 = Fma(x4, y1, e1);
            var x5 = Unsafe.Add(ref x, 5 * block.Row);
            f0 = Fma(x5, y0, f0);
            f1 = Fma(x5, y1, f1);
            var x6 = Unsafe.Add(ref x, 6 * block.Row);
            g0 = Fma(x6, y0, g0);
            g1 = Fma(x6, y1, g1);
            var x7 = Unsafe.Add(ref x, 7 * block.Row);
            h0 = Fma(x7, y0, h0);
            h1 = Fma(x7, y1, h1);
            x = ref Unsafe.Add(ref x, block.Step);
            y = ref Unsafe.Add(ref y, block.Next);
        }
        Store(a0, in block, ref z, 0);
        Store(a1, in block, ref z, 1);
        Store(b0, in block, ref Unsafe.Add(ref z, block.Width), 0);
        Store(b1, in block, ref Unsafe.Add(ref z, block.Width), 1);
        Store(c0, in block, ref Unsafe.Add(ref z, (2 * block.Width)), 0);
        Store(c1, in block, ref Unsafe.Add(ref z, (2 * block.Width)), 1);
        Store(d0, in block, ref Unsafe.Add(ref z, (3 * block.Width)), 0);
        Store(d1, in block, ref Unsafe.Add(ref z, (3 * block.Width)), 1);
        Store(e0, in block, ref Unsafe.Add(ref z, (4 * block.Width)), 0);
        Store(e1, in block, ref Unsafe.Add(ref z, (4 * block.Width)), 1);
        Store(f0, in block, ref Unsafe.Add(ref z, (5 * block.Width)), 0);
        Store(f1, in block, ref Unsafe.Add(ref z, (5 * block.Width)), 1);
        Store(g0, in block, ref Unsafe.Add(ref z, (6 * block.Width)), 0);
        Store(g1, in block, ref Unsafe.Add(ref z, (6 * block.Width)), 1);
        Store(h0, in block, ref Unsafe.Add(ref z, (7 * block.Width)), 0);
        Store(h1, in block, ref Unsafe.Add(ref z, (7 * block.Width)), 1);
    }

    public static void Rows8Vectors1(in Block block, ref T x, ref T y, ref T z)
    {
        var a0 = Load(in block, ref z, 0);
        var b0 = Load(in block, ref Unsafe.Add(ref z, block.Width), 0);
        var c0 = Load(in block, ref Unsafe.Add(ref z, (2 * block.Width)), 0);
        var d0 = Load(in block, ref Unsafe.Add(ref z, (3 * block.Width)), 0);
        var e0 = Load(in block, ref Unsafe.Add(ref z, (4 * block.Width)), 0);
        var f0 = Load(in block, ref Unsafe.Add(ref z, (5 * block.Width)), 0);
        var g0 = Load(in block, ref Unsafe.Add(ref z, (6 * block.Width)), 0);
        var h0 = Load(in block, ref Unsafe.Add(ref z, (7 * block.Width)), 0);
        for (var p = 0; p < block.K; p++)
        {
            var y0 = Vector512.LoadUnsafe(ref y);
            a0 = Fma(x, y0, a0);
            b0 = Fma(Unsafe.Add(ref x, block.Row), y0, b0);
            c0 = Fma(Unsafe.Add(ref x, 2 * block.Row), y0, c0);
            d0 = Fma(Unsafe.Add(ref x, 3 * block.Row), y0, d0);
            e0 = Fma(Unsafe.Add(ref x, 4 * block.Row), y0, e0);
            f0 = Fma(Unsafe.Add(ref x, 5 * block.Row), y0, f0);
            g0 = Fma(Unsafe.Add(ref x, 6 * block.Row), y0, g0);
            h0 = Fma(Unsafe.Add(ref x, 7 * block.Row), y0, h0);
            x = ref Unsafe.Add(ref x, block.Step);
            y = ref Unsafe.Add(ref y, block.Next);
        }
        Store(a0, in block, ref z, 0);
        Store(b0, in block, ref Unsafe.Add(ref z, block.Width), 0);
        Store(c0, in block, ref Unsafe.Add(ref z, (2 * block.Width)), 0);
        Store(d0, in block, ref Unsafe.Add(ref z, (3 * block.Width)), 0);
        Store(e0, in block, ref Unsafe.Add(ref z, (4 * block.Width)), 0);
        Store(f0, in block, ref Unsafe.Add(ref z, (5 * block.Width)), 0);
        Store(g0, in block, ref Unsafe.Add(ref z, (6 * block.Width)), 0);
        Store(h0, in block, ref Unsafe.Add(ref z, (7 * block.Width)), 0);
    }

    public static void Rows4Vectors2(in Block block, ref T x, ref T y, ref T z)
    {
        nint width = Vector512<T>.Count;
        var a0 = Load(in block, ref z, 0);
        var a1 = Load(in block, ref z, 1);
        var b0 = Load(in block, ref Unsafe.Add(ref z, block.Width), 0);
        var b1 = Load(in block, ref Unsafe.Add(ref z, block.Width), 1);
        var c0 = Load(in block, ref Unsafe.Add(ref z, (2 * block.Width)), 0);
        var c1 = Load(in block, ref Unsafe.Add(ref z, (2 * block.Width)), 1);
        var d0 = Load(in block, ref Unsafe.Add(ref z, (3 * block.Width)), 0);
        var d1 = Load(in block, ref Unsafe.Add(ref z, (3 * block.Width)), 1);
        for (var p = 0; p < block.K; p++)
        {
            var y0 = Vector512.LoadUnsafe(ref y);
            var y1 = Vector512.LoadUnsafe(ref y, (nuint)width);
            var x0 = x;
            a0 = Fma(x0, y0, a0);
            a1 = Fma(x0, y1, a1);
            var x1 = Unsafe.Add(ref x, block.Row);
            b0 = Fma(x1, y0, b0);
            b1 = Fma(x1, y1, b1);
            var x2 = Unsafe.Add(ref x, 2 * block.Row);
            c0 = Fma(x2, y0, c0);
            c1 = Fma(x2, y1, c1);
            var x3 = Unsafe.Add(ref x, 3 * block.Row);
            d0 = Fma(x3, y0, d0);
            d1 = Fma(x3, y1, d1);
            x = ref Unsafe.Add(ref x, block.Step);
            y = ref Unsafe.Add(ref y, block.Next);
        }
        Store(a0, in block, ref z, 0);
        Store(a1, in block, ref z, 1);
        Store(b0, in block, ref Unsafe.Add(ref z, block.Width), 0);
        Store(b1, in block, ref Unsafe.Add(ref z, block.Width), 1);
        Store(c0, in block, ref Unsafe.Add(ref z, (2 * block.Width)), 0);
        Store(c1, in block, ref Unsafe.Add(ref z, (2 * block.Width)), 1);
        Store(d0, in block, ref Unsafe.Add(ref z, (3 * block.Width)), 0);
        Store(d1, in block, ref Unsafe.Add(ref z, (3 * block.Width)), 1);
    }

    public static void Rows4Vectors1(in Block block, ref T x, ref T y, ref T z)
    {
        var a0 = Load(in block, ref z, 0);
        var b0 = Load(in block, ref Unsafe.Add(ref z, block.Width), 0);
        var c0 = Load(in block, ref Unsafe.Add(ref z, (2 * block.Width)), 0);
        var d0 = Load(in block, ref Unsafe.Add(ref z, (3 * block.Width)), 0);
        for (var p = 0; p < block.K; p++)
        {
            var y0 = Vector512.LoadUnsafe(ref y);
            a0 = Fma(x, y0, a0);
            b0 = Fma(Unsafe.Add(ref x, block.Row), y0, b0);
            c0 = Fma(Unsafe.Add(ref x, 2 * block.Row), y0, c0);
            d0 = Fma(Unsafe.Add(ref x, 3 * block.Row), y0, d0);
            x = ref Unsafe.Add(ref x, block.Step);
            y = ref Unsafe.Add(ref y, block.Next);
        }
        Store(a0, in block, ref z, 0);
        Store(b0, in block, ref Unsafe.Add(ref z, block.Width), 0);
        Store(c0, in block, ref Unsafe.Add(ref z, (2 * block.Width)), 0);
        Store(d0, in block, ref Unsafe.Add(ref z, (3 * block.Width)), 0);
    }

    public static void Rows1Vectors2(in Block block, ref T x, ref T y, ref T z)
    {
        nint width = Vector512<T>.Count;
        var a0 = Load(in block, ref z, 0);
        var a1 = Load(in block, ref z, 1);
        for (var p = 0; p < block.K; p++)
        {
            var y0 = Vector512.LoadUnsafe(ref y);
            var y1 = Vector512.LoadUnsafe(ref y, (nuint)width);
            var x0 = x;
            a0 = Fma(x0, y0, a0);
            a1 = Fma(x0, y1, a1);
            x = ref Unsafe.Add(ref x, block.Step);
            y = ref Unsafe.Add(ref y, block.Next);
        }
        Store(a0, in block, ref z, 0);
        Store(a1, in block, ref z, 1);
    }

    public static void Rows1Vectors1(in Block block, ref T x, ref T y, ref T z)
    {
        var a0 = Load(in block, ref z, 0);
        for (var p = 0; p < block.K; p++)
        {
            var y0 = Vector512.LoadUnsafe(ref y);
            a0 = Fma(x, y0, a0);
            x = ref Unsafe.Add(ref x, block.Step);
            y = ref Unsafe.Add(ref y, block.Next);
        }
        Store(a0, in block, ref z, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Load(in Block block, ref T z, int vector)
    {
        if (!block.Add)
            return Vector512<T>.Zero;
        var count = block.Columns - (vector * Vector512<T>.Count);
        ref var from = ref Unsafe.Add(ref z, vector * Vector512<T>.Count);
        return count >= Vector512<T>.Count ? Vector512.LoadUnsafe(ref from) : LoadPart(ref from, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<T> sums, in Block block, ref T z, int vector)
    {
        var count = block.Columns - (vector * Vector512<T>.Count);
        ref var to = ref Unsafe.Add(ref z, vector * Vector512<T>.Count);
        if (count >= Vector512<T>.Count)
            sums.StoreUnsafe(ref to);
        else
            StorePart(sums, ref to, count);
    }

    private static Vector512<T> LoadPart(ref T from, int count)
    {
        Vector512<T> part = default;
        for (var i = 0; i < count; i++)
            Unsafe.Add(ref Unsafe.As<Vector512<T>, T>(ref part), i) = Unsafe.Add(ref from, i);
        return part;
    }

    private static void StorePart(Vector512<T> sums, ref T to, int count)
    {
        for (var i = 0; i < count; i++)
            Unsafe.Add(ref to, i) = Unsafe.Add(ref Unsafe.As<Vector512<T>, T>(ref sums), i);
    }
}
