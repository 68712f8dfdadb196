using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>The elementwise functions of one argument: a row for each that has a vector kernel; any other runs number by number.</summary>
internal static class MapKernels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
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
                Real<Exponentials.Exp, SingleExponentials.Exp>(ref x, ref target, count);
                break;
            case Unary.Expm1:
                Real<Exponentials.Expm1, SingleExponentials.Expm1>(ref x, ref target, count);
                break;
            case Unary.Sigmoid:
                Real<Exponentials.Sigmoid, SingleExponentials.Sigmoid>(ref x, ref target, count);
                break;
            case Unary.Tanh:
                Real<Exponentials.Tanh, SingleExponentials.Tanh>(ref x, ref target, count);
                break;
            case Unary.SechSquared:
                Real<Exponentials.SechSquared, SingleExponentials.SechSquared>(ref x, ref target, count);
                break;
            case Unary.Log:
                Real<Logarithms.Log, SingleLogarithms.Log>(ref x, ref target, count);
                break;
            case Unary.Log1p:
                Real<Logarithms.Log1p, SingleLogarithms.Log1p>(ref x, ref target, count);
                break;
            case Unary.Softplus:
                Real<Logarithms.Softplus, SingleLogarithms.Softplus>(ref x, ref target, count);
                break;
            case Unary.Sin:
                Real<Trigonometric.Sin, SingleTrigonometric.Sin>(ref x, ref target, count);
                break;
            case Unary.Cos:
                Real<Trigonometric.Cos, SingleTrigonometric.Cos>(ref x, ref target, count);
                break;
            case Unary.Tan:
                Real<Trigonometric.Tan, Widened<Trigonometric.Tan>>(ref x, ref target, count);
                break;
            case Unary.Asin:
                Real<InverseTrigonometric.Asin, Widened<InverseTrigonometric.Asin>>(ref x, ref target, count);
                break;
            case Unary.Acos:
                Real<InverseTrigonometric.Acos, Widened<InverseTrigonometric.Acos>>(ref x, ref target, count);
                break;
            case Unary.Atan:
                Real<InverseTrigonometric.Atan, Widened<InverseTrigonometric.Atan>>(ref x, ref target, count);
                break;
            case Unary.Sinh:
                Real<Hyperbolic.Sinh, Widened<Hyperbolic.Sinh>>(ref x, ref target, count);
                break;
            case Unary.Cosh:
                Real<Hyperbolic.Cosh, Widened<Hyperbolic.Cosh>>(ref x, ref target, count);
                break;
            case Unary.Erf:
                Real<ErrorFunctions.Erf, SingleErrorFunctions.Erf>(ref x, ref target, count);
                break;
            case Unary.Erfc:
                Real<ErrorFunctions.Erfc, Widened<ErrorFunctions.Erfc>>(ref x, ref target, count);
                break;
            case Unary.NormalCdf:
                Real<ErrorFunctions.NormalCdf, Widened<ErrorFunctions.NormalCdf>>(ref x, ref target, count);
                break;
            default:
                Scalars(ScalarFunctions.Of(function), ref x, ref target, count);
                break;
        }
    }

    private static void Scalars(Func<double, double> function, ref T x, ref T target, int count)
    {
        for (var i = 0; i < count; i++)
            Unsafe.Add(ref target, i) = T.CreateTruncating(function(double.CreateTruncating(Unsafe.Add(ref x, i))));
    }

    private static void Real<TDouble, TSingle>(ref T x, ref T target, int count)
        where TDouble : struct, IMap<double>
        where TSingle : struct, IMap<float>
    {
        if (typeof(T) == typeof(double))
            MapLoops.Map<double, TDouble>(ref Unsafe.As<T, double>(ref x), ref Unsafe.As<T, double>(ref target), count);
        else
            MapLoops.Map<float, TSingle>(ref Unsafe.As<T, float>(ref x), ref Unsafe.As<T, float>(ref target), count);
    }
}
