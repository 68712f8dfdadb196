using System.Numerics;
using AutoDiff.Tests.Execution;

namespace AutoDiff.Tests.Numerics;

public sealed class ElementwiseKernelsTests
{
    private const int Longest = 33;
    private const double Canary = -12345;

    private static readonly double[] Specials =
    [
        double.NaN,
        double.PositiveInfinity,
        double.NegativeInfinity,
        0,
        -0.0,
        double.Epsilon,
        -double.Epsilon,
        1e-310,
        -1e-310,
        2.2250738585072014e-308,
        1e-45,
        -1e-45,
        1e-40,
        1.17549435e-38,
        1e-20,
        -1e-20,
        0.5,
        -0.5,
        1,
        -1,
        1.5,
        2.5,
        -2.5,
        22,
        -40,
        87.5,
        -87.5,
        88.8,
        -103.5,
        -104.5,
        707.9,
        708.1,
        -708.1,
        709.7,
        709.8,
        710.4,
        710.5,
        -710.5,
        -744.5,
        -746,
        1e5,
        -1e5,
        1e10,
        1e22,
        -1e22,
        1e300,
        -1e300,
        double.MaxValue,
        -double.MaxValue,
    ];

    private static readonly double[] Bounds =
    [
        1020.5,
        1021.5,
        1022.25,
        1023.75,
        1024,
        1025.5,
        1073.75,
        1e149,
        1e151,
        5e153,
        2e154,
        1e155,
        1e-150,
        1e-300,
    ];

    public static TheoryData<Unary> Functions => [.. Enum.GetValues<Unary>()];

    public static TheoryData<Binary> FunctionsOfTwo => [.. Enum.GetValues<Binary>()];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Near_the_scalar_function(Unary function)
    {
        var scalar = Unaries.Of(function).Value;
        var x = Sweep(function);
        var y = new double[x.Length];
        Unaries.Of(function).Kernel.For<double>().Run(ref x[0], ref y[0], x.Length);
        for (var i = 0; i < x.Length; i++)
            Near(function, x[i], scalar(x[i]), y[i], Units.Distance(scalar(x[i]), y[i]), 6);
    }

    /// <summary>About where a function changes its way: a register takes the way of its most difficult lane, so that these are tried by themselves.</summary>
    [Theory]
    [MemberData(nameof(Functions))]
    public void Near_the_scalar_function_where_all_lanes_are_alike(Unary function)
    {
        var scalar = Unaries.Of(function).Value;
        foreach (var value in Specials.Concat(Bounds).Concat(Bounds.Select(bound => -bound)))
        {
            var x = Enumerable.Repeat(value, Longest).ToArray();
            Unaries.Of(function).Kernel.For<double>().Run(ref x[0], ref x[0], x.Length);
            Assert.All(x, y => Near(function, value, scalar(value), y, Units.Distance(scalar(value), y), 6));
        }
    }

