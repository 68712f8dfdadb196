using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiff;

/// <summary>Register-blocked inner products: a few rows of the left matrix by one or two vectors of columns of the right one.</summary>
/// <remarks>Each element accumulates its products over k in order, one fused multiply-add at a time; whole vectors are stored.</remarks>
internal static class MatMulKernels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Where a block's operands lie and how one moves along them.</summary>
    /// <param name="K">The number of products of each element.</param>
    /// <param name="Row">The distance between the left matrix's rows.</param>
    /// <param name="Step">The distance between the left matrix's columns.</param>
    /// <param name="Next">The distance between the right matrix's rows.</param>
    /// <param name="Width">The distance between the result's rows.</param>
    /// <param name="Add">Whether the result is added to what is there.</param>
    internal readonly record struct Block(int K, nint Row, nint Step, nint Next, nint Width, bool Add);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Fma(Vector512<T> x, Vector512<T> y, Vector512<T> z) =>
        typeof(T) == typeof(double)
            ? Vector512.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>()
            : Vector512.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>();

    /// <summary>Σ x[p]·y[p] over two runs of k elements, in an order fixed by k.</summary>
    public static T Dot(ref T x, ref T y, int k)
    {
        nuint p = 0,
            count = (nuint)k,
            width = (nuint)Vector512<T>.Count;
        var a = Vector512<T>.Zero;
        var (b, c, d) = (a, a, a);
        for (; p + (4 * width) <= count; p += 4 * width)
        {
            a = Fma(Vector512.LoadUnsafe(ref x, p), Vector512.LoadUnsafe(ref y, p), a);
            b = Fma(Vector512.LoadUnsafe(ref x, p + width), Vector512.LoadUnsafe(ref y, p + width), b);
            c = Fma(Vector512.LoadUnsafe(ref x, p + (2 * width)), Vector512.LoadUnsafe(ref y, p + (2 * width)), c);
            d = Fma(Vector512.LoadUnsafe(ref x, p + (3 * width)), Vector512.LoadUnsafe(ref y, p + (3 * width)), d);
        }
        for (; p + width <= count; p += width)
            a = Fma(Vector512.LoadUnsafe(ref x, p), Vector512.LoadUnsafe(ref y, p), a);
        var sum = Vector512.Sum(a + b + (c + d));
        for (; p < count; p++)
            sum += Unsafe.Add(ref x, p) * Unsafe.Add(ref y, p);
        return sum;
    }

    public static void Rows8Vectors2(in Block block, ref T x, ref T y, ref T z)
    {
        // Locals, so that the loop touches no memory but the operands'.
        var (k, row, step, next) = (block.K, block.Row, block.Step, block.Next);
        var (row2, row3) = (2 * row, 3 * row);
        ref var low = ref Unsafe.Add(ref x, 4 * row);
        var a0 = Vector512<T>.Zero;
        var a1 = Vector512<T>.Zero;
        var b0 = Vector512<T>.Zero;
        var b1 = Vector512<T>.Zero;
        var c0 = Vector512<T>.Zero;
        var c1 = Vector512<T>.Zero;
        var d0 = Vector512<T>.Zero;
        var d1 = Vector512<T>.Zero;
        var e0 = Vector512<T>.Zero;
        var e1 = Vector512<T>.Zero;
        var f0 = Vector512<T>.Zero;
        var f1 = Vector512<T>.Zero;
        var g0 = Vector512<T>.Zero;
        var g1 = Vector512<T>.Zero;
        var h0 = Vector512<T>.Zero;
        var h1 = Vector512<T>.Zero;
        for (; k > 0; k--)
        {
            var y0 = Vector512.LoadUnsafe(ref y);
            var y1 = Vector512.LoadUnsafe(ref y, (nuint)Vector512<T>.Count);
            var x0 = Vector512.Create(x);
            a0 = Fma(x0, y0, a0);
            a1 = Fma(x0, y1, a1);
            var x1 = Vector512.Create(Unsafe.Add(ref x, row));
            b0 = Fma(x1, y0, b0);
            b1 = Fma(x1, y1, b1);
            var x2 = Vector512.Create(Unsafe.Add(ref x, row2));
            c0 = Fma(x2, y0, c0);
            c1 = Fma(x2, y1, c1);
            var x3 = Vector512.Create(Unsafe.Add(ref x, row3));
            d0 = Fma(x3, y0, d0);
            d1 = Fma(x3, y1, d1);
            var x4 = Vector512.Create(low);
            e0 = Fma(x4, y0, e0);
            e1 = Fma(x4, y1, e1);
            var x5 = Vector512.Create(Unsafe.Add(ref low, row));
            f0 = Fma(x5, y0, f0);
            f1 = Fma(x5, y1, f1);
            var x6 = Vector512.Create(Unsafe.Add(ref low, row2));
            g0 = Fma(x6, y0, g0);
            g1 = Fma(x6, y1, g1);
            var x7 = Vector512.Create(Unsafe.Add(ref low, row3));
            h0 = Fma(x7, y0, h0);
            h1 = Fma(x7, y1, h1);
            x = ref Unsafe.Add(ref x, step);
            low = ref Unsafe.Add(ref low, step);
            y = ref Unsafe.Add(ref y, next);
        }
        Store(a0, in block, ref z, 0);
        Store(a1, in block, ref z, 1);
        Store(b0, in block, ref Unsafe.Add(ref z, block.Width), 0);
        Store(b1, in block, ref Unsafe.Add(ref z, block.Width), 1);
        Store(c0, in block, ref Unsafe.Add(ref z, 2 * block.Width), 0);
        Store(c1, in block, ref Unsafe.Add(ref z, 2 * block.Width), 1);
        Store(d0, in block, ref Unsafe.Add(ref z, 3 * block.Width), 0);
        Store(d1, in block, ref Unsafe.Add(ref z, 3 * block.Width), 1);
        Store(e0, in block, ref Unsafe.Add(ref z, 4 * block.Width), 0);
        Store(e1, in block, ref Unsafe.Add(ref z, 4 * block.Width), 1);
        Store(f0, in block, ref Unsafe.Add(ref z, 5 * block.Width), 0);
        Store(f1, in block, ref Unsafe.Add(ref z, 5 * block.Width), 1);
        Store(g0, in block, ref Unsafe.Add(ref z, 6 * block.Width), 0);
        Store(g1, in block, ref Unsafe.Add(ref z, 6 * block.Width), 1);
        Store(h0, in block, ref Unsafe.Add(ref z, 7 * block.Width), 0);
        Store(h1, in block, ref Unsafe.Add(ref z, 7 * block.Width), 1);
    }

    public static void Rows8Vectors1(in Block block, ref T x, ref T y, ref T z)
    {
        // Locals, so that the loop touches no memory but the operands'.
        var (k, row, step, next) = (block.K, block.Row, block.Step, block.Next);
        var (row2, row3) = (2 * row, 3 * row);
        ref var low = ref Unsafe.Add(ref x, 4 * row);
        var a0 = Vector512<T>.Zero;
        var b0 = Vector512<T>.Zero;
        var c0 = Vector512<T>.Zero;
        var d0 = Vector512<T>.Zero;
        var e0 = Vector512<T>.Zero;
        var f0 = Vector512<T>.Zero;
        var g0 = Vector512<T>.Zero;
        var h0 = Vector512<T>.Zero;
        for (; k > 0; k--)
        {
            var y0 = Vector512.LoadUnsafe(ref y);
            a0 = Fma(Vector512.Create(x), y0, a0);
            b0 = Fma(Vector512.Create(Unsafe.Add(ref x, row)), y0, b0);
            c0 = Fma(Vector512.Create(Unsafe.Add(ref x, row2)), y0, c0);
            d0 = Fma(Vector512.Create(Unsafe.Add(ref x, row3)), y0, d0);
            e0 = Fma(Vector512.Create(low), y0, e0);
            f0 = Fma(Vector512.Create(Unsafe.Add(ref low, row)), y0, f0);
            g0 = Fma(Vector512.Create(Unsafe.Add(ref low, row2)), y0, g0);
            h0 = Fma(Vector512.Create(Unsafe.Add(ref low, row3)), y0, h0);
            x = ref Unsafe.Add(ref x, step);
            low = ref Unsafe.Add(ref low, step);
            y = ref Unsafe.Add(ref y, next);
        }
        Store(a0, in block, ref z, 0);
        Store(b0, in block, ref Unsafe.Add(ref z, block.Width), 0);
        Store(c0, in block, ref Unsafe.Add(ref z, 2 * block.Width), 0);
        Store(d0, in block, ref Unsafe.Add(ref z, 3 * block.Width), 0);
        Store(e0, in block, ref Unsafe.Add(ref z, 4 * block.Width), 0);
        Store(f0, in block, ref Unsafe.Add(ref z, 5 * block.Width), 0);
        Store(g0, in block, ref Unsafe.Add(ref z, 6 * block.Width), 0);
        Store(h0, in block, ref Unsafe.Add(ref z, 7 * block.Width), 0);
    }

    public static void Rows4Vectors2(in Block block, ref T x, ref T y, ref T z)
    {
        // Locals, so that the loop touches no memory but the operands'.
        var (k, row, step, next) = (block.K, block.Row, block.Step, block.Next);
        var (row2, row3) = (2 * row, 3 * row);
        var a0 = Vector512<T>.Zero;
        var a1 = Vector512<T>.Zero;
        var b0 = Vector512<T>.Zero;
        var b1 = Vector512<T>.Zero;
        var c0 = Vector512<T>.Zero;
        var c1 = Vector512<T>.Zero;
        var d0 = Vector512<T>.Zero;
        var d1 = Vector512<T>.Zero;
        for (; k > 0; k--)
        {
            var y0 = Vector512.LoadUnsafe(ref y);
            var y1 = Vector512.LoadUnsafe(ref y, (nuint)Vector512<T>.Count);
            var x0 = Vector512.Create(x);
            a0 = Fma(x0, y0, a0);
            a1 = Fma(x0, y1, a1);
            var x1 = Vector512.Create(Unsafe.Add(ref x, row));
            b0 = Fma(x1, y0, b0);
            b1 = Fma(x1, y1, b1);
            var x2 = Vector512.Create(Unsafe.Add(ref x, row2));
            c0 = Fma(x2, y0, c0);
            c1 = Fma(x2, y1, c1);
            var x3 = Vector512.Create(Unsafe.Add(ref x, row3));
            d0 = Fma(x3, y0, d0);
            d1 = Fma(x3, y1, d1);
            x = ref Unsafe.Add(ref x, step);
            y = ref Unsafe.Add(ref y, next);
        }
        Store(a0, in block, ref z, 0);
        Store(a1, in block, ref z, 1);
        Store(b0, in block, ref Unsafe.Add(ref z, block.Width), 0);
        Store(b1, in block, ref Unsafe.Add(ref z, block.Width), 1);
        Store(c0, in block, ref Unsafe.Add(ref z, 2 * block.Width), 0);
        Store(c1, in block, ref Unsafe.Add(ref z, 2 * block.Width), 1);
        Store(d0, in block, ref Unsafe.Add(ref z, 3 * block.Width), 0);
        Store(d1, in block, ref Unsafe.Add(ref z, 3 * block.Width), 1);
    }

    public static void Rows4Vectors1(in Block block, ref T x, ref T y, ref T z)
    {
        // Locals, so that the loop touches no memory but the operands'.
        var (k, row, step, next) = (block.K, block.Row, block.Step, block.Next);
        var (row2, row3) = (2 * row, 3 * row);
        var a0 = Vector512<T>.Zero;
        var b0 = Vector512<T>.Zero;
        var c0 = Vector512<T>.Zero;
        var d0 = Vector512<T>.Zero;
        for (; k > 0; k--)
        {
            var y0 = Vector512.LoadUnsafe(ref y);
            a0 = Fma(Vector512.Create(x), y0, a0);
            b0 = Fma(Vector512.Create(Unsafe.Add(ref x, row)), y0, b0);
            c0 = Fma(Vector512.Create(Unsafe.Add(ref x, row2)), y0, c0);
            d0 = Fma(Vector512.Create(Unsafe.Add(ref x, row3)), y0, d0);
            x = ref Unsafe.Add(ref x, step);
            y = ref Unsafe.Add(ref y, next);
        }
        Store(a0, in block, ref z, 0);
        Store(b0, in block, ref Unsafe.Add(ref z, block.Width), 0);
        Store(c0, in block, ref Unsafe.Add(ref z, 2 * block.Width), 0);
        Store(d0, in block, ref Unsafe.Add(ref z, 3 * block.Width), 0);
    }

    public static void Rows1Vectors2(in Block block, ref T x, ref T y, ref T z)
    {
        // Locals, so that the loop touches no memory but the operands'.
        var (k, step, next) = (block.K, block.Step, block.Next);
        var a0 = Vector512<T>.Zero;
        var a1 = Vector512<T>.Zero;
        for (; k > 0; k--)
        {
            var y0 = Vector512.LoadUnsafe(ref y);
            var y1 = Vector512.LoadUnsafe(ref y, (nuint)Vector512<T>.Count);
            var x0 = Vector512.Create(x);
            a0 = Fma(x0, y0, a0);
            a1 = Fma(x0, y1, a1);
            x = ref Unsafe.Add(ref x, step);
            y = ref Unsafe.Add(ref y, next);
        }
        Store(a0, in block, ref z, 0);
        Store(a1, in block, ref z, 1);
    }

    public static void Rows1Vectors1(in Block block, ref T x, ref T y, ref T z)
    {
        // Locals, so that the loop touches no memory but the operands'.
        var (k, step, next) = (block.K, block.Step, block.Next);
        var a0 = Vector512<T>.Zero;
        for (; k > 0; k--)
        {
            var y0 = Vector512.LoadUnsafe(ref y);
            a0 = Fma(Vector512.Create(x), y0, a0);
            x = ref Unsafe.Add(ref x, step);
            y = ref Unsafe.Add(ref y, next);
        }
        Store(a0, in block, ref z, 0);
    }

    // No call takes a vector from here: passed by address, the sums would live in memory throughout the loop.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<T> sums, in Block block, ref T z, int vector)
    {
        ref var to = ref Unsafe.Add(ref z, vector * Vector512<T>.Count);
        (block.Add ? sums + Vector512.LoadUnsafe(ref to) : sums).StoreUnsafe(ref to);
    }
}
