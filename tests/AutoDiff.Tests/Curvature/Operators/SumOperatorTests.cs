using AutoDiff.Curvature;

namespace AutoDiff.Tests.Curvature;

/// <summary>Sums of many operators: the order of addition is theirs alone, and rounding grows with the logarithm of their number.</summary>
public class SumOperatorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(37)]
    [InlineData(64)]
    public void Bits_do_not_depend_on_threads(int parts)
    {
        var (sum, x) = (Random(parts, 5), RectangularTests.Values(4, 5, 1));
        double[] expected = [.. Enumerable.Range(0, 4).SelectMany(row => sum.Apply(x.AsSpan(row * 5, 5)))];
        foreach (var threads in new[] { 1, 2, 3, 8, 100 })
        {
            var y = new double[20];
            sum.ApplyBlock(x, y, 4, new() { Threads = threads });
            Assert.Equal(expected, y);
        }
    }

    [Fact]
    public void Threads_share_the_operators()
    {
        // Each product waits for another to begin.
        using var barrier = new Barrier(2);
        var part = LinearOperator.Of(
            1,
            (x, y) =>
            {
                Assert.True(barrier.SignalAndWait(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
                x.CopyTo(y);
            }
        );
        var result = new double[1];
        LinearOperator.Sum([part, part, part, part]).ApplyBlock(new double[] { 3 }, result, 1, new() { Threads = 2 });
        Assert.Equal([12.0], result);
    }

    [Fact]
    public void Rounding_grows_with_the_logarithm()
    {
        const int count = 100_000;
        var tenth = LinearOperator.Identity(1).Scale(0.1);
        var sum = LinearOperator.Sum([.. Enumerable.Repeat(tenth, count)]).Apply([1.0]);
        // In a chain it is off by 2e-8.
        Assert.InRange(Math.Abs(sum[0] - (0.1 * count)), 0, 17 * 1e-16 * 0.1 * count);
    }

    [Fact]
    public void Weights_are_those_of_their_operators()
    {
        var parts = Enumerable.Range(0, 7).Select(i => LinearOperator.Identity(1).Scale(Math.Pow(10, i))).ToArray();
        Assert.Equal([7_654_321.0], LinearOperator.Sum(parts, [1, 2, 3, 4, 5, 6, 7]).Apply([1.0]));
        Assert.Equal([1_111_111.0], LinearOperator.Sum(parts).ToMatrix());
    }

    private static LinearOperator Random(int parts, int n) =>
        LinearOperator.Sum(
            [.. Enumerable.Range(0, parts).Select(i => MatrixOperator.Of(RectangularTests.Values(n, n, 10 + i), n, n))],
            RectangularTests.Values(1, parts, 3)
        );
}
