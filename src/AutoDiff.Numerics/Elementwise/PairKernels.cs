using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Numerics;

/// <summary>Two arithmetic operations in one pass, (x ∘ y) ∘ z or z ∘ (x ∘ y), each rounded as if alone: a row per pair.</summary>
internal static class PairKernels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>Whether a function may come first.</summary>
    public static bool IsFirst(Binary function) => function is Binary.Add or Binary.Subtract or Binary.Multiply;

    /// <summary>Whether a function may come second.</summary>
    public static bool IsSecond(Binary function) => IsFirst(function) || function is Binary.Divide;

    /// <summary>Runs the pair on <paramref name="count"/> elements; the target may be an operand.</summary>
    public static void Run(Binary first, Binary second, bool reversed, in Operand x, in Operand y, in Operand z, ref T target, int count)
    {
        switch (first)
        {
            case Binary.Add:
                Second<ZipKernels<T>.Add>(second, reversed, in x, in y, in z, ref target, count);
                break;
            case Binary.Subtract:
                Second<ZipKernels<T>.Subtract>(second, reversed, in x, in y, in z, ref target, count);
                break;
            default:
                Second<ZipKernels<T>.Multiply>(second, reversed, in x, in y, in z, ref target, count);
                break;
        }
    }

    private static void Second<TFirst>(Binary second, bool reversed, in Operand x, in Operand y, in Operand z, ref T target, int count)
        where TFirst : struct, IZip<T>
    {
        switch (second, reversed)
        {
            case (Binary.Add, _):
                Run<TFirst, ZipKernels<T>.Add>(in x, in y, in z, ref target, count);
                break;
            case (Binary.Multiply, _):
                Run<TFirst, ZipKernels<T>.Multiply>(in x, in y, in z, ref target, count);
                break;
            case (Binary.Subtract, false):
                Run<TFirst, ZipKernels<T>.Subtract>(in x, in y, in z, ref target, count);
                break;
            case (Binary.Subtract, true):
                Run<TFirst, Reversed<ZipKernels<T>.Subtract>>(in x, in y, in z, ref target, count);
                break;
            case (Binary.Divide, false):
                Run<TFirst, ZipKernels<T>.Divide>(in x, in y, in z, ref target, count);
                break;
            case (Binary.Divide, true):
                Run<TFirst, Reversed<ZipKernels<T>.Divide>>(in x, in y, in z, ref target, count);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static void Run<TFirst, TSecond>(in Operand x, in Operand y, in Operand z, ref T target, int count)
        where TFirst : struct, IZip<T>
        where TSecond : struct, IZip<T>
    {
        if (Vector512.IsHardwareAccelerated)
            Run<Packed512<T>, TFirst, TSecond>(in x, in y, in z, ref target, count);
        else
            Run<Packed256<T>, TFirst, TSecond>(in x, in y, in z, ref target, count);
    }

    [MethodImpl(Compilation.Loop)]
    internal static void Run<TPacked, TFirst, TSecond>(in Operand left, in Operand right, in Operand other, ref T target, int count)
        where TPacked : struct, IPacked<TPacked, T>
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

    /// <summary>An operand: its first element, which may stand for all.</summary>
    public readonly ref struct Operand(ref T first, bool isSingle)
    {
        public readonly ref T First = ref first;

        public bool IsSingle { get; } = isSingle;

        /// <summary>Turns an index into that of the operand's element.</summary>
        public nuint Mask => IsSingle ? 0 : nuint.MaxValue;
    }

    private readonly struct Reversed<TFunction> : IZip<T>
        where TFunction : struct, IZip<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
            where TPacked : struct, IPacked<TPacked, T> => TFunction.Invoke(y, x);
    }
}
