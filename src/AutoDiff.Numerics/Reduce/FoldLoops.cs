using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Numerics;

/// <summary>Reductions in an order fixed by the lengths alone, on vectors of 256 bits on every machine: the same bits everywhere.</summary>
/// <remarks>A sum of more than a block is the sum of its halves', so that its error grows with a block's length and the logarithm of the number of blocks (Higham 1993).</remarks>
internal static class FoldLoops<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int FewRows = 16;

    private static int Width => Vector256<T>.Count;

    // Four vectors of partial results side by side.
    private static int Group => 4 * Width;

    /// <summary>Whole groups, then whole vectors, then lane by lane.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static T Fold<TFunction>(ref T x, int count)
        where TFunction : struct, IFold<T>
    {
        var result = TFunction.Start;
        var i = 0;
        if (count >= Width)
        {
            var groups = count / Group;
            var a =
                groups == 0 ? Vector256.Create(TFunction.Start)
                : groups > FoldKernel.Block ? InHalves<TFunction>(ref x, groups)
                : InOrder<TFunction>(ref x, groups);
            for (i = groups * Group; i + Width <= count; i += Width)
                a = TFunction.Invoke(a, Vector256.LoadUnsafe(ref x, (nuint)i));
            for (var lane = 0; lane < Width; lane++)
                result = TFunction.Invoke(result, a[lane]);
        }
        for (; i < count; i++)
            result = TFunction.Invoke(result, Unsafe.Add(ref x, i));
        return result;
    }

    /// <summary>Groups folded to one vector, each half of more than a block on its own.</summary>
    private static Vector256<T> InHalves<TFunction>(ref T x, int groups)
        where TFunction : struct, IFold<T>
    {
        if (groups <= FoldKernel.Block)
            return InOrder<TFunction>(ref x, groups);
        var half = Halves.First(groups, FoldKernel.Block);
        return TFunction.Invoke(InHalves<TFunction>(ref x, half), InHalves<TFunction>(ref Unsafe.Add(ref x, half * Group), groups - half));
    }

    /// <summary>Groups folded to one vector, one after another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> InOrder<TFunction>(ref T x, int groups)
        where TFunction : struct, IFold<T>
    {
        var a = Vector256.LoadUnsafe(ref x);
        var b = Vector256.LoadUnsafe(ref x, (nuint)Width);
        var c = Vector256.LoadUnsafe(ref x, (nuint)(2 * Width));
        var d = Vector256.LoadUnsafe(ref x, (nuint)(3 * Width));
        for (var i = Group; i < groups * Group; i += Group)
        {
            a = TFunction.Invoke(a, Vector256.LoadUnsafe(ref x, (nuint)i));
            b = TFunction.Invoke(b, Vector256.LoadUnsafe(ref x, (nuint)(i + Width)));
            c = TFunction.Invoke(c, Vector256.LoadUnsafe(ref x, (nuint)(i + (2 * Width))));
            d = TFunction.Invoke(d, Vector256.LoadUnsafe(ref x, (nuint)(i + (3 * Width))));
        }
        return TFunction.Invoke(TFunction.Invoke(a, b), TFunction.Invoke(c, d));
    }

    /// <summary>As <see cref="FoldKernel{T}.Rows"/>: every other row, then the rows between folded on their own; fewer than 16 in order.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Rows<TFunction>(ref T x, nint step, int rows, ref T target, int columns)
        where TFunction : struct, IFold<T>
    {
        // Two chains for a column, so that neither's latency is waited for; few rows, and an odd one, stay in order.
        var half = rows < FewRows ? 0 : rows / 2;
        var pair = 2 * step;
        var start = Vector256.Create(TFunction.Start);
        var j = 0;
        for (; j + (2 * Group) <= columns; j += 2 * Group)
            Wide<TFunction>(ref Unsafe.Add(ref x, j), step, half, rows, ref Unsafe.Add(ref target, j));
        for (; j + Group <= columns; j += Group)
        {
            ref var to = ref Unsafe.Add(ref target, j);
            ref var from = ref Unsafe.Add(ref x, j);
            var (a, e) = (Vector256.LoadUnsafe(ref to), start);
            var (b, f) = (Vector256.LoadUnsafe(ref to, (nuint)Width), start);
            var (c, g) = (Vector256.LoadUnsafe(ref to, (nuint)(2 * Width)), start);
            var (d, h) = (Vector256.LoadUnsafe(ref to, (nuint)(3 * Width)), start);
            for (var i = 0; i < half; i++, from = ref Unsafe.Add(ref from, pair))
            {
                ref var other = ref Unsafe.Add(ref from, step);
                a = TFunction.Invoke(a, Vector256.LoadUnsafe(ref from));
                b = TFunction.Invoke(b, Vector256.LoadUnsafe(ref from, (nuint)Width));
                c = TFunction.Invoke(c, Vector256.LoadUnsafe(ref from, (nuint)(2 * Width)));
                d = TFunction.Invoke(d, Vector256.LoadUnsafe(ref from, (nuint)(3 * Width)));
                e = TFunction.Invoke(e, Vector256.LoadUnsafe(ref other));
                f = TFunction.Invoke(f, Vector256.LoadUnsafe(ref other, (nuint)Width));
                g = TFunction.Invoke(g, Vector256.LoadUnsafe(ref other, (nuint)(2 * Width)));
                h = TFunction.Invoke(h, Vector256.LoadUnsafe(ref other, (nuint)(3 * Width)));
            }
            for (var i = 2 * half; i < rows; i++, from = ref Unsafe.Add(ref from, step))
            {
                a = TFunction.Invoke(a, Vector256.LoadUnsafe(ref from));
                b = TFunction.Invoke(b, Vector256.LoadUnsafe(ref from, (nuint)Width));
                c = TFunction.Invoke(c, Vector256.LoadUnsafe(ref from, (nuint)(2 * Width)));
                d = TFunction.Invoke(d, Vector256.LoadUnsafe(ref from, (nuint)(3 * Width)));
            }
            TFunction.Invoke(a, e).StoreUnsafe(ref to);
            TFunction.Invoke(b, f).StoreUnsafe(ref to, (nuint)Width);
            TFunction.Invoke(c, g).StoreUnsafe(ref to, (nuint)(2 * Width));
            TFunction.Invoke(d, h).StoreUnsafe(ref to, (nuint)(3 * Width));
        }
        for (; j + Width <= columns; j += Width)
        {
            ref var from = ref Unsafe.Add(ref x, j);
            var (a, e) = (Vector256.LoadUnsafe(ref target, (nuint)j), start);
            for (var i = 0; i < half; i++, from = ref Unsafe.Add(ref from, pair))
            {
                a = TFunction.Invoke(a, Vector256.LoadUnsafe(ref from));
                e = TFunction.Invoke(e, Vector256.LoadUnsafe(ref Unsafe.Add(ref from, step)));
            }
            for (var i = 2 * half; i < rows; i++, from = ref Unsafe.Add(ref from, step))
                a = TFunction.Invoke(a, Vector256.LoadUnsafe(ref from));
            TFunction.Invoke(a, e).StoreUnsafe(ref target, (nuint)j);
        }
        for (; j < columns; j += Math.Min(4, columns - j))
            Rest<TFunction>(ref Unsafe.Add(ref x, j), step, rows, ref Unsafe.Add(ref target, j), Math.Min(4, columns - j));
    }

    /// <summary>As <see cref="FoldKernel{T}.Taps"/>.</summary>
    [MethodImpl(Compilation.Loop)]
    public static void Taps<TFunction>(ref T x, nint distance, int rows, ReadOnlySpan<int> taps, ref T target, int columns)
        where TFunction : struct, IFold<T>
    {
        for (nint row = 0; row < rows; row++)
        {
            ref var from = ref Unsafe.Add(ref x, row * distance);
            ref var to = ref Unsafe.Add(ref target, row * columns);
            nint j = 0;
            for (; j <= columns - Width; j += Width)
            {
                var result = Vector256.Create(TFunction.Start);
                foreach (var tap in taps)
                    result = TFunction.Invoke(result, Vector256.LoadUnsafe(ref Unsafe.Add(ref from, j + tap)));
                result.StoreUnsafe(ref to, (nuint)j);
            }
            for (; j < columns; j++)
            {
                var result = TFunction.Start;
                foreach (var tap in taps)
                    result = TFunction.Invoke(result, Unsafe.Add(ref from, j + tap));
                Unsafe.Add(ref to, j) = result;
            }
        }
    }

    /// <summary>Eight vectors of columns: their rows are read as they lie, from few pages at once.</summary>
    [MethodImpl(Compilation.Loop)]
    private static void Wide<TFunction>(ref T x, nint step, int half, int rows, ref T target)
        where TFunction : struct, IFold<T>
    {
        var start = Vector256.Create(TFunction.Start);
        var (p0, q0) = (Vector256.LoadUnsafe(ref target), start);
        var (p1, q1) = (Vector256.LoadUnsafe(ref target, (nuint)Width), start);
        var (p2, q2) = (Vector256.LoadUnsafe(ref target, (nuint)(2 * Width)), start);
        var (p3, q3) = (Vector256.LoadUnsafe(ref target, (nuint)(3 * Width)), start);
        var (p4, q4) = (Vector256.LoadUnsafe(ref target, (nuint)(4 * Width)), start);
        var (p5, q5) = (Vector256.LoadUnsafe(ref target, (nuint)(5 * Width)), start);
        var (p6, q6) = (Vector256.LoadUnsafe(ref target, (nuint)(6 * Width)), start);
        var (p7, q7) = (Vector256.LoadUnsafe(ref target, (nuint)(7 * Width)), start);
        for (var i = 0; i < half; i++, x = ref Unsafe.Add(ref x, 2 * step))
        {
            ref var other = ref Unsafe.Add(ref x, step);
            p0 = TFunction.Invoke(p0, Vector256.LoadUnsafe(ref x));
            p1 = TFunction.Invoke(p1, Vector256.LoadUnsafe(ref x, (nuint)Width));
            p2 = TFunction.Invoke(p2, Vector256.LoadUnsafe(ref x, (nuint)(2 * Width)));
            p3 = TFunction.Invoke(p3, Vector256.LoadUnsafe(ref x, (nuint)(3 * Width)));
            p4 = TFunction.Invoke(p4, Vector256.LoadUnsafe(ref x, (nuint)(4 * Width)));
            p5 = TFunction.Invoke(p5, Vector256.LoadUnsafe(ref x, (nuint)(5 * Width)));
            p6 = TFunction.Invoke(p6, Vector256.LoadUnsafe(ref x, (nuint)(6 * Width)));
            p7 = TFunction.Invoke(p7, Vector256.LoadUnsafe(ref x, (nuint)(7 * Width)));
            q0 = TFunction.Invoke(q0, Vector256.LoadUnsafe(ref other));
            q1 = TFunction.Invoke(q1, Vector256.LoadUnsafe(ref other, (nuint)Width));
            q2 = TFunction.Invoke(q2, Vector256.LoadUnsafe(ref other, (nuint)(2 * Width)));
            q3 = TFunction.Invoke(q3, Vector256.LoadUnsafe(ref other, (nuint)(3 * Width)));
            q4 = TFunction.Invoke(q4, Vector256.LoadUnsafe(ref other, (nuint)(4 * Width)));
            q5 = TFunction.Invoke(q5, Vector256.LoadUnsafe(ref other, (nuint)(5 * Width)));
            q6 = TFunction.Invoke(q6, Vector256.LoadUnsafe(ref other, (nuint)(6 * Width)));
            q7 = TFunction.Invoke(q7, Vector256.LoadUnsafe(ref other, (nuint)(7 * Width)));
        }
        for (var i = 2 * half; i < rows; i++, x = ref Unsafe.Add(ref x, step))
        {
            p0 = TFunction.Invoke(p0, Vector256.LoadUnsafe(ref x));
            p1 = TFunction.Invoke(p1, Vector256.LoadUnsafe(ref x, (nuint)Width));
            p2 = TFunction.Invoke(p2, Vector256.LoadUnsafe(ref x, (nuint)(2 * Width)));
            p3 = TFunction.Invoke(p3, Vector256.LoadUnsafe(ref x, (nuint)(3 * Width)));
            p4 = TFunction.Invoke(p4, Vector256.LoadUnsafe(ref x, (nuint)(4 * Width)));
            p5 = TFunction.Invoke(p5, Vector256.LoadUnsafe(ref x, (nuint)(5 * Width)));
            p6 = TFunction.Invoke(p6, Vector256.LoadUnsafe(ref x, (nuint)(6 * Width)));
            p7 = TFunction.Invoke(p7, Vector256.LoadUnsafe(ref x, (nuint)(7 * Width)));
        }
        TFunction.Invoke(p0, q0).StoreUnsafe(ref target);
        TFunction.Invoke(p1, q1).StoreUnsafe(ref target, (nuint)Width);
        TFunction.Invoke(p2, q2).StoreUnsafe(ref target, (nuint)(2 * Width));
        TFunction.Invoke(p3, q3).StoreUnsafe(ref target, (nuint)(3 * Width));
        TFunction.Invoke(p4, q4).StoreUnsafe(ref target, (nuint)(4 * Width));
        TFunction.Invoke(p5, q5).StoreUnsafe(ref target, (nuint)(5 * Width));
        TFunction.Invoke(p6, q6).StoreUnsafe(ref target, (nuint)(6 * Width));
        TFunction.Invoke(p7, q7).StoreUnsafe(ref target, (nuint)(7 * Width));
    }

    /// <summary>One to four columns at once, so that their chains of operations overlap; a missing column repeats the last.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Rest<TFunction>(ref T x, nint step, int rows, ref T target, int columns)
        where TFunction : struct, IFold<T>
    {
        var (second, third, fourth) = (Math.Min(1, columns - 1), Math.Min(2, columns - 1), columns - 1);
        var (a, b, c, d) = (target, Unsafe.Add(ref target, second), Unsafe.Add(ref target, third), Unsafe.Add(ref target, fourth));
        var (e, f, g, h) = (TFunction.Start, TFunction.Start, TFunction.Start, TFunction.Start);
        var half = rows < FewRows ? 0 : rows / 2;
        for (var i = 0; i < half; i++, x = ref Unsafe.Add(ref x, 2 * step))
        {
            ref var other = ref Unsafe.Add(ref x, step);
            a = TFunction.Invoke(a, x);
            b = TFunction.Invoke(b, Unsafe.Add(ref x, second));
            c = TFunction.Invoke(c, Unsafe.Add(ref x, third));
            d = TFunction.Invoke(d, Unsafe.Add(ref x, fourth));
            e = TFunction.Invoke(e, other);
            f = TFunction.Invoke(f, Unsafe.Add(ref other, second));
            g = TFunction.Invoke(g, Unsafe.Add(ref other, third));
            h = TFunction.Invoke(h, Unsafe.Add(ref other, fourth));
        }
        for (var i = 2 * half; i < rows; i++, x = ref Unsafe.Add(ref x, step))
        {
            a = TFunction.Invoke(a, x);
            b = TFunction.Invoke(b, Unsafe.Add(ref x, second));
            c = TFunction.Invoke(c, Unsafe.Add(ref x, third));
            d = TFunction.Invoke(d, Unsafe.Add(ref x, fourth));
        }
        target = TFunction.Invoke(a, e);
        Unsafe.Add(ref target, second) = TFunction.Invoke(b, f);
        Unsafe.Add(ref target, third) = TFunction.Invoke(c, g);
        Unsafe.Add(ref target, fourth) = TFunction.Invoke(d, h);
    }
}
