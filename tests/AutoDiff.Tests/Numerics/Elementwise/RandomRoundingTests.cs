namespace AutoDiff.Tests.Numerics;

/// <summary>Numbers moved as far as rounding may err.</summary>
public class RandomRoundingTests
{
    [Fact]
    public void What_is_exact_stays()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var rounding = new RandomRounding(seed);
            Assert.Equal(0.75, rounding.Add(0.5, 0.25));
            Assert.Equal(0, rounding.Add(0.1, -0.1));
            Assert.Equal(1e300, rounding.Add(1e300, 0));
            Assert.Equal(0.1, rounding.Multiply(0.1, 1));
            Assert.Equal(0, rounding.Multiply(0, 1e-300));
            Assert.Equal(0.3, rounding.Divide(0.3, 1));
            Assert.Equal(-2.5, rounding.Divide(5, -2));
            Assert.Equal(0, rounding.Divide(0, 3));
            Assert.Equal(1.5, rounding.Sqrt(2.25));
            Assert.Equal(0, rounding.Sqrt(0));
            Assert.Equal(double.PositiveInfinity, rounding.Multiply(1e300, 1e300));
            Assert.Equal(double.NaN, rounding.Add(double.PositiveInfinity, double.NegativeInfinity));
        }
    }

    [Fact]
    public void What_is_inexact_moves_both_ways_by_its_units()
    {
        (Func<RandomRounding, double> Compute, double Value, int Units)[] cases =
        [
            (r => r.Add(0.1, 0.2), 0.1 + 0.2, 1),
            (r => r.Add(1, 1e-30), 1, 1),
            (r => r.Multiply(0.1, 0.1), 0.1 * 0.1, 1),
            (r => r.Multiply(-0.1, 0.7), -0.1 * 0.7, 1),
            (r => r.Divide(1, 3), 1.0 / 3, 1),
            (r => r.Divide(1, -10), -0.1, 1),
            (r => r.Sqrt(2), Math.Sqrt(2), 1),
            (r => r.Function(Math.E), Math.E, 4),
            (r => r.Multiply(1e-300, 1e-20), 1e-300 * 1e-20, 1),
        ];
        foreach (var (compute, value, units) in cases)
        {
            var moves = Enumerable
                .Range(0, 40)
                .Select(seed => BitConverter.DoubleToInt64Bits(compute(new((ulong)seed))) - BitConverter.DoubleToInt64Bits(value))
                .ToHashSet();
            Assert.Equal([-units, units], moves.Order());
        }
    }

    [Fact]
    public void What_underflows_becomes_the_smallest_number()
    {
        var rounding = new RandomRounding(1);
        Assert.Equal(double.Epsilon, rounding.Multiply(1e-200, 1e-200));
        Assert.Equal(-double.Epsilon, rounding.Multiply(1e-200, -1e-200));
        Assert.Equal(4 * double.Epsilon, rounding.Function(0));
    }

    [Fact]
    public void Equal_results_move_alike_and_opposite_ones_oppositely()
    {
        var rounding = new RandomRounding(5);
        Assert.Equal(rounding.Multiply(0.1, 0.3), rounding.Multiply(0.3, 0.1));
        Assert.Equal(rounding.Multiply(0.1, 0.3), -rounding.Multiply(-0.1, 0.3));
        Assert.Equal(rounding.Add(0.1, 0.2), -rounding.Add(-0.2, -0.1));
        for (var k = -200; k <= 200; k++)
            Assert.Equal(Math.ScaleB(rounding.Multiply(0.1, 0.3), k), rounding.Multiply(Math.ScaleB(0.1, k), 0.3));
    }

    [Fact]
    public void The_largest_numbers_move_down()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var rounding = new RandomRounding(seed);
            Assert.Equal(
                4,
                BitConverter.DoubleToInt64Bits(double.MaxValue) - BitConverter.DoubleToInt64Bits(rounding.Function(double.MaxValue))
            );
            Assert.True(double.IsFinite(rounding.Function(Math.BitDecrement(double.MaxValue))));
            Assert.Equal(-rounding.Function(double.MaxValue), rounding.Function(double.MinValue));
        }
    }

    /// <summary>Whole registers and what is left over, over all kinds of numbers, have the bits of one number after another.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(27)]
    public void Products_are_added_as_one_by_one(int count)
    {
        var random = new Random(count);
        double[] special =
        [
            0,
            -0.0,
            1,
            -1,
            0.5,
            1e-310,
            1e-300,
            1e300,
            double.MaxValue,
            double.Epsilon,
            double.PositiveInfinity,
            double.NaN,
        ];
        for (ulong seed = 0; seed < 200; seed++)
        {
            var rounding = new RandomRounding(seed);
            var factor = Draw();
            var terms = Enumerable.Range(0, count).Select(_ => Draw()).ToArray();
            var sums = Enumerable.Range(0, count).Select(_ => Draw()).ToArray();
            var expected = sums.Select((sum, i) => rounding.Add(sum, rounding.Multiply(factor, terms[i]))).ToArray();
            rounding.AddProducts(factor, terms, sums);
            for (var i = 0; i < count; i++)
                Assert.Equal(expected[i], sums[i]); // tells 0 from −0
        }

        double Draw() => random.Next(4) == 0 ? special[random.Next(special.Length)] : random.NextDouble() - 0.5;
    }
}
