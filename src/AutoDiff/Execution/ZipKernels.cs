using System.Numerics;
using System.Runtime.Intrinsics;

namespace AutoDiff;

/// <summary>The elementwise functions of two arguments on spans: a row per member.</summary>
internal static class ZipKernels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Which operands are one number for all elements.</summary>
    public enum Form
    {
        Both,
        RightSingle,
        LeftSingle,
    }

    public static void Run(Binary function, Form form, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> target)
    {
        switch (function)
        {
            case Binary.Add:
                Apply<Add>(form, x, y, target);
                break;
            case Binary.Subtract:
                Apply<Subtract>(form, x, y, target);
                break;
            case Binary.Multiply:
                Apply<Multiply>(form, x, y, target);
                break;
            case Binary.Divide:
                Apply<Divide>(form, x, y, target);
                break;
            case Binary.Maximum:
                Apply<Maximum>(form, x, y, target);
                break;
            case Binary.Minimum:
                Apply<Minimum>(form, x, y, target);
                break;
            case Binary.Equal:
                Apply<Equal>(form, x, y, target);
                break;
            case Binary.NotEqual:
                Apply<NotEqual>(form, x, y, target);
                break;
            case Binary.Less:
                Apply<Less>(form, x, y, target);
                break;
            case Binary.LessOrEqual:
                Apply<LessOrEqual>(form, x, y, target);
                break;
            case Binary.Greater:
                Apply<Greater>(form, x, y, target);
                break;
            case Binary.GreaterOrEqual:
                Apply<GreaterOrEqual>(form, x, y, target);
                break;
            case Binary.Power:
                for (var i = 0; i < target.Length; i++)
                    target[i] = T.CreateTruncating(Math.Pow(Left(form, x, i), Right(form, y, i)));
                break;
            case Binary.Atan2:
                for (var i = 0; i < target.Length; i++)
                    target[i] = T.CreateTruncating(Math.Atan2(Left(form, x, i), Right(form, y, i)));
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static double Left(Form form, ReadOnlySpan<T> x, int i) => double.CreateTruncating(x[form == Form.LeftSingle ? 0 : i]);

    private static double Right(Form form, ReadOnlySpan<T> y, int i) => double.CreateTruncating(y[form == Form.RightSingle ? 0 : i]);

    private static void Apply<TFunction>(Form form, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> target)
        where TFunction : struct, ILanes<T>
    {
        if (form == Form.Both)
            Lanes.Zip<T, TFunction>(x, y, target);
        else if (form == Form.RightSingle)
            Lanes.ZipRight<T, TFunction>(x, y[0], target);
        else
            Lanes.ZipLeft<T, TFunction>(x[0], y, target);
    }

    private readonly struct Add : ILanes<T>
    {
        public static Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => x + y;
    }

    private readonly struct Subtract : ILanes<T>
    {
        public static Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => x - y;
    }

    private readonly struct Multiply : ILanes<T>
    {
        public static Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => x * y;
    }

    private readonly struct Divide : ILanes<T>
    {
        public static Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => x / y;
    }

    private readonly struct Maximum : ILanes<T>
    {
        public static Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => Vector512.Max(x, y);
    }

    private readonly struct Minimum : ILanes<T>
    {
        public static Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => Vector512.Min(x, y);
    }

    private readonly struct Equal : ILanes<T>
    {
        public static Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => Vector512.Equals(x, y) & Vector512<T>.One;
    }

    private readonly struct NotEqual : ILanes<T>
    {
        public static Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => Vector512.AndNot(Vector512<T>.One, Vector512.Equals(x, y));
    }

    private readonly struct Less : ILanes<T>
    {
        public static Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => Vector512.LessThan(x, y) & Vector512<T>.One;
    }

    private readonly struct LessOrEqual : ILanes<T>
    {
        public static Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => Vector512.LessThanOrEqual(x, y) & Vector512<T>.One;
    }

    private readonly struct Greater : ILanes<T>
    {
        public static Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => Vector512.GreaterThan(x, y) & Vector512<T>.One;
    }

    private readonly struct GreaterOrEqual : ILanes<T>
    {
        public static Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => Vector512.GreaterThanOrEqual(x, y) & Vector512<T>.One;
    }
}
