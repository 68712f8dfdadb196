using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiff;

/// <summary>Reductions in an order fixed by the lengths alone, on vectors of 256 bits on every machine: the same bits everywhere.</summary>
internal static class ReduceKernels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static int Width => Vector256<T>.Count;

    /// <summary>The elements folded to one.</summary>
    public static T Run(Reduction kind, ref T x, int count) =>
        kind switch
        {
            Reduction.Max => Fold<Larger>(ref x, count, T.NegativeInfinity),
            Reduction.Min => Fold<Smaller>(ref x, count, T.PositiveInfinity),
            _ => Fold<Sum>(ref x, count, T.Zero),
        };

    /// <summary>target[j] = f(… f(f(target[j], x[j]), x[step + j]) …), row after row, for <paramref name="columns"/> columns.</summary>
    public static void Rows(Reduction kind, ref T x, nint step, int rows, ref T target, int columns)
    {
        switch (kind)
        {
            case Reduction.Max:
                Rows<Larger>(ref x, step, rows, ref target, columns);
                break;
            case Reduction.Min:
                Rows<Smaller>(ref x, step, rows, ref target, columns);
                break;
            default:
                Rows<Sum>(ref x, step, rows, ref target, columns);
                break;
        }
    }

    /// <summary>What a reduction of nothing gives.</summary>
    public static T Start(Reduction kind) =>
        kind switch
        {
            Reduction.Sum => T.Zero,
            Reduction.Max or Reduction.LogSumExp => T.NegativeInfinity,
            Reduction.Min => T.PositiveInfinity,
        };

    /// <summary>Four vectors of partial results, combined pairwise, then lane by lane.</summary>
    private static T Fold<TFunction>(ref T x, int count, T start)
        where TFunction : struct, IFold
    {
        var result = start;
        var i = 0;
        if (count >= Width)
        {
            var a = Vector256.Create(start);
            var (b, c, d) = (a, a, a);
            for (; i + (4 * Width) <= count; i += 4 * Width)
            {
                a = TFunction.Invoke(a, Vector256.LoadUnsafe(ref x, (nuint)i));
                b = TFunction.Invoke(b, Vector256.LoadUnsafe(ref x, (nuint)(i + Width)));
                c = TFunction.Invoke(c, Vector256.LoadUnsafe(ref x, (nuint)(i + (2 * Width))));
                d = TFunction.Invoke(d, Vector256.LoadUnsafe(ref x, (nuint)(i + (3 * Width))));
            }
            for (; i + Width <= count; i += Width)
                a = TFunction.Invoke(a, Vector256.LoadUnsafe(ref x, (nuint)i));
            a = TFunction.Invoke(TFunction.Invoke(a, b), TFunction.Invoke(c, d));
            for (var lane = 0; lane < Width; lane++)
                result = TFunction.Invoke(result, a[lane]);
        }
        for (; i < count; i++)
            result = TFunction.Invoke(result, Unsafe.Add(ref x, i));
        return result;
    }

    private static void Rows<TFunction>(ref T x, nint step, int rows, ref T target, int columns)
        where TFunction : struct, IFold
    {
        var j = 0;
        for (; j + (4 * Width) <= columns; j += 4 * Width)
        {
            ref var to = ref Unsafe.Add(ref target, j);
            ref var from = ref Unsafe.Add(ref x, j);
            var a = Vector256.LoadUnsafe(ref to);
            var b = Vector256.LoadUnsafe(ref to, (nuint)Width);
            var c = Vector256.LoadUnsafe(ref to, (nuint)(2 * Width));
            var d = Vector256.LoadUnsafe(ref to, (nuint)(3 * Width));
            for (var i = 0; i < rows; i++, from = ref Unsafe.Add(ref from, step))
            {
                a = TFunction.Invoke(a, Vector256.LoadUnsafe(ref from));
                b = TFunction.Invoke(b, Vector256.LoadUnsafe(ref from, (nuint)Width));
                c = TFunction.Invoke(c, Vector256.LoadUnsafe(ref from, (nuint)(2 * Width)));
                d = TFunction.Invoke(d, Vector256.LoadUnsafe(ref from, (nuint)(3 * Width)));
            }
            a.StoreUnsafe(ref to);
            b.StoreUnsafe(ref to, (nuint)Width);
            c.StoreUnsafe(ref to, (nuint)(2 * Width));
            d.StoreUnsafe(ref to, (nuint)(3 * Width));
        }
        for (; j + Width <= columns; j += Width)
        {
            ref var from = ref Unsafe.Add(ref x, j);
            var a = Vector256.LoadUnsafe(ref target, (nuint)j);
            for (var i = 0; i < rows; i++, from = ref Unsafe.Add(ref from, step))
                a = TFunction.Invoke(a, Vector256.LoadUnsafe(ref from));
            a.StoreUnsafe(ref target, (nuint)j);
        }
        for (; j < columns; j += Math.Min(4, columns - j))
            Rest<TFunction>(ref Unsafe.Add(ref x, j), step, rows, ref Unsafe.Add(ref target, j), Math.Min(4, columns - j));
    }

    /// <summary>One to four columns at once, so that their chains of operations overlap; a missing column repeats the last.</summary>
    private static void Rest<TFunction>(ref T x, nint step, int rows, ref T target, int columns)
        where TFunction : struct, IFold
    {
        var (second, third, fourth) = (Math.Min(1, columns - 1), Math.Min(2, columns - 1), columns - 1);
        var (a, b, c, d) = (target, Unsafe.Add(ref target, second), Unsafe.Add(ref target, third), Unsafe.Add(ref target, fourth));
        for (var i = 0; i < rows; i++, x = ref Unsafe.Add(ref x, step))
        {
            a = TFunction.Invoke(a, x);
            b = TFunction.Invoke(b, Unsafe.Add(ref x, second));
            c = TFunction.Invoke(c, Unsafe.Add(ref x, third));
            d = TFunction.Invoke(d, Unsafe.Add(ref x, fourth));
        }
        target = a;
        Unsafe.Add(ref target, second) = b;
        Unsafe.Add(ref target, third) = c;
        Unsafe.Add(ref target, fourth) = d;
    }

    private interface IFold
    {
        static abstract Vector256<T> Invoke(Vector256<T> x, Vector256<T> y);
        static abstract T Invoke(T x, T y);
    }

    private readonly struct Sum : IFold
    {
        public static Vector256<T> Invoke(Vector256<T> x, Vector256<T> y) => x + y;

        public static T Invoke(T x, T y) => x + y;
    }

    private readonly struct Larger : IFold
    {
        public static Vector256<T> Invoke(Vector256<T> x, Vector256<T> y) => Vector256.Max(x, y);

        public static T Invoke(T x, T y) => T.Max(x, y);
    }

    private readonly struct Smaller : IFold
    {
        public static Vector256<T> Invoke(Vector256<T> x, Vector256<T> y) => Vector256.Min(x, y);

        public static T Invoke(T x, T y) => T.Min(x, y);
    }
}