    /// <summary>As powers of two, whose common factor changes nothing.</summary>
    [Fact]
    public void Lengths_are_right_at_every_scale_where_all_lanes_are_alike()
    {
        for (var exponent = -1070; exponent < 1022; exponent++)
        {
            var (x, y) = (Filled(Math.ScaleB(3, exponent)), Filled(Math.ScaleB(4, exponent)));
            Binaries.Of(Binary.Hypot).Kernel.For<double>(ZipForm.Both).Run(ref x[0], ref y[0], ref x[0], x.Length);
            Assert.Equal(Filled(Math.ScaleB(5, exponent)), x);
            (x, y) = (Filled(Math.ScaleB(1, exponent)), Filled(Math.ScaleB(1, exponent)));
            Binaries.Of(Binary.Hypot).Kernel.For<double>(ZipForm.Both).Run(ref x[0], ref y[0], ref x[0], x.Length);
            Assert.All(x, z => Assert.InRange(z, Math.ScaleB(1.4142135623730945, exponent), Math.ScaleB(1.4142135623730958, exponent)));
        }

        static double[] Filled(double value) => [.. Enumerable.Repeat(value, Longest)];
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Near_the_scalar_function_in_single_precision(Unary function)
    {
        var scalar = Unaries.Of(function).Value;
        float[] x = [.. Sweep(function).Select(value => (float)value)];
        var y = new float[x.Length];
        Unaries.Of(function).Kernel.For<float>().Run(ref x[0], ref y[0], x.Length);
        for (var i = 0; i < x.Length; i++)
            Near(
                function,
                x[i],
                (float)scalar(x[i]),
                y[i],
                Units.Distance((float)scalar(x[i]), y[i]),
                function == Unary.SechSquared ? 3 : 2
            );
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Any_count_in_place_and_not_beyond(Unary function)
    {
        Counts<double>((ref x, ref target, count) => Unaries.Of(function).Kernel.For<double>().Run(ref x, ref target, count));
        Counts<float>((ref x, ref target, count) => Unaries.Of(function).Kernel.For<float>().Run(ref x, ref target, count));
    }

    [Fact]
    public void Twins_have_the_bits_that_each_has_alone()
    {
        Twins<double>();
        Twins<float>();
    }

    [Theory]
    [MemberData(nameof(FunctionsOfTwo))]
    public void Two_operands_in_every_form(Binary function)
    {
        Forms<double>(function);
        Forms<float>(function);
        Counts<double>(
            (ref x, ref target, count) => Binaries.Of(function).Kernel.For<double>(ZipForm.Both).Run(ref x, ref x, ref target, count)
        );
        Counts<float>(
            (ref x, ref target, count) => Binaries.Of(function).Kernel.For<float>(ZipForm.Both).Run(ref x, ref x, ref target, count)
        );
    }

    [Fact]
    public void A_function_without_a_loop_runs_number_by_number()
    {
        Counts<double>(MapKernel.Of(x => x / 3).For<double>().Run);
        Counts<float>(MapKernel.Of(x => x / 3).For<float>().Run);
        Counts<double>(
            (ref x, ref target, count) => ZipKernel.Of((x, y) => x - (y / 3)).For<double>(default).Run(ref x, ref x, ref target, count)
        );
        double[] y = [7, 9, -2];
        MapKernel.Of(x => x / 4).For<double>().Run(ref y[0], ref y[0], y.Length);
        Assert.Equal([1.75, 2.25, -0.5], y);
    }

    [Fact]
    public void Select_takes_the_right_operand_where_the_condition_is_zero()
    {
        Counts<double>((ref x, ref target, count) => Selection.Run(ref x, ref x, ref x, ref target, count));
        double[] condition = [0, -0.0, 1, double.NaN, -2, double.Epsilon, 0, double.PositiveInfinity, 0];
        double[] whenTrue = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        double[] whenFalse = [.. whenTrue.Select(value => -value)];
        Selection.Run(ref condition[0], ref whenTrue[0], ref whenFalse[0], ref condition[0], condition.Length);
        Assert.Equal([-1, -2, 3, 4, 5, 6, -7, 8, -9], condition);
    }

    private static void Twins<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] x = [.. Sweep(Unary.Tanh).Concat(PlanCases.Random(100_000, 8).Select(value => 10 * value)).Select(T.CreateTruncating)];
        var (tanh, slope) = (new T[x.Length], new T[x.Length]);
        Unaries.Of(Unary.Tanh).Kernel.For<T>().Run(ref x[0], ref tanh[0], x.Length);
        Unaries.Of(Unary.SechSquared).Kernel.For<T>().Run(ref x[0], ref slope[0], x.Length);
        for (var count = 1; count <= Longest; count++)
        {
            T[] first = [.. Enumerable.Repeat(T.CreateTruncating(Canary), Longest + 2)];
            T[] second = [first[0], .. x.AsSpan(0, Longest), first[0]];
            Maps.TanhAndSechSquared.For<T>().Run(ref second[1], ref first[1], ref second[1], count);
            for (var i = 0; i < first.Length; i++)
            {
                var inside = i > 0 && i <= count;
                Assert.True(Same(inside ? tanh[i - 1] : T.CreateTruncating(Canary), first[i]), $"tanh {i} of {count}: {first[i]}");
                Assert.True(
                    Same(
                        inside ? slope[i - 1]
                            : i > count && i <= Longest ? x[i - 1]
                            : T.CreateTruncating(Canary),
                        second[i]
                    ),
                    $"slope {i} of {count}: {second[i]}"
                );
            }
        }
        var (both, other) = (new T[x.Length], new T[x.Length]);
        Maps.TanhAndSechSquared.For<T>().Run(ref x[0], ref both[0], ref other[0], x.Length);
        for (var i = 0; i < x.Length; i++)
            Assert.True(
                Same(tanh[i], both[i]) && Same(slope[i], other[i]),
                $"{x[i]}: {both[i]} and {other[i]}, alone {tanh[i]} and {slope[i]}"
            );
    }

