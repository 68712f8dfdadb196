using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Numerics;

/// <summary>A function of two numbers, on all lanes of registers of any width.</summary>
internal interface IZip<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static abstract TPacked Invoke<TPacked>(TPacked x, TPacked y)
        where TPacked : struct, IPacked<TPacked, T>;
}

/// <summary>The loops over two and three operands. A lane's result depends on its own operands only, so it is the same wherever a tile ends.</summary>
internal static class Lanes
{
    /// <summary>target[i] = f(x[i], y[i]), where a single operand stands for all its elements; the target may be either operand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Zip<T, TForm, TFunction>(ref T x, ref T y, ref T target, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TForm : struct, IForm
        where TFunction : struct, IZip<T>
    {
        if (Vector512.IsHardwareAccelerated)
            Zip<Packed512<T>, T, TForm, TFunction>(ref x, ref y, ref target, count);
        else
            Zip<Packed256<T>, T, TForm, TFunction>(ref x, ref y, ref target, count);
    }

    /// <summary>target[i] = condition[i] ≠ 0 ? whenTrue[i] : whenFalse[i]; the target may be any operand.</summary>
    public static void Select<T>(ref T condition, ref T whenTrue, ref T whenFalse, ref T target, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Vector512.IsHardwareAccelerated)
            Select<Packed512<T>, T>(ref condition, ref whenTrue, ref whenFalse, ref target, count);
        else
            Select<Packed256<T>, T>(ref condition, ref whenTrue, ref whenFalse, ref target, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Zip<TPacked, T, TForm, TFunction>(ref T x, ref T y, ref T target, int count)
        where TPacked : struct, IPacked<TPacked, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TForm : struct, IForm
        where TFunction : struct, IZip<T>
    {
        nuint i = 0,
            width = (nuint)TPacked.Count,
            whole = (nuint)count & ~(width - 1);
        var left = TForm.LeftSingle ? TPacked.Of(x) : default;
        var right = TForm.RightSingle ? TPacked.Of(y) : default;
        for (; i + (4 * width) <= whole; i += 4 * width)
        {
            // All four read before any is written: the loads need not wait for stores to prove distinct.
            var a = Apply<TPacked, T, TForm, TFunction>(ref x, left, ref y, right, i);
            var b = Apply<TPacked, T, TForm, TFunction>(ref x, left, ref y, right, i + width);
            var c = Apply<TPacked, T, TForm, TFunction>(ref x, left, ref y, right, i + (2 * width));
            var d = Apply<TPacked, T, TForm, TFunction>(ref x, left, ref y, right, i + (3 * width));
            TPacked.Store(a, ref target, i);
            TPacked.Store(b, ref target, i + width);
            TPacked.Store(c, ref target, i + (2 * width));
            TPacked.Store(d, ref target, i + (3 * width));
        }
        for (; i < whole; i += width)
            TPacked.Store(Apply<TPacked, T, TForm, TFunction>(ref x, left, ref y, right, i), ref target, i);
        var rest = count - (int)whole;
        if (rest == 0)
            return;
        if (!TForm.LeftSingle)
            left = TPacked.LoadPart(ref Unsafe.Add(ref x, i), rest);
        if (!TForm.RightSingle)
            right = TPacked.LoadPart(ref Unsafe.Add(ref y, i), rest);
        TPacked.StorePart(TFunction.Invoke(left, right), ref Unsafe.Add(ref target, i), rest);
    }

    /// <summary>The same for a function of many instructions: one copy of its body, for whole and partial registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ZipLong<T, TForm, TFunction>(ref T x, ref T y, ref T target, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TForm : struct, IForm
        where TFunction : struct, IZip<T>
    {
        if (Vector512.IsHardwareAccelerated)
            ZipLong<Packed512<T>, T, TForm, TFunction>(ref x, ref y, ref target, count);
        else
            ZipLong<Packed256<T>, T, TForm, TFunction>(ref x, ref y, ref target, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void ZipLong<TPacked, T, TForm, TFunction>(ref T x, ref T y, ref T target, int count)
        where TPacked : struct, IPacked<TPacked, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TForm : struct, IForm
        where TFunction : struct, IZip<T>
    {
        var singleLeft = TForm.LeftSingle ? TPacked.Of(x) : default;
        var singleRight = TForm.RightSingle ? TPacked.Of(y) : default;
        while (count > 0)
        {
            var whole = count >= TPacked.Count;
            var left =
                TForm.LeftSingle ? singleLeft
                : whole ? TPacked.Load(ref x, 0)
                : TPacked.LoadPart(ref x, count);
            var right =
                TForm.RightSingle ? singleRight
                : whole ? TPacked.Load(ref y, 0)
                : TPacked.LoadPart(ref y, count);
            var result = TFunction.Invoke(left, right);
            if (!whole)
            {
                TPacked.StorePart(result, ref target, count);
                return;
            }
            TPacked.Store(result, ref target, 0);
            if (!TForm.LeftSingle)
                x = ref Unsafe.Add(ref x, TPacked.Count);
            if (!TForm.RightSingle)
                y = ref Unsafe.Add(ref y, TPacked.Count);
            target = ref Unsafe.Add(ref target, TPacked.Count);
            count -= TPacked.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TPacked Apply<TPacked, T, TForm, TFunction>(ref T x, TPacked left, ref T y, TPacked right, nuint i)
        where TPacked : struct, IPacked<TPacked, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TForm : struct, IForm
        where TFunction : struct, IZip<T> =>
        TFunction.Invoke(TForm.LeftSingle ? left : TPacked.Load(ref x, i), TForm.RightSingle ? right : TPacked.Load(ref y, i));

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Select<TPacked, T>(ref T condition, ref T whenTrue, ref T whenFalse, ref T target, int count)
        where TPacked : struct, IPacked<TPacked, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nuint i = 0,
            width = (nuint)TPacked.Count,
            whole = (nuint)count & ~(width - 1);
        for (; i < whole; i += width)
            TPacked.Store(
                Choose<TPacked, T>(TPacked.Load(ref condition, i), TPacked.Load(ref whenTrue, i), TPacked.Load(ref whenFalse, i)),
                ref target,
                i
            );
        var rest = count - (int)whole;
        if (rest == 0)
            return;
        TPacked.StorePart(
            Choose<TPacked, T>(
                TPacked.LoadPart(ref Unsafe.Add(ref condition, i), rest),
                TPacked.LoadPart(ref Unsafe.Add(ref whenTrue, i), rest),
                TPacked.LoadPart(ref Unsafe.Add(ref whenFalse, i), rest)
            ),
            ref Unsafe.Add(ref target, i),
            rest
        );
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TPacked Choose<TPacked, T>(TPacked condition, TPacked whenTrue, TPacked whenFalse)
        where TPacked : struct, IPacked<TPacked, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        TPacked.Select(TPacked.IsEqual(condition, TPacked.Of(T.Zero)), whenFalse, whenTrue);
}
