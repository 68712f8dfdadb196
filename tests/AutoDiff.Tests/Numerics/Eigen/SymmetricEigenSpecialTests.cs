using static AutoDiff.Tests.Numerics.EigenChecks;
using static AutoDiff.Tests.Numerics.Matrices;

namespace AutoDiff.Tests.Numerics;

public class SymmetricEigenSpecialTests
{
    [Fact]
    public void An_empty_matrix_has_no_eigenvalues() => Assert.Empty(Eigen([], 0).Eigenvalues);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(40)]
    public void Identity_and_zero_are_exact(int n)
    {
        foreach (var value in new[] { 0.0, 1.0, -3.5 })
        {
            var a = From(n, (i, j) => i == j ? value : 0);
            var result = Eigen(a, n);
            Holds(a, n, result);
            Assert.All(result.Eigenvalues, x => Assert.Equal(value, x));
            Holds(a, n, Pairs(a, n, [.. Enumerable.Range(0, Math.Max(n / 5, 1))]));
        }
    }

    [Theory]
    [InlineData(1e-290)]
    [InlineData(1e-308)]
    [InlineData(1e-318)]
    [InlineData(double.Epsilon)]
    public void A_block_of_vanishing_size_beside_an_ordinary_one_keeps_its_vectors_orthogonal(double scale)
    {
        const int n = 100;
        var random = Random(n, 5);
        var a = From(
            n,
            (i, j) =>
                (i < 4 && j < 4) ? random[(i * n) + j]
                : i >= 4 && j >= 4 ? scale * Math.Round(10 * random[(i * n) + j])
                : 0
        );
        Holds(a, n, Eigen(a, n));
        var tridiagonal = From(
            n,
            (i, j) =>
                i == j && i < 4 ? i + 1
                : i != j && Math.Abs(i - j) == 1 && Math.Min(i, j) >= 4 ? scale
                : 0
        );
        Holds(tridiagonal, n, Eigen(tridiagonal, n));
    }

    [Fact]
    public void A_diagonal_matrix_gives_its_elements_in_order()
    {
        var result = Eigen(Diagonal(3, -1, 0, 1e-30, 7, -1), 6);
        Assert.Equal([-1, -1, 0, 1e-30, 3, 7], result.Eigenvalues);
        Assert.Equal([0, 0, 0, 0, 1, 0], result.Pair(5).Vector);
    }

    [Fact]
    public void The_saddle_of_two_weights_is_exact()
    {
        var result = Eigen([0, -2, -2, 0], 2);
        Near(-2, result.Eigenvalues[0], 2 * Epsilon);
        Near(2, result.Eigenvalues[1], 2 * Epsilon);
        Near(Math.Sqrt(0.5), result.Pair(0).Vector[0], 2 * Epsilon);
        Near(Math.Sqrt(0.5), result.Pair(0).Vector[1], 2 * Epsilon);
    }

    [Theory]
    [InlineData(21)]
    [InlineData(101)]
    public void Wilkinson_matrices_hold(int n)
    {
        Holds(Wilkinson(n), n, Eigen(Wilkinson(n), n));
        Holds(Wilkinson(n), n, Pairs(Wilkinson(n), n, -1, -2, -3, -4, 0));
    }

    [Theory]
    [InlineData(1e150)]
    [InlineData(1e-150)]
    [InlineData(1e305)]
    [InlineData(1e-290)]
    public void Huge_and_tiny_matrices_lose_nothing(double scale)
    {
        const int n = 60;
        var plain = Random(n, seed: 9);
        var a = plain.Select(x => x * scale).ToArray();
        var (result, expected) = (Eigen(a, n), Eigen(plain, n));
        for (var i = 0; i < n; i++)
        {
            Near(expected.Eigenvalues[i], result.Eigenvalues[i] / scale, n * Epsilon * Frobenius(plain));
            Assert.True(double.IsFinite(result.ErrorBounds[i]));
        }
        Holds(a, n, result);
    }

    [Fact]
    public void Eigenvalues_beyond_the_range_are_infinite_and_so_are_their_bounds()
    {
        foreach (var vectors in new[] { true, false })
        {
            var result = Eigen([1e308, 1e308, 1e308, 1e308], 2, vectors);
            Assert.Equal(double.PositiveInfinity, result.Eigenvalues[1]);
            Assert.Equal(double.PositiveInfinity, result.ErrorBounds[1]);
            Near(0, result.Eigenvalues[0], result.ErrorBounds[0]);
            Assert.True(result.ErrorBounds[0] < 1e294);
            Assert.Equal(double.NegativeInfinity, Eigen([-1.5e308, 1e308, 1e308, -1.5e308], 2, vectors).Eigenvalues[0]);
        }
        var band = Band([0, 1.5e308, 1.5e308, 0], 2, 1e300);
        Assert.Equal((1, 0, 1, 0), (band.Below, band.Within, band.Above, band.Uncertain));
    }

    [Fact]
    public void Subnormal_matrices_have_bounds_that_hold()
    {
        var random = new Random(3);
        for (var trial = 0; trial < 300; trial++)
        {
            // [[a, b], [b, c]] in whole numbers: the eigenvalues m ± √((a − c)²/4 + b²) are known far beyond the spacing of subnormals, 1.
            var (a, b, c) = (random.Next(-9, 10), random.Next(-9, 10), random.Next(-9, 10));
            var root = Math.Sqrt(((a - c) * (a - c) / 4.0) + (b * b));
            foreach (var vectors in new[] { true, false })
            {
                var result = Eigen([a * double.Epsilon, b * double.Epsilon, b * double.Epsilon, c * double.Epsilon], 2, vectors);
                double[] exact = [((a + c) / 2.0) - root, ((a + c) / 2.0) + root];
                for (var i = 0; i < 2; i++)
                    Near(exact[i], result.Eigenvalues[i] / double.Epsilon, result.ErrorBounds[i] / double.Epsilon);
                Assert.All(
                    result.ErrorBounds,
                    bound => Assert.InRange(bound, a == 0 && b == 0 && c == 0 ? 0 : double.Epsilon, 2 * double.Epsilon)
                );
            }
        }
    }

    [Fact]
    public void Matrices_whose_rows_differ_by_hundreds_of_orders_hold()
    {
        var a = From(12, (i, j) => Math.Pow(10, -20.0 * (i + j)));
        Holds(a, 12, Eigen(a, 12));
        var reversed = From(12, (i, j) => Math.Pow(10, -20.0 * (22 - i - j)));
        Holds(reversed, 12, Eigen(reversed, 12));
    }

    [Fact]
    public void Repeated_eigenvalues_keep_orthonormal_vectors()
    {
        double[] values = [.. Enumerable.Repeat(-2.0, 10), .. Enumerable.Repeat(0.0, 60), .. Enumerable.Repeat(1.0, 20), 5, 5, 9];
        var a = WithEigenvalues(values, seed: 11);
        var result = Eigen(a, values.Length);
        Holds(a, values.Length, result);
        for (var i = 0; i < values.Length; i++)
            Near(values[i], result.Eigenvalues[i], values.Length * Epsilon * Frobenius(a));
    }

    [Fact]
    public void Rank_one_matrices_hold()
    {
        var a = From(70, (i, j) => (i + 1.0) * (j + 1));
        var result = Eigen(a, 70);
        Holds(a, 70, result);
        Near(Enumerable.Range(1, 70).Sum(i => (double)i * i), result.Eigenvalues[69], 70 * Epsilon * Frobenius(a));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(150)]
    public void Chosen_pairs_agree_with_the_whole_decomposition(int n)
    {
        var a = Random(n, seed: 12);
        var all = Eigen(a, n);
        var chosen = Pairs(a, n, -1, 0, 1, n / 2);
        Holds(a, n, chosen);
        Assert.Equal([0, 1, n / 2, n - 1], chosen.Indices);
        Assert.Equal(all.Eigenvalues, chosen.Eigenvalues);
        foreach (var index in chosen.Indices)
            Near(1, all.Pair(index).Vector.Zip(chosen.Pair(index).Vector, (x, y) => x * y).Sum(), 1e-9);
    }

    [Fact]
    public void Pairs_of_a_cluster_span_it()
    {
        double[] values = [.. Enumerable.Repeat(-2.0, 12), .. Enumerable.Repeat(0.0, 90)];
        var a = WithEigenvalues(values, seed: 13);
        Holds(a, values.Length, Pairs(a, values.Length, [.. Enumerable.Range(0, 20)]));
        Holds(a, values.Length, Pairs(a, values.Length, [.. Enumerable.Range(0, values.Length)]));
        Holds(a, values.Length, Pairs(a, values.Length, 50));
    }
}
