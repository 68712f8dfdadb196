using static AutoDiff.Tests.Numerics.Rectangles;

namespace AutoDiff.Tests.Numerics;

public sealed class SingularValueDecompositionTests
{
    public static TheoryData<string> Names => Rectangles.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Vectors_are_orthonormal_values_descend_and_their_product_is_the_matrix(string name)
    {
        var (m, n, a) = All[name];
        var k = Math.Min(m, n);
        var (u, s, v) = (new double[m * k], new double[k], new double[n * k]);
        Assert.True(SingularValueDecomposition.Decompose(a, m, n, u, s, v));
        Near(name, Times(Of(m, k, (i, j) => u[(i * k) + j] * s[j]), Turned(v, n, k), m, k, n), a, Math.Max(4, Math.Max(m, n)));
        Orthonormal($"{name}, U", u, m, k);
        Orthonormal($"{name}, V", v, n, k);
        Assert.Equal(s.OrderDescending(), s);
        Assert.All(s, value => Assert.True(value >= 0));
        for (var j = 0; j < k; j++)
            Assert.True(Enumerable.Range(0, m).Select(i => u[(i * k) + j]).MaxBy(Math.Abs) > 0);
    }

    [Fact]
    public void Values_of_a_triangle_graded_by_rows_are_accurate_each()
    {
        // A permuted scaling of an orthogonal matrix: its values are the scales, in small sizes to relative accuracy.
        double[] scales = [1, 1e-20, 1e-5, 1e-40];
        double[] orthogonal = [0.5, 0.5, 0.5, 0.5, 0.5, -0.5, 0.5, -0.5, 0.5, 0.5, -0.5, -0.5, 0.5, -0.5, -0.5, 0.5];
        var (u, s, v) = (new double[16], new double[4], new double[16]);
        Assert.True(SingularValueDecomposition.Decompose(Of(4, 4, (i, j) => orthogonal[(i * 4) + j] * scales[j]), 4, 4, u, s, v));
        foreach (var (expected, actual) in scales.OrderDescending().Zip(s))
            Assert.InRange(actual / expected, 1 - 1e-14, 1 + 1e-14);
    }

    [Fact]
    public void Repeated_and_vanishing_values_have_full_bases()
    {
        var (u, s, v) = (new double[100], new double[10], new double[100]);
        Assert.True(SingularValueDecomposition.Decompose(Of(10, 10, (i, j) => i == j && i < 6 ? 2 : 0), 10, 10, u, s, v));
        Assert.Equal([2, 2, 2, 2, 2, 2, 0, 0, 0, 0], s);
        Orthonormal("U", u, 10, 10);
        Orthonormal("V", v, 10, 10);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_not_finite_gives_NaN(double value)
    {
        var (u, s, v) = (new double[6], new double[2], new double[4]);
        Assert.False(SingularValueDecomposition.Decompose([1, 2, value, 3, 0, 1], 3, 2, u, s, v));
        Assert.All([.. u, .. s, .. v], x => Assert.Equal(double.NaN, x));
    }
}
