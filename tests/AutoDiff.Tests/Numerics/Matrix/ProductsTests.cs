using static AutoDiff.Tests.Numerics.EigenChecks;

namespace AutoDiff.Tests.Numerics;

public class ProductsTests
{
    public static TheoryData<int, int, bool> Cases
    {
        get
        {
            var cases = new TheoryData<int, int, bool>();
            foreach (var turned in new[] { false, true })
            {
                foreach (var (inner, columns) in new[] { (1, 1), (5, 1), (300, 1), (1, 7), (40, 3), (300, 20), (1200, 65) })
                    cases.Add(inner, columns, turned);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_row_has_the_same_bits_among_any_number_of_rows_and_threads(int inner, int columns, bool turned)
    {
        const int rows = 70;
        var random = new Random(1);
        double[] a = [.. Enumerable.Range(0, rows * inner).Select(_ => random.NextDouble() - 0.5)];
        double[] b = [.. Enumerable.Range(0, inner * columns).Select(_ => random.NextDouble() - 0.5)];
        if (turned)
            b = [.. Enumerable.Range(0, inner * columns).Select(k => b[(k % inner * columns) + (k / inner)])];
        var all = Multiply(a, b, rows, inner, columns, 1, turned);
        foreach (var threads in new[] { 2, 3, 8 })
            Assert.Equal(all, Multiply(a, b, rows, inner, columns, threads, turned));
        foreach (var count in new[] { 1, 2, 5, 33 })
            Assert.Equal(all[..(count * columns)], Multiply(a[..(count * inner)], b, count, inner, columns, 1, turned));
        for (var (i, k) = (0, columns - 1); i < rows; i += 9)
            Near(
                Enumerable.Range(0, inner).Sum(p => a[(i * inner) + p] * b[turned ? (k * inner) + p : (p * columns) + k]),
                all[(i * columns) + k],
                1e-12
            );
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
        Assert.StartsWith(
            "[Products.MultiplyTransposed] got a right matrix of 5 values; expected 4",
            Assert.Throws<ArgumentException>(() => Products.MultiplyTransposed(new double[4], new double[5], c, 2, 2, 2)).Message,
            StringComparison.Ordinal
        );
    }

    private static double[] Multiply(double[] a, double[] b, int rows, int inner, int columns, int threads, bool turned = false)
    {
        var c = new double[rows * columns];
        Array.Fill(c, double.NaN);
        if (turned)
            Products.MultiplyTransposed(a, b, c, rows, inner, columns, threads);
        else
            Products.Multiply(a, b, c, rows, inner, columns, threads);
        return c;
    }
}
