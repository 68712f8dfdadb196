using System.Numerics;
using AutoDiff.Tests.Execution;

namespace AutoDiff.Tests.Numerics;

public sealed class RegisterWidthTests
{
    [Fact]
    public void A_function_has_the_same_bits_at_every_width()
    {
        Same<double, Exponentials.Exp>();
        Same<double, Exponentials.Expm1>();
        Same<double, Exponentials.Sigmoid>();
        Same<double, Exponentials.Tanh>();
        Same<double, Exponentials.SechSquared>();
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
        Same<double, ErrorFunctions.NormalCdf>();
        Same<double, RandomWords.Unit>();
        Same<double, RandomWords.SingleUnit>();
        Same<double, RandomWords.Midpoint>();
        Same<double, RandomWords.Normal>();
        Same<double, RandomWords.Exponential>();
        Same<double, RandomWords.Sign>();
        Same<float, SingleExponentials.Exp>();
        Same<float, SingleExponentials.Expm1>();
        Same<float, SingleExponentials.Sigmoid>();
        Same<float, SingleExponentials.Tanh>();
        Same<float, SingleExponentials.SechSquared>();
        Same<float, SingleLogarithms.Log>();
        Same<float, SingleLogarithms.Log1p>();
        Same<float, SingleLogarithms.Softplus>();
        Same<float, SingleTrigonometric.Sin>();
        Same<float, SingleTrigonometric.Cos>();
        Same<float, SingleErrorFunctions.Erf>();
        Same<float, Widened<ErrorFunctions.Erfc>>();
        Same<float, Widened<ErrorFunctions.NormalCdf>>();
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

    [Fact]
    public void Two_functions_in_one_pass_have_the_bits_that_each_has_alone()
    {
        Two<double, Exponentials.TanhAndSlope, Exponentials.Tanh, Exponentials.SechSquared>();
        Two<float, SingleExponentials.TanhAndSlope, SingleExponentials.Tanh, SingleExponentials.SechSquared>();
    }

    private static void Two<T, TBoth, TFirst, TSecond>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TBoth : struct, IMapTwo<T>
        where TFirst : struct, IMap<T>
        where TSecond : struct, IMap<T>
    {
        // Each alone in its register, so that no neighbour chooses its path; then all together.
        foreach (var range in (double[])[1e-3, 1, 8, 60, 800])
        {
            T[] x =
            [
                T.NaN,
                T.NegativeInfinity,
                T.NegativeZero,
                .. PlanCases.Random(500, 7).Select(value => T.CreateTruncating(range * value)),
            ];
            foreach (var count in (int[])[1, 2, 3, 5, 7, 9, 15, x.Length])
            {
                var (first, second) = (new T[x.Length], new T[x.Length]);
                var (wideFirst, wideSecond) = (new T[x.Length], new T[x.Length]);
                var (aloneFirst, aloneSecond) = (new T[x.Length], new T[x.Length]);
                for (var i = 0; i < x.Length; i += count)
                {
                    var rest = Math.Min(count, x.Length - i);
                    MapLoops.MapTwo<Packed256<T>, T, TBoth>(ref x[i], ref first[i], ref second[i], rest);
                    MapLoops.MapTwo<Packed512<T>, T, TBoth>(ref x[i], ref wideFirst[i], ref wideSecond[i], rest);
                    MapLoops.Map<Packed256<T>, T, TFirst>(ref x[i], ref aloneFirst[i], rest);
                    MapLoops.Map<Packed256<T>, T, TSecond>(ref x[i], ref aloneSecond[i], rest);
                }
                Assert.Equal(aloneFirst, first);
                Assert.Equal(aloneSecond, second);
                Assert.Equal(first, wideFirst);
                Assert.Equal(second, wideSecond);
            }
        }
    }

    [Fact]
    public void A_function_of_two_numbers_has_the_same_bits_at_every_width()
    {
        Zip<double, Forms.Both, ArithmeticOfTwo<double>.Divide>();
        Zip<double, Forms.Left, ArithmeticOfTwo<double>.Subtract>();
        Zip<double, Forms.Right, ArithmeticOfTwo<double>.Add>();
        Zip<float, Forms.Both, ArithmeticOfTwo<float>.Multiply>();
        Zip<float, Forms.Left, ArithmeticOfTwo<float>.Divide>();
        Zip<float, Forms.Right, ArithmeticOfTwo<float>.Subtract>();
        Long<double, Powers.Power>();
        Long<float, SinglePowers.Power>();
        Three<double>();
        Three<float>();
    }

    private static void Zip<T, TForm, TFunction>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TForm : struct, IForm
        where TFunction : struct, IZip<T> =>
        SameWidths<T>(
            (x, y, _, target, count) => Lanes.Zip<Packed256<T>, T, TForm, TFunction>(ref x[0], ref y[0], ref target[0], count),
            (x, y, _, target, count) => Lanes.Zip<Packed512<T>, T, TForm, TFunction>(ref x[0], ref y[0], ref target[0], count)
        );

    private static void Long<T, TFunction>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IZip<T> =>
        SameWidths<T>(
            (x, y, _, target, count) => Lanes.ZipLong<Packed256<T>, T, Forms.Both, TFunction>(ref x[0], ref y[0], ref target[0], count),
            (x, y, _, target, count) => Lanes.ZipLong<Packed512<T>, T, Forms.Both, TFunction>(ref x[0], ref y[0], ref target[0], count)
        );

    private static void Three<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SameWidths<T>(
            (x, y, z, target, count) => Lanes.Select<Packed256<T>, T>(ref x[0], ref y[0], ref z[0], ref target[0], count),
            (x, y, z, target, count) => Lanes.Select<Packed512<T>, T>(ref x[0], ref y[0], ref z[0], ref target[0], count)
        );
        foreach (var single in (bool[])[false, true])
        {
            SameWidths<T>(
                (x, y, z, target, count) =>
                    PairLoops.Run<Packed256<T>, T, ArithmeticOfTwo<T>.Multiply, ArithmeticOfTwo<T>.Add>(
                        new Operand<T>(ref x[0], single),
                        new Operand<T>(ref y[0], false),
                        new Operand<T>(ref z[0], single),
                        ref target[0],
                        count
                    ),
                (x, y, z, target, count) =>
                    PairLoops.Run<Packed512<T>, T, ArithmeticOfTwo<T>.Multiply, ArithmeticOfTwo<T>.Add>(
                        new Operand<T>(ref x[0], single),
                        new Operand<T>(ref y[0], false),
                        new Operand<T>(ref z[0], single),
                        ref target[0],
                        count
                    )
            );
        }
    }

    private static void SameWidths<T>(Action<T[], T[], T[], T[], int> narrow, Action<T[], T[], T[], T[], int> wide)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var operands = Enumerable.Range(0, 3).Select(seed => PlanCases.Random(200, seed).Select(T.CreateTruncating).ToArray()).ToArray();
        foreach (var count in (int[])[1, 3, 4, 7, 8, 9, 15, 16, 17, 31, 64, 150])
        {
            var (first, second) = (new T[200], new T[200]);
            narrow(operands[0], operands[1], operands[2], first, count);
            wide(operands[0], operands[1], operands[2], second, count);
            Assert.Equal(first, second);
        }
    }

    [Fact]
    public void A_whole_power_that_fits_is_exact()
    {
        for (var x = -200; x <= 200; x++)
        {
            var expected = 1.0;
            for (var y = 0; y < 60 && Math.Abs(expected) < 1L << 53; y++, expected *= x)
            {
                var (left, right, result) = ((double)x, (double)y, double.NaN);
                Zips.Power.For<double>(ZipForm.Both).Run(ref left, ref right, ref result, 1);
                Assert.Equal(expected, result);
            }
        }
    }
}