    private static void Forms<T>(Binary function)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var scalar = Binaries.Of(function).Value;
        T[] x = [.. Specials.Select(T.CreateTruncating)];
        foreach (var single in Specials.Select(T.CreateTruncating))
        {
            T[] y = [.. Enumerable.Repeat(single, x.Length)];
            var (one, both, right, left) = (single, new T[x.Length], new T[x.Length], new T[x.Length]);
            Binaries.Of(function).Kernel.For<T>(ZipForm.Both).Run(ref x[0], ref y[0], ref both[0], x.Length);
            Binaries.Of(function).Kernel.For<T>(ZipForm.RightSingle).Run(ref x[0], ref one, ref right[0], x.Length);
            Binaries.Of(function).Kernel.For<T>(ZipForm.LeftSingle).Run(ref one, ref x[0], ref left[0], x.Length);
            for (var i = 0; i < x.Length; i++)
            {
                var (a, b) = (double.CreateTruncating(x[i]), double.CreateTruncating(single));
                if (
                    !Agree(function, T.CreateTruncating(scalar(a, b)), both[i])
                    || !Same(both[i], right[i])
                    || !Agree(function, T.CreateTruncating(scalar(b, a)), left[i])
                )
                    Assert.Fail($"{function} of {a:R} and {b:R}: {both[i]}, right single {right[i]}, left single {left[i]}");
            }
        }
    }

    /// <summary>Each result as when computed alone, whatever the count; in place too; and nothing written beyond.</summary>
    private static void Counts<T>(Kernel<T> kernel)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] x = [.. Specials.Concat(PlanCases.Random(Longest, 3)).Select(T.CreateTruncating)];
        T[] alone = [.. x];
        for (var i = 0; i < alone.Length; i++)
            kernel(ref alone[i], ref alone[i], 1);
        for (var start = 0; start + Longest <= x.Length; start += 7)
        {
            for (var count = 0; count <= Longest; count++)
            {
                T[] target = [.. Enumerable.Repeat(T.CreateTruncating(Canary), Longest + 2)];
                kernel(ref x[start], ref target[1], count);
                T[] inPlace = [target[0], .. x.AsSpan(start, count), .. target.AsSpan(count + 1)];
                kernel(ref inPlace[1], ref inPlace[1], count);
                for (var i = 0; i < target.Length; i++)
                {
                    var expected = i > 0 && i <= count ? alone[start + i - 1] : T.CreateTruncating(Canary);
                    if (!Same(expected, target[i]) || !Same(expected, inPlace[i]))
                        Assert.Fail($"element {i} of {count} from {start}: {target[i]}, in place {inPlace[i]}, alone {expected}");
                }
            }
        }
    }

    private static double[] Sweep(Unary function)
    {
        var random = new Random(11);
        var x = new List<double>(Specials);
        double[] spans = [1, 2, 7, 30, 110, 750, 1e4, 1e7];
        foreach (var span in spans)
        {
            for (var i = 0; i < 400; i++)
                x.Add((random.NextDouble() - 0.5) * 2 * span);
        }
        for (var i = 0; i < 1500; i++)
            x.Add((random.NextDouble() < 0.5 ? -1 : 1) * Math.Pow(2, (random.NextDouble() * 2096) - 1074));
        return function == Unary.Round ? [.. x, 0.5, 3.5, -0.5, -1.5] : [.. x];
    }

    private static void Near(Unary function, double x, double expected, double actual, double distance, double units)
    {
        if (!(distance <= units && (expected != 0 || actual != 0 || double.IsNegative(expected) == double.IsNegative(actual))))
            Assert.Fail($"{function}({x:R}): expected {expected:R}, got {actual:R}");
    }

    /// <summary>Equal; within two units for powers and lengths, which are not correctly rounded.</summary>
    private static bool Agree<T>(Binary function, T expected, T actual)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Same(expected, actual)
        || (function is Binary.Power or Binary.Hypot && T.IsNegative(expected) == T.IsNegative(actual) && Ulps(expected, actual) <= 2);

    private static double Ulps<T>(T expected, T actual)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(double)
            ? Units.Distance(double.CreateTruncating(expected), double.CreateTruncating(actual))
            : Units.Distance(float.CreateTruncating(expected), float.CreateTruncating(actual));

    private static bool Same<T>(T expected, T actual)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        T.IsNaN(expected) ? T.IsNaN(actual) : expected == actual && T.IsNegative(expected) == T.IsNegative(actual);

    private delegate void Kernel<T>(ref T x, ref T target, int count);
}
