namespace AutoDiff.Tests.Numerics;

/// <summary>The error of a long sum is that of a block and the logarithm of their number.</summary>
public sealed class VectorLoopsTests
{
    private const double Unit = 1.0 / (1L << 53);

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(4_096)]
    [InlineData(4_097)]
    [InlineData(4_000_001)]
    public void Long_sums_lose_no_more_than_their_blocks(int length)
    {
        // Equal terms, whose roundings in a chain do not cancel; as far from 1 as squares must be scaled.
        double[] x = [.. Enumerable.Repeat(0.1, length)];
        var (exact, allowed) = (0.01 * length, (280 + Math.Log2(length)) * Unit * 0.01 * length);
        Assert.InRange(Math.Abs(VectorLoops.Dot(x, x) - exact), 0, Math.Min(allowed, 4 * length * Unit * exact));
        foreach (var scale in (double[])[1, 1e-170, 1e170])
        {
            x.AsSpan().Fill(0.1 * scale);
            x[0] = 0.3 * scale;
            var norm = Math.Sqrt(exact + 0.08);
            Assert.InRange(Math.Abs((VectorLoops.Norm(x) / scale) - norm), 0, 160 * Unit * norm);
        }
    }
}
