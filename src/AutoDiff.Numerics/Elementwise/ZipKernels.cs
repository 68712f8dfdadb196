using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>The elementwise functions of two arguments: a row per member.</summary>
internal static class ZipKernels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>Which operands are one number for all elements.</summary>
    public enum Form
    {
        Both,
        RightSingle,
        LeftSingle,
    }

    /// <summary>target[i] = f(x[i], y[i]) for <paramref name="count"/> elements; the target may be an operand.</summary>
    public static void Run(Binary function, Form form, ref T x, ref T y, ref T target, int count)
    {
        switch (function)
        {
            case Binary.Add:
                Apply<Add>(form, ref x, ref y, ref target, count);
                break;
            case Binary.Subtract:
                Apply<Subtract>(form, ref x, ref y, ref target, count);
                break;
            case Binary.Multiply:
                Apply<Multiply>(form, ref x, ref y, ref target, count);
                break;
            case Binary.Divide:
                Apply<Divide>(form, ref x, ref y, ref target, count);
                break;
            case Binary.Maximum:
                Apply<Maximum>(form, ref x, ref y, ref target, count);
                break;
            case Binary.Minimum:
                Apply<Minimum>(form, ref x, ref y, ref target, count);
                break;
            case Binary.Equal:
                Apply<Equal>(form, ref x, ref y, ref target, count);
                break;
            case Binary.NotEqual:
                Apply<NotEqual>(form, ref x, ref y, ref target, count);
                break;
            case Binary.Less:
                Apply<Less>(form, ref x, ref y, ref target, count);
                break;
            case Binary.LessOrEqual:
                Apply<LessOrEqual>(form, ref x, ref y, ref target, count);
                break;
            case Binary.Greater:
                Apply<Greater>(form, ref x, ref y, ref target, count);
                break;
            case Binary.GreaterOrEqual:
                Apply<GreaterOrEqual>(form, ref x, ref y, ref target, count);
                break;
            case Binary.Power:
                if (typeof(T) == typeof(double))
                    Long<double, Powers.Power>(form, ref x, ref y, ref target, count);
                else
                    Long<float, SinglePowers.Power>(form, ref x, ref y, ref target, count);
                break;
            case Binary.Atan2:
                Scalars(Math.Atan2, form, ref x, ref y, ref target, count);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static void Apply<TFunction>(Form form, ref T x, ref T y, ref T target, int count)
        where TFunction : struct, IZip<T>
    {
        if (form == Form.Both)
            Lanes.Zip<T, Forms.Both, TFunction>(ref x, ref y, ref target, count);
        else if (form == Form.RightSingle)
            Lanes.Zip<T, Forms.Right, TFunction>(ref x, ref y, ref target, count);
        else
            Lanes.Zip<T, Forms.Left, TFunction>(ref x, ref y, ref target, count);
    }

    private static void Long<TReal, TFunction>(Form form, ref T x, ref T y, ref T target, int count)
        where TReal : unmanaged, IBinaryFloatingPointIeee754<TReal>
        where TFunction : struct, IZip<TReal>
    {
        ref var left = ref Unsafe.As<T, TReal>(ref x);
        ref var right = ref Unsafe.As<T, TReal>(ref y);
        ref var results = ref Unsafe.As<T, TReal>(ref target);
        if (form == Form.Both)
            Lanes.ZipLong<TReal, Forms.Both, TFunction>(ref left, ref right, ref results, count);
        else if (form == Form.RightSingle)
            Lanes.ZipLong<TReal, Forms.Right, TFunction>(ref left, ref right, ref results, count);
        else
            Lanes.ZipLong<TReal, Forms.Left, TFunction>(ref left, ref right, ref results, count);
    }

    private static void Scalars(Func<double, double, double> function, Form form, ref T x, ref T y, ref T target, int count)
    {
        var (left, right) = (double.CreateTruncating(x), double.CreateTruncating(y));
        for (var i = 0; i < count; i++)
        {
            if (form != Form.LeftSingle)
                left = double.CreateTruncating(Unsafe.Add(ref x, i));
            if (form != Form.RightSingle)
                right = double.CreateTruncating(Unsafe.Add(ref y, i));
            Unsafe.Add(ref target, i) = T.CreateTruncating(function(left, right));
        }
    }

    internal readonly struct Add : IZip<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
            where TPacked : struct, IPacked<TPacked, T> => x + y;
    }

    internal readonly struct Subtract : IZip<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
            where TPacked : struct, IPacked<TPacked, T> => x - y;
    }

    internal readonly struct Multiply : IZip<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
            where TPacked : struct, IPacked<TPacked, T> => x * y;
    }

    internal readonly struct Divide : IZip<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
            where TPacked : struct, IPacked<TPacked, T> => x / y;
    }

    private readonly struct Maximum : IZip<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
            where TPacked : struct, IPacked<TPacked, T> => TPacked.Max(x, y);
    }

    private readonly struct Minimum : IZip<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
            where TPacked : struct, IPacked<TPacked, T> => TPacked.Min(x, y);
    }

    private readonly struct Equal : IZip<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
            where TPacked : struct, IPacked<TPacked, T> => TPacked.IsEqual(x, y) & TPacked.Of(T.One);
    }

    private readonly struct NotEqual : IZip<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
            where TPacked : struct, IPacked<TPacked, T> => ~TPacked.IsEqual(x, y) & TPacked.Of(T.One);
    }

    private readonly struct Less : IZip<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
            where TPacked : struct, IPacked<TPacked, T> => TPacked.IsLess(x, y) & TPacked.Of(T.One);
    }

    private readonly struct LessOrEqual : IZip<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
            where TPacked : struct, IPacked<TPacked, T> => TPacked.IsLessOrEqual(x, y) & TPacked.Of(T.One);
    }

    private readonly struct Greater : IZip<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
            where TPacked : struct, IPacked<TPacked, T> => TPacked.IsLess(y, x) & TPacked.Of(T.One);
    }

    private readonly struct GreaterOrEqual : IZip<T>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
            where TPacked : struct, IPacked<TPacked, T> => TPacked.IsLessOrEqual(y, x) & TPacked.Of(T.One);
    }
}
