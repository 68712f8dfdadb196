namespace AutoDiff.Tests;

/// <summary>Draws: exact bits, ranges, shapes. The expected numbers come from an independent program of the same definitions.</summary>
public sealed class KeyDrawTests
{
    private static readonly Key _key = Key.Of(42);

    [Fact]
    public void UniformHasTheseBits() =>
        Assert.Equal(
            [0.4685865183391049, 0.34086154938517876, 0.32706338120338474, 0.4543156017348883, 0.6583155272123093],
            Values(_key.Uniform([5]))
        );

    [Fact]
    public void NormalHasTheseBits() =>
        Assert.Equal(
            [
                0xbfb42dc65ce0ff81,
                0xbfda3f4a5b3e5026,
                0xbfdcaca1d20ed483,
                0xbfbd61412d6e26ac,
                0x3fda1a8bc2f2eb53,
                0x3fe805c509d131d3,
                0x3fdc447f0807783e,
                0xbfd3b29da9b3fb77,
            ],
            Values(_key.Normal([8])).Select(BitConverter.DoubleToUInt64Bits)
        );

    [Fact]
    public void LongDrawsHaveTheseBits()
    {
        Assert.Equal(0x497aab84485b2ba5UL, Hash(_key.Uniform([1001])));
        Assert.Equal(0x8a4efc16ae52a644UL, Hash(_key.Normal([7, 11, 13])));
    }

    [Fact]
    public void IntegersAreThese()
    {
        Assert.Equal([4, 0, 1, 6, 7, 8, 5, 3, 9, 2], _key.Permutation(10));
        Assert.Equal([468, 340, 327, 454, 658, 773], _key.Choice(1000, 6, replace: true));
        Assert.Equal([5, 8, 9, 1, 8, 7, 9, 8], Enumerable.Range(0, 8).Select(step => _key.FoldIn((ulong)step).Integer(10)));
        Assert.Equal([0, 1, 1, 0, 0, 0, 0, 1], Values(_key.Bernoulli([8], 0.4)));
    }

    [Fact]
    public void AShorterDrawIsTheBeginningOfALongerOne()
    {
        Assert.Equal(Values(_key.Normal([3])), Values(_key.Normal([2, 5])).Take(3));
        Assert.Equal(_key.Permutation(20)[..7], _key.Choice(20, 7, replace: false));
        Assert.Equal(_key.Permutation(200)[..24], _key.Choice(200, 24, replace: false)); // without a place for each number
        Assert.Equal(3, _key.Choice(int.MaxValue, 3, replace: false).Distinct().Count());
    }

    [Fact]
    public void DrawsHaveTheirShape()
    {
        Assert.Equal(Shape.Scalar, _key.Normal([]).Shape);
        Assert.Equal(Shape.Of(2, 0, 3), _key.Uniform([2, 0, 3]).Shape);
        Assert.Equal(Shape.Of(4, 5), _key.Bernoulli([4, 5], 0.5).Shape);
        Assert.Empty(_key.Permutation(0));
        Assert.Equal([0], _key.Permutation(1));
        Assert.Equal(0, _key.Integer(1));
        Assert.Empty(_key.Choice(0, 0, replace: true));
    }

    /// <summary>Between neighbours, and between huge numbers, low + width·u rounds up to high for many u.</summary>
    [Theory]
    [InlineData(1, 1.0000000000000002)]
    [InlineData(-1e308, 0)]
    [InlineData(4503599627370496, 4503599627370498)]
    [InlineData(-3, 5)]
    public void UniformStaysBelowHigh(double low, double high) =>
        Assert.All(Values(_key.Uniform([4000], low, high)), x => Assert.True(x >= low && x < high));

    [Fact]
    public void ParametersScaleAndShift()
    {
        var standard = Values(_key.Normal([64]));
        Assert.Equal(standard.Select(z => 3 + (2 * z)), Values(_key.Normal([64], 3, 2)));
        Assert.All(Values(_key.Normal([64], 3, 0)), x => Assert.Equal(3, x));
        Assert.All(Values(_key.Bernoulli([64], 0)), x => Assert.Equal(0, x));
        Assert.All(Values(_key.Bernoulli([64], 1)), x => Assert.Equal(1, x));
    }

    private static double[] Values(Tensor tensor) => ((Constant)tensor).Values.ToArray();

    private static ulong Hash(Tensor tensor) =>
        Values(tensor).Aggregate(0UL, (hash, x) => unchecked((hash * 31) + BitConverter.DoubleToUInt64Bits(x)));
}
