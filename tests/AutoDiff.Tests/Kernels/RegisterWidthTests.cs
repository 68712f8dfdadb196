using System.Numerics;
using AutoDiff.Tests.Execution;

namespace AutoDiff.Tests.Kernels;

public sealed class RegisterWidthTests
{
    [Fact]
    public void A_function_has_the_same_bits_at_every_width()
    {
        Same<double, Exponentials.Exp>();
        Same<double, Exponentials.Expm1>();
        Same<double, Exponentials.Sigmoid>();
        Same<double, Exponentials.Tanh>();
        Same<double, Logarithms.Log>();
        Same<double, Logarithms.Log1p>();
        Same<double, Logarithms.Softplus>();
        Same<double, Trigonometric.Sin>();
        Same<double, Trigonometric.Cos>();
        Same<double, Trigonometric.Tan>();
        Same<double, InverseTrigonometric.Asin>();
        Same<double, InverseTrigonometric.Acos>();
        Same<double, InverseTrigonometric.Atan>();
        Same<double, Hyperbolic.Sinh>();
        Same<double, Hyperbolic.Cosh>();
        Same<double, ErrorFunctions.Erf>();
        Same<double, ErrorFunctions.Erfc>();
        Same<float, SingleExponentials.Exp>();
        Same<float, SingleExponentials.Expm1>();
        Same<float, SingleExponentials.Sigmoid>();
        Same<float, SingleExponentials.Tanh>();
        Same<float, SingleLogarithms.Log>();
        Same<float, SingleLogarithms.Log1p>();
        Same<float, SingleLogarithms.Softplus>();
        Same<float, SingleTrigonometric.Sin>();
        Same<float, SingleTrigonometric.Cos>();
        Same<float, SingleErrorFunctions.Erf>();
        Same<float, Widened<ErrorFunctions.Erfc>>();
        Arithmetic<double>();
        Arithmetic<float>();
    }

    private static void Arithmetic<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Same<T, Arithmetic<T>.Negate>();
        Same<T, Arithmetic<T>.Abs>();
        Same<T, Arithmetic<T>.Sign>();
        Same<T, Arithmetic<T>.Square>();
        Same<T, Arithmetic<T>.Sqrt>();
        Same<T, Arithmetic<T>.Reciprocal>();
        Same<T, Arithmetic<T>.Relu>();
        Same<T, Arithmetic<T>.Floor>();
        Same<T, Arithmetic<T>.Round>();
    }

    private static void Same<T, TFunction>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IMap<T>
    {
        double[] few = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -0.0, 1e-310, -1e-310, 1e-40, 800, -800, 1e22];
        T[] x = [.. few.Concat(PlanCases.Random(200, 9).Select(value => 20 * value)).Select(T.CreateTruncating)];
        foreach (var count in (int[])[1, 2, 3, 5, 7, 8, 11, 15, 19, 211])
        {
            var (narrow, wide) = (new T[x.Length], new T[x.Length]);
            MapLoops.Map<Packed256<T>, T, TFunction>(ref x[0], ref narrow[0], count);
            MapLoops.Map<Packed512<T>, T, TFunction>(ref x[0], ref wide[0], count);
            for (var i = 0; i < x.Length; i++)
                Assert.True(
                    narrow[i] == wide[i] && T.IsNegative(narrow[i]) == T.IsNegative(wide[i]) || (T.IsNaN(narrow[i]) && T.IsNaN(wide[i])),
                    $"{typeof(TFunction).Name}({x[i]}): {narrow[i]} at 256 bits, {wide[i]} at 512"
                );
        }
    }
}
