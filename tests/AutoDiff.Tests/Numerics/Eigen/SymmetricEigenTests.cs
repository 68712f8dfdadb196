using MathNet.Numerics.LinearAlgebra;
using static AutoDiff.Tests.Numerics.EigenChecks;
using static AutoDiff.Tests.Numerics.Matrices;

namespace AutoDiff.Tests.Numerics;

public class SymmetricEigenTests
{
    [Theory]
    [InlineData("wilkinson21")]
    [InlineData("clustered")]
    [InlineData("graded")]
    [InlineData("random")]
    [InlineData("hilbert")]
    [InlineData("identity")]
    [InlineData("zero")]
    public void Reference_eigenvalues_are_met_to_rounding(string name)
    {
        var (a, n, expected) = Reference(name);
        var tolerance = n * Epsilon * expected.Max(Math.Abs);
        foreach (var vectors in new[] { true, false })
        {
            var result = Eigen(a, n, vectors);
            Holds(a, n, result);
            for (var i = 0; i < n; i++)
            {
                Near(expected[i], result.Eigenvalues[i], tolerance);
                Near(expected[i], result.Eigenvalues[i], result.ErrorBounds[i]);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(50)]
    [InlineData(65)]
    [InlineData(97)]
    [InlineData(200)]
    [InlineData(360)]
    public void Random_matrices_agree_with_MathNet(int n)
    {
        var a = Random(n, seed: n);
        var expected = Matrix<double>
            .Build.Dense(n, n, a)
            .Evd(Symmetricity.Symmetric)
            .EigenValues.Select(value => value.Real)
            .Order()
            .ToArray();
        var result = Eigen(a, n);
        Holds(a, n, result);
        var tolerance = n * Epsilon * Frobenius(a);
        for (var i = 0; i < n; i++)
            Near(expected[i], result.Eigenvalues[i], tolerance);
    }

    [Fact]
    public void Values_do_not_depend_on_whether_vectors_are_computed()
    {
        var a = Random(120, seed: 3);
        Assert.Equal(Eigen(a, 120).Eigenvalues, Eigen(a, 120, vectors: false).Eigenvalues);
    }

    [Fact]
    public void A_small_matrix_starts_no_threads()
    {
        var a = Random(20, seed: 3);
        Bytes(1);
        Bytes(8);
        Assert.Equal(Bytes(1), Bytes(8));

        long Bytes(int threads)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            SymmetricEigen.Decompose(a, 20, vectors: true, threads);
            Inertia.Certify(a, 20, 0.1, threads: threads);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void Bits_do_not_depend_on_threads_or_run()
    {
        var a = Random(300, seed: 4);
        var one = Eigen(a, 300);
        foreach (var threads in new[] { 1, 2, 3, 8 })
        {
            Assert.Equal(one.Eigenvalues, SymmetricEigen.Decompose(a, 300, vectors: false, threads).Eigenvalues);
            var (some, others) = (Pairs(a, 300, 0, 5, -1), SymmetricEigen.Pairs(a, 300, [0, 5, -1], threads));
            Assert.Equal(some.Vectors, others.Vectors);
            Assert.Equal(some.ErrorBounds, others.ErrorBounds);
            var other = Eigen([.. a], 300, threads: threads);
            Assert.Equal(one.Eigenvalues, other.Eigenvalues);
            Assert.Equal(one.Vectors, other.Vectors);
            Assert.Equal(one.ErrorBounds, other.ErrorBounds);
        }
    }

    [Fact]
    public void Scaling_by_a_power_of_two_scales_every_bit()
    {
        var a = Random(40, seed: 5);
        var one = Eigen(a, 40);
        foreach (var exponent in new[] { -990, -1, 1, 990 })
        {
            var scaled = Eigen([.. a.Select(x => Math.ScaleB(x, exponent))], 40);
            Assert.Equal(one.Eigenvalues.Select(x => Math.ScaleB(x, exponent)), scaled.Eigenvalues);
            Assert.Equal(one.Vectors, scaled.Vectors);
        }
    }

    [Fact]
    public void Permuting_rows_and_columns_permutes_vectors_and_keeps_values()
    {
        const int n = 30;
        var a = Random(n, seed: 6);
        var order = Enumerable.Range(0, n).Select(i => i * 7 % n).ToArray();
        var (one, other) = (Eigen(a, n), Eigen(From(n, (i, j) => a[(order[i] * n) + order[j]]), n));
        for (var k = 0; k < n; k++)
        {
            Near(one.Eigenvalues[k], other.Eigenvalues[k], n * Epsilon * Frobenius(a));
            var overlap = Enumerable.Range(0, n).Sum(i => one.Pair(k).Vector[order[i]] * other.Pair(k).Vector[i]);
            Near(1, Math.Abs(overlap), 1e-10);
        }
    }

    [Fact]
    public void Cancellation_stops_the_work() =>
        Assert.Throws<OperationCanceledException>(() =>
            SymmetricEigen.Decompose(Random(100, 1), 100, cancellation: new CancellationToken(canceled: true))
        );

    [Fact]
    public void Wrong_input_is_named()
    {
        Assert.StartsWith(
            "[SymmetricEigen] got 6 values for a matrix of size 2",
            Message(() => Eigen(new double[6], 2)),
            StringComparison.Ordinal
        );
        Assert.StartsWith("[SymmetricEigen] got NaN at (1,0)", Message(() => Eigen([1, 2, double.NaN, 4], 2)), StringComparison.Ordinal);
        Assert.StartsWith(
            "[SymmetricEigen] got -Infinity at (1,1)",
            Message(() => Eigen([1, 2, 2, double.NegativeInfinity], 2)),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "[SymmetricEigen] got 3 at (1,0) and 2 at (0,1)",
            Message(() => Eigen([1, 2, 3, 4], 2)),
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentException>(() => Eigen([], -1));
        Assert.Throws<ArgumentException>(() => Eigen([1], 1, threads: 0));
        Assert.Throws<ArgumentException>(() => Pairs([1, 0, 0, 1], 2, 2));
        Assert.Throws<ArgumentException>(() => Pairs([1, 0, 0, 1], 2, -1, 1));
        Assert.Throws<ArgumentException>(() => Eigen([1], 1).Pair(1));
        Assert.Throws<ArgumentException>(() => Eigen([1], 1, vectors: false).Pair(0));
    }

    [Fact]
    public void Asymmetry_within_tolerance_is_averaged_and_widens_the_bounds()
    {
        var result = Eigen([1, 2, 2 + 1e-9, 1], 2);
        Near(3 + 5e-10, result.Eigenvalues[1], 1e-14);
        Assert.All(result.ErrorBounds, bound => Assert.InRange(bound, 5e-10, 1e-9));
    }

    private static string Message(Action action) => Assert.Throws<ArgumentException>(action).Message;
}
