using static AutoDiff.Tests.Numerics.EigenChecks;

namespace AutoDiff.Tests.Numerics;

public class ProductsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 1)]
    [InlineData(300, 1)]
    [InlineData(1, 7)]
    [InlineData(40, 3)]
    [InlineData(300, 20)]
    [InlineData(1200, 65)]
    public void A_row_has_the_same_bits_among_any_number_of_rows_and_threads(int inner, int columns)
    {
        const int rows = 70;
        var random = new Random(1);
        double[] a = [.. Enumerable.Range(0, rows * inner).Select(_ => random.NextDouble() - 0.5)];
        double[] b = [.. Enumerable.Range(0, inner * columns).Select(_ => random.NextDouble() - 0.5)];
        var all = Multiply(a, b, rows, inner, columns, 1);
        foreach (var threads in new[] { 2, 3, 8 })
            Assert.Equal(all, Multiply(a, b, rows, inner, columns, threads));
        foreach (var count in new[] { 1, 2, 5, 33 })
            Assert.Equal(all[..(count * columns)], Multiply(a[..(count * inner)], b, count, inner, columns, 1));
        for (var (i, k) = (0, columns - 1); i < rows; i += 9)
            Near(Enumerable.Range(0, inner).Sum(p => a[(i * inner) + p] * b[(p * columns) + k]), all[(i * columns) + k], 1e-12);
    }

    [Fact]
    public void Without_rows_columns_or_depth_there_is_nothing_or_zero()
    {
        Assert.Empty(Multiply([], [1, 2], 0, 1, 2, 1));
        Assert.Empty(Multiply([1, 2], [], 2, 1, 0, 1));
        Assert.Equal([0, 0], Multiply([], [], 1, 0, 2, 1));
        Assert.Equal([0, 0, 0, 0], Multiply([], [], 2, 0, 2, 3));
    }

    [Fact]
    public void Wrong_input_throws()
    {
        var c = new double[4];
        Assert.Throws<ArgumentException>(() => Products.Multiply(new double[3], new double[4], c, 2, 2, 2));
        Assert.Throws<ArgumentException>(() => Products.Multiply(new double[4], new double[5], c, 2, 2, 2));
        Assert.Throws<ArgumentException>(() => Products.Multiply(new double[4], new double[4], new double[5], 2, 2, 2));
        Assert.Throws<ArgumentException>(() => Products.Multiply(new double[4], c, c, 2, 2, 2));
        Assert.Throws<ArgumentException>(() => Products.Multiply(new double[4], new double[4], c, 2, 2, 2, threads: 0));
    }

    private static double[] Multiply(double[] a, double[] b, int rows, int inner, int columns, int threads)
    {
        var c = new double[rows * columns];
        Array.Fill(c, double.NaN);
        Products.Multiply(a, b, c, rows, inner, columns, threads);
        return c;
    }
}
