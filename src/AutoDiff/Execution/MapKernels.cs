using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiff;

/// <summary>The elementwise functions of one argument on spans: a row for each that has a vector kernel; the rest run number by number.</summary>
internal static class MapKernels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly Func<double, double>[] Functions = [.. Enum.GetValues<Unary>().Select(ScalarFunctions.Of)];

    public static void Run(Unary function, ReadOnlySpan<T> x, Span<T> target)
    {
        switch (function)
        {
            // Correctly rounded by IEEE 754, so a library's vector body and remainder agree.
            case Unary.Identity or Unary.StopGradient:
                x.CopyTo(target);
                break;
            case Unary.Negate:
                TensorPrimitives.Negate(x, target);
                break;
            case Unary.Abs:
                TensorPrimitives.Abs(x, target);
                break;
            case Unary.Square:
                Lanes.Zip<T, Product>(x, x, target);
                break;
            case Unary.Sqrt:
                TensorPrimitives.Sqrt(x, target);
                break;
            case Unary.Reciprocal:
                Lanes.ZipLeft<T, Quotient>(T.One, x, target);
                break;
            case Unary.Relu:
                Lanes.ZipRight<T, Larger>(x, T.Zero, target);
                break;
            case Unary.Floor:
                TensorPrimitives.Floor(x, target);
                break;
            case Unary.Round:
                TensorPrimitives.Round(x, MidpointRounding.ToEven, target);
                break;
            case Unary.Exp:
                MapLoops.Vectors<T, Exp>(x, target);
                break;
            case Unary.Expm1:
                MapLoops.Vectors<T, Expm1>(x, target);
                break;
            case Unary.Log:
                MapLoops.Vectors<T, Log>(x, target);
                break;
            case Unary.Log1p:
                MapLoops.Vectors<T, Log1p>(x, target);
                break;
            case Unary.Tanh:
                MapLoops.Vectors<T, Tanh>(x, target);
                break;
            case Unary.Sigmoid:
                MapLoops.Vectors<T, Sigmoid>(x, target);
                break;
            case Unary.Softplus:
                MapLoops.Vectors<T, Softplus>(x, target);
                break;
            default:
                MapLoops.Scalars(Functions[(int)function], x, target);
                break;
        }
    }

    private readonly struct Product : ILanes<T>
    {
        public static Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => x * y;
    }

    private readonly struct Quotient : ILanes<T>
    {
        public static Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => x / y;
    }

    private readonly struct Larger : ILanes<T>
    {
        public static Vector512<T> Invoke(Vector512<T> x, Vector512<T> y) => Vector512.Max(x, y);
    }

    private readonly struct Exp : IRealFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Invoke(Vector512<double> x) => VectorMath.Exp(x);
    }

    private readonly struct Expm1 : IRealFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Invoke(Vector512<double> x) => VectorMath.Expm1(x);
    }

    private readonly struct Log : IRealFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Invoke(Vector512<double> x) => VectorMath.Log(x);
    }

    private readonly struct Log1p : IRealFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Invoke(Vector512<double> x) => VectorMath.Log1p(x);
    }

    private readonly struct Tanh : IRealFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Invoke(Vector512<double> x) => VectorMath.Tanh(x);
    }

    private readonly struct Sigmoid : IRealFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Invoke(Vector512<double> x) => VectorMath.Sigmoid(x);
    }

    private readonly struct Softplus : IRealFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Invoke(Vector512<double> x) => VectorMath.Softplus(x);
    }
}
