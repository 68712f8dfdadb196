using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Numerics;

/// <summary>An operand of many: its first element, which may stand for all.</summary>
/// <param name="first">The first element; the others follow it, unless it stands for all.</param>
/// <param name="isSingle">Whether it stands for all.</param>
/// <typeparam name="T">Double or float.</typeparam>
public readonly ref struct Operand<T>(ref T first, bool isSingle)
{
    internal readonly ref T First = ref first;

    /// <summary>Whether the first element stands for all.</summary>
    public bool IsSingle { get; } = isSingle;

    /// <summary>Turns an index into that of the operand's element.</summary>
    internal nuint Mask => IsSingle ? 0 : nuint.MaxValue;
}

/// <summary>Two functions of two numbers in one pass over three operands; <see cref="Pairs"/> has them.</summary>
/// <typeparam name="T">Double or float.</typeparam>
public abstract class PairKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private protected PairKernel() { }

    /// <summary>target[i] = second(first(x[i], y[i]), z[i]), or with the second's operands the other way round, for <paramref name="count"/> numbers, which is not checked; the target may be an operand.</summary>
    public abstract void Run(in Operand<T> x, in Operand<T> y, in Operand<T> z, ref T target, int count);
}

internal sealed class PairLoop<T, TFirst, TSecond> : PairKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TFirst : struct, IZip<T>
    where TSecond : struct, IZip<T>
{
    public override void Run(in Operand<T> x, in Operand<T> y, in Operand<T> z, ref T target, int count)
    {
        if (Vector512.IsHardwareAccelerated)
            PairLoops.Run<Packed512<T>, T, TFirst, TSecond>(in x, in y, in z, ref target, count);
        else
            PairLoops.Run<Packed256<T>, T, TFirst, TSecond>(in x, in y, in z, ref target, count);
    }
}

internal static class PairLoops
{
    [MethodImpl(Compilation.Loop)]
    public static void Run<TPacked, T, TFirst, TSecond>(
        in Operand<T> left,
        in Operand<T> right,
        in Operand<T> other,
        ref T target,
        int count
    )
        where TPacked : struct, IPacked<TPacked, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFirst : struct, IZip<T>
        where TSecond : struct, IZip<T>
    {
        // A single number is read again and again from a register's worth of copies of it.
        var (leftCopies, rightCopies, otherCopies) = (TPacked.Of(left.First), TPacked.Of(right.First), TPacked.Of(other.First));
        ref var x = ref left.IsSingle ? ref Unsafe.As<TPacked, T>(ref leftCopies) : ref left.First;
        ref var y = ref right.IsSingle ? ref Unsafe.As<TPacked, T>(ref rightCopies) : ref right.First;
        ref var z = ref other.IsSingle ? ref Unsafe.As<TPacked, T>(ref otherCopies) : ref other.First;
        var (xs, ys, zs) = (left.Mask, right.Mask, other.Mask);
        nuint i = 0,
            width = (nuint)TPacked.Count,
            whole = (nuint)count & ~(width - 1);
        for (; i + (2 * width) <= whole; i += 2 * width)
        {
            var j = i + width;
            var a = TFirst.Invoke(TPacked.Load(ref x, i & xs), TPacked.Load(ref y, i & ys));
            var b = TFirst.Invoke(TPacked.Load(ref x, j & xs), TPacked.Load(ref y, j & ys));
            a = TSecond.Invoke(a, TPacked.Load(ref z, i & zs));
            b = TSecond.Invoke(b, TPacked.Load(ref z, j & zs));
            TPacked.Store(a, ref target, i);
            TPacked.Store(b, ref target, j);
        }
        for (; i < whole; i += width)
            TPacked.Store(
                TSecond.Invoke(TFirst.Invoke(TPacked.Load(ref x, i & xs), TPacked.Load(ref y, i & ys)), TPacked.Load(ref z, i & zs)),
                ref target,
                i
            );
        var rest = count - (int)whole;
        if (rest > 0)
        {
            var p = TFirst.Invoke(
                TPacked.LoadPart(ref Unsafe.Add(ref x, i & xs), rest),
                TPacked.LoadPart(ref Unsafe.Add(ref y, i & ys), rest)
            );
            p = TSecond.Invoke(p, TPacked.LoadPart(ref Unsafe.Add(ref z, i & zs), rest));
            TPacked.StorePart(p, ref Unsafe.Add(ref target, i), rest);
        }
    }
}

internal readonly struct Reversed<T, TFunction> : IZip<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TFunction : struct, IZip<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
        where TPacked : struct, IPacked<TPacked, T> => TFunction.Invoke(y, x);
}
