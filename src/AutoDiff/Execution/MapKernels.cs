using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff;

/// <summary>The elementwise functions of one argument: a row for each that has a vector kernel; the rest run number by number.</summary>
internal static class MapKernels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly Func<double, double>[] Functions = [.. Enum.GetValues<Unary>().Select(ScalarFunctions.Of)];

    /// <summary>target[i] = f(x[i]) for <paramref name="count"/> elements; the target may be the operand.</summary>
    public static void Run(Unary function, ref T x, ref T target, int count)
    {
        switch (function)
        {
            case Unary.Identity or Unary.StopGradient:
                Unsafe.CopyBlockUnaligned(
                    ref Unsafe.As<T, byte>(ref target),
                    ref Unsafe.As<T, byte>(ref x),
                    (uint)count * (uint)Unsafe.SizeOf<T>()
                );
                break;
            case Unary.Negate:
                MapLoops.Map<T, Arithmetic<T>.Negate>(ref x, ref target, count);
                break;
            case Unary.Abs:
                MapLoops.Map<T, Arithmetic<T>.Abs>(ref x, ref target, count);
                break;
            case Unary.Sign:
                MapLoops.Map<T, Arithmetic<T>.Sign>(ref x, ref target, count);
                break;
            case Unary.Square:
                MapLoops.Map<T, Arithmetic<T>.Square>(ref x, ref target, count);
                break;
            case Unary.Sqrt:
                MapLoops.Map<T, Arithmetic<T>.Sqrt>(ref x, ref target, count);
                break;
            case Unary.Reciprocal:
                MapLoops.Map<T, Arithmetic<T>.Reciprocal>(ref x, ref target, count);
                break;
            case Unary.Relu:
                MapLoops.Map<T, Arithmetic<T>.Relu>(ref x, ref target, count);
                break;
            case Unary.Floor:
                MapLoops.Map<T, Arithmetic<T>.Floor>(ref x, ref target, count);
                break;
            case Unary.Round:
                MapLoops.Map<T, Arithmetic<T>.Round>(ref x, ref target, count);
                break;
            case Unary.Exp:
                Real<Exponentials.Exp>(ref x, ref target, count);
                break;
            case Unary.Expm1:
                Real<Exponentials.Expm1>(ref x, ref target, count);
                break;
            case Unary.Log:
                Real<Logarithms.Log>(ref x, ref target, count);
                break;
            case Unary.Log1p:
                Real<Logarithms.Log1p>(ref x, ref target, count);
                break;
            case Unary.Tanh:
                Real<Exponentials.Tanh>(ref x, ref target, count);
                break;
            case Unary.Sigmoid:
                Real<Exponentials.Sigmoid>(ref x, ref target, count);
                break;
            case Unary.Softplus:
                Real<Logarithms.Softplus>(ref x, ref target, count);
                break;
            default:
                Scalars(Functions[(int)function], ref x, ref target, count);
                break;
        }
    }

    private static void Real<TFunction>(ref T x, ref T target, int count)
        where TFunction : struct, IMap<double>
    {
        if (typeof(T) == typeof(double))
            MapLoops.Map<double, TFunction>(ref Unsafe.As<T, double>(ref x), ref Unsafe.As<T, double>(ref target), count);
        else
            MapLoops.Map<float, Widened<TFunction>>(ref Unsafe.As<T, float>(ref x), ref Unsafe.As<T, float>(ref target), count);
    }

    private static void Scalars(Func<double, double> function, ref T x, ref T target, int count)
    {
        for (var i = 0; i < count; i++)
            Unsafe.Add(ref target, i) = T.CreateTruncating(function(double.CreateTruncating(Unsafe.Add(ref x, i))));
    }
}
