using static AutoDiff.Tests.Numerics.Matrices;

namespace AutoDiff.Tests.Numerics;

public sealed class SpectralDecompositionTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(SpectralDecomposition.Small)]
    [InlineData(SpectralDecomposition.Small + 1)]
    [InlineData(40)]
    public void Matrices_are_put_together_again(int n)
    {
        foreach (
            var a in new[]
            {
                Random(n, seed: n),
                Matrices.From(n, (_, _) => 1),
                Matrices.From(n, (i, j) => i == j ? 1 : 0),
                new double[n * n],
                Matrices.From(n, (i, j) => Math.Pow(10, -i - j)),
                Matrices.From(n, (i, j) => (i + j) % 3 == 0 ? 1e250 : 0),
            }
        )
        {
            var (values, v) = (new double[n], new double[n * n]);
            Assert.True(SpectralDecomposition.Decompose(a, n, values, v));
            Assert.Equal(values.Order(), values);
            Rectangles.Orthonormal("V", v, n, n);
            var scaled = Rectangles.Of(n, n, (i, j) => v[(i * n) + j] * values[j]);
            Rectangles.Near("VΛVᵀ", Rectangles.Times(scaled, Rectangles.Turned(v, n, n), n, n, n), a, 2 * Math.Max(4, n));
            for (var j = 0; j < n; j++)
                Assert.True(Enumerable.Range(0, n).Select(i => v[(i * n) + j]).MaxBy(Math.Abs) > 0);
        }
    }

    /// <summary>Matrices of few ranks and sizes of very different magnitudes: rotations must end, and well.</summary>
    [Fact]
    public void Small_matrices_of_any_rank_and_grading_converge()
    {
        var random = new Random(1);
        for (var trial = 0; trial < 2000; trial++)
        {
            var n = random.Next(1, SpectralDecomposition.Small + 1);
            var factor = Rectangles.Of(
                n,
                random.Next(0, n + 1),
                (_, _) => random.Next(3) == 0 ? 0 : random.Next(-2, 3) * Math.Pow(10, random.Next(-12, 3))
            );
            var columns = factor.Length / n;
            var a = Rectangles.Times(factor, Rectangles.Turned(factor, n, columns), n, columns, n);
            var (values, v) = (new double[n], new double[n * n]);
            Assert.True(SpectralDecomposition.Decompose(a, n, values, v));
            Rectangles.Orthonormal("V", v, n, n);
            var scaled = Rectangles.Of(n, n, (i, j) => v[(i * n) + j] * values[j]);
            Rectangles.Near("VΛVᵀ", Rectangles.Times(scaled, Rectangles.Turned(v, n, n), n, n, n), a, 2 * Math.Max(4, n));
        }
    }

    [Theory]
    [InlineData(3, double.NaN)]
    [InlineData(3, double.PositiveInfinity)]
    [InlineData(20, double.NaN)]
    public void What_is_not_finite_gives_NaN(int n, double value)
    {
        var (a, values, v) = (Random(n, seed: 1), new double[n], new double[n * n]);
        a[n + 1] = value;
        Assert.False(SpectralDecomposition.Decompose(a, n, values, v));
        Assert.All([.. values, .. v], x => Assert.Equal(double.NaN, x));
    }

    [Fact]
    public void The_mean_of_a_matrix_and_its_transpose_is_decomposed()
    {
        var (values, v) = (new double[2], new double[4]);
        Assert.True(SpectralDecomposition.Decompose([1, 4, 0, 1], 2, values, v));
        EigenChecks.Near(-1, values[0], 1e-15);
        EigenChecks.Near(3, values[1], 1e-15);
    }
}
