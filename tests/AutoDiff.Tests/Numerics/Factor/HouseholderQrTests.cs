using static AutoDiff.Tests.Numerics.Rectangles;

namespace AutoDiff.Tests.Numerics;

public sealed class HouseholderQrTests
{
    public static TheoryData<string> Names => Rectangles.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Q_is_orthonormal_and_R_upper_triangular_and_their_product_the_matrix(string name)
    {
        var (m, n, a) = All[name];
        foreach (var k in new[] { Math.Min(m, n), m }.Distinct())
        {
            var (q, r) = (new double[m * k], new double[k * n]);
            HouseholderQr.Decompose(a, m, n, q, r);
            Near(name, Times(q, r, m, k, n), a, Math.Max(m, n));
            Orthonormal(name, q, m, k);
            for (var i = 0; i < k; i++)
            {
                for (var j = 0; j < Math.Min(i, n); j++)
                    Assert.Equal(0, r[(i * n) + j]);
                Assert.True(i >= n || r[(i * n) + i] >= 0);
            }
        }
    }

    [Fact]
    public void A_small_column_keeps_its_own_accuracy()
    {
        var a = Drawn(9, 5).Elements;
        var scaled = Of(9, 5, (i, j) => a[(i * 5) + j] * Math.ScaleB(1, -100 * j));
        var (q, r, sq, sr) = (new double[45], new double[25], new double[45], new double[25]);
        HouseholderQr.Decompose(a, 9, 5, q, r);
        HouseholderQr.Decompose(scaled, 9, 5, sq, sr);
        Near("Q", sq, q, 10);
        Near("R", Of(5, 5, (i, j) => sr[(i * 5) + j] * Math.ScaleB(1, 100 * j)), r, 10);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_not_finite_gives_NaN(double value)
    {
        var (q, r) = (new double[4], new double[4]);
        HouseholderQr.Decompose([1, 2, value, 3], 2, 2, q, r);
        Assert.All([.. q, .. r], x => Assert.Equal(double.NaN, x));
    }

    [Fact]
    public void Wrong_lengths_are_refused() =>
        Assert.Contains(
            "[HouseholderQr]",
            Assert.Throws<ArgumentException>(() => HouseholderQr.Decompose(new double[6], 3, 2, new double[5], new double[4])).Message
        );
}
