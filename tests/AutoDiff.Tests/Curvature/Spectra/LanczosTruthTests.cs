using System.Collections.Immutable;
using AutoDiff.Curvature;
using static AutoDiff.Tests.Numerics.Matrices;

namespace AutoDiff.Tests.Curvature;

/// <summary>What a run says of its pairs is so, wherever it ended: residuals, bounds, products and orthogonality.</summary>
public class LanczosTruthTests
{
    private const int Size = 2500; // more than two of the stretches that threads share

    [Theory]
    [InlineData(1, 1e-1)]
    [InlineData(2, 1e-2)]
    [InlineData(5, 1e-4)]
    public void Residuals_are_those_of_the_vectors_and_bounds_are_no_less(int block, double tolerance)
    {
        double[] values = [.. Enumerable.Range(0, 400).Select(i => Math.Sqrt(i))];
        var a = new Watched(values);
        var options = new EigenOptions
        {
            BlockSize = block,
            Tolerance = tolerance,
            BasisBytes = 8L * 400 * (16 + (2 * block)),
        };
        var (smallest, largest) = Lanczos.BothEnds(a, 2, 3, options);
        Assert.Equal((a.Products, Outcome.Converged), (largest.Products, largest.Outcome));
        True(values, [.. smallest.Value, .. largest.Value]);
        // A residual that the tolerance does not hide.
        Assert.InRange(largest.Measure / largest.Norm, 0.01 * tolerance, tolerance);
        var inverse = new Watched([.. values.Select(x => 1 / (x - 7.3))]);
        True(values, Lanczos.Nearest(a, 7.3, 3, inverse, options).Value);
        True(values, Lanczos.Nearest(a, 7.3, 3).Value);
    }

    [Fact]
    public void Products_by_an_inverse_are_those_of_both_operators()
    {
        double[] values = [.. Enumerable.Range(0, 60).Select(i => (double)i)];
        var (a, inverse) = (new Watched(values), new Watched([.. values.Select(x => 1 / (x - 20.4))]));
        var found = Lanczos.Nearest(a, 20.4, 3, inverse);
        Assert.Equal(a.Products + inverse.Products, found.Products);
        Assert.True(a.Products > 3 && inverse.Products > 3);
        Assert.Equal([19, 20, 21], found.Eigenvalues.Select(Math.Round).Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_cluster_gives_each_of_its_values_once_in_orthogonal_vectors(int block)
    {
        // Pairs a rounding's thousandfold apart at the end, beside a wide spectrum that converges long before.
        double[] values =
        [
            .. Enumerable.Range(0, 6).Select(i => 1 + (1e-12 * i)),
            1e3,
            2e3,
            .. Enumerable.Range(0, 52).Select(i => -i / 40.0),
        ];
        var a = MatrixOperator.Of(WithEigenvalues(values, seed: 8), values.Length);
        var found = Lanczos.Largest(a, 8, new() { BlockSize = block, Tolerance = 1e-13 });
        Assert.Equal((Outcome.Converged, 8), (found.Outcome, found.Value.Length));
        foreach (var (expected, actual) in values.OrderDescending().Take(8).Order().Zip(found.Eigenvalues))
            Assert.InRange(Math.Abs(expected - actual), 0, 1e-10);
        Orthonormal(found.Value);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void An_operator_that_cancels_leaves_whole_pairs(int threads)
    {
        double[] values = [.. Enumerable.Range(0, Size).Select(i => i < Size - 4 ? Math.Cos(i) : 1.1 + (0.1 * (i - Size + 4)))];
        var options = new EigenOptions
        {
            Tolerance = 1e-9,
            BasisBytes = 8L * Size * 14,
            Threads = threads,
        };
        var whole = new Watched(values);
        Assert.Equal(Outcome.Converged, Lanczos.Largest(whole, 3, options).Outcome);
        Assert.True(whole.Products > 30);
        for (var at = 1; at < whole.Products - 10; at += 7)
        {
            using var source = new CancellationTokenSource();
            var a = new Watched(values) { At = at, Reached = source.Cancel };
            var reached = Assert
                .Throws<IterationCanceledException<EigenPairs>>(() => Lanczos.Largest(a, 3, options with { Cancellation = source.Token }))
                .Solution;
            Assert.Equal((Outcome.Cancelled, a.Products), (reached.Outcome, reached.Products));
            True(values, reached.Value);
            Orthonormal(reached.Value);
        }
    }

    [Fact]
    public void Missed_copies_are_excluded_by_chance_long_before_the_rest_converges()
    {
        // Two of 5, 3, and a dense rest that takes hundreds of products.
        double[] values = [5, 5, 3, .. Enumerable.Range(0, Size - 3).Select(i => -1 + (2.0 * i / (Size - 4)))];
        var quick = Lanczos.Largest(new Watched(values), 3, new() { ExcludeMissed = false });
        var whole = Lanczos.Largest(new Watched(values), 3);
        Assert.Equal((1, 0), (quick.Unexcluded, whole.Unexcluded));
        // 1.648·√n·exp(−√(4 ⁄ 6)·(2k − 1)) ≤ 1e-6 from k = 12 on, of two products each, and some before the next look.
        Assert.InRange(whole.Products - quick.Products, 24, 36);
    }

    [Fact]
    public void All_that_a_missed_copy_could_displace_is_stated()
    {
        double[] values = [9, 9, 5, 5, 3, .. Enumerable.Range(0, 55).Select(i => i / 55.0)];
        // Another 9 displaces the innermost of the three below.
        var largest = Lanczos.Largest(new Watched(values), 5, new() { ExcludeMissed = false });
        Assert.Equal((Outcome.Converged, 3), (largest.Outcome, largest.Unexcluded));
        double[] mirrored = [.. values.Select(x => -x)];
        Assert.Equal(3, Lanczos.Smallest(new Watched(mirrored), 5, new() { ExcludeMissed = false }).Unexcluded);
    }

    [Fact]
    public void Inertia_tells_of_an_operator_that_is_another_after_its_matrix()
    {
        // 0 to 9 as the matrix is read, and then 5 to 14: the pairs nearest to 1 are then (5, 6, 7), 1 + 6 has 0 to 6 within.
        var a = new Moving(10, 5);
        var found = Lanczos.Nearest(a, 1, 3);
        Assert.Equal([5, 6, 7], found.Eigenvalues.Select(Math.Round).Order());
        Assert.Equal(4, found.Unexcluded);
        // All copies of the farthest are as far.
        Assert.Equal(0, Lanczos.Nearest(MatrixOperator.Of(WithEigenvalues([.. Enumerable.Repeat(2.0, 40)], seed: 2), 40), 1, 3).Unexcluded);
    }

    [Fact]
    public void A_shift_far_off_leaves_the_tolerance_that_of_the_operator()
    {
        double[] values = [.. Enumerable.Range(0, 200).Select(i => Math.Sqrt(i))];
        const double shift = 1e5;
        var inverse = new Watched([.. values.Select(x => 1 / (x - shift))]);
        var found = Lanczos.Nearest(new Watched(values), shift, 2, inverse, new() { Tolerance = 1e-4 });
        Assert.Equal(Outcome.Converged, found.Outcome);
        True(values, found.Value);
        Assert.Equal(Math.Sqrt(199), found.Eigenvalues.Max(), 1e-3);
    }

    [Fact]
    public void An_inverse_that_is_none_breaks_down_with_true_residuals()
    {
        double[] values = [.. Enumerable.Range(0, 60).Select(i => (double)i)];
        var noise = Random(60, seed: 6);
        var inverse = MatrixOperator.Of([.. Diagonal([.. values.Select(x => 1 / (x - 20.4))]).Zip(noise, (x, e) => x + (1e-3 * e))], 60);
        var found = Lanczos.Nearest(new Watched(values), 20.4, 3, inverse);
        Assert.Equal((Outcome.Breakdown, 3), (found.Outcome, found.Value.Length));
        True(values, found.Value);
        Assert.True(found.Measure > 1e-4);
    }

    [Fact]
    public void A_tolerance_may_be_of_each_eigenvalue()
    {
        double[] values = [1e-4, 2e-4, 3e-4, .. Enumerable.Range(0, 60).Select(i => 0.1 + (i / 66.0))];
        var options = new EigenOptions { Tolerance = 1e-5 };
        var coarse = Lanczos.Smallest(new Watched(values), 3, options);
        var fine = Lanczos.Smallest(new Watched(values), 3, options with { RelativeToEigenvalue = true });
        Assert.Equal((Outcome.Converged, Outcome.Converged), (coarse.Outcome, fine.Outcome));
        Assert.All(fine.Value, pair => Assert.InRange(pair.Residual, 0, 1e-5 * pair.Value));
        Assert.Contains(coarse.Value, pair => pair.Residual > 1e-5 * pair.Value);
        True(values, fine.Value);
    }

    private static void True(double[] values, ImmutableArray<RitzPair> pairs)
    {
        var norm = values.Max(Math.Abs);
        foreach (var pair in pairs)
        {
            var rest = Enumerable.Range(0, values.Length).Select(i => (values[i] - pair.Value) * pair.Vector[i]).ToArray();
            Assert.InRange(Math.Abs(Frobenius(rest) - pair.Residual), 0, 1e-13 * norm);
            // No residual is known better than to some roundings of A.
            Assert.True(pair.ErrorBound >= pair.Residual + (1e-15 * norm));
            Assert.InRange(values.Min(x => Math.Abs(x - pair.Value)), 0, pair.ErrorBound);
        }
    }

    private static void Orthonormal(ImmutableArray<RitzPair> pairs)
    {
        for (var i = 0; i < pairs.Length; i++)
        {
            for (var j = 0; j <= i; j++)
                Assert.InRange(Math.Abs(Dot(pairs[i].Vector.AsSpan(), pairs[j].Vector.AsSpan()) - (i == j ? 1 : 0)), 0, 1e-13);
        }
    }

    /// <summary>A diagonal operator that counts its products and tells when there have been so many.</summary>
    private sealed class Watched(double[] values) : LinearOperator(values.Length)
    {
        private int _products;

        public int Products => _products;

        public int At { get; init; } = -1;

        public Action Reached { get; init; } = () => { };

        protected override void Product(ReadOnlySpan<double> x, Span<double> y)
        {
            for (var i = 0; i < y.Length; i++)
                y[i] = values[i] * x[i];
            if (Interlocked.Increment(ref _products) == At)
                Reached();
        }
    }

    /// <summary>0, 1, 2, …, and after the products that make a matrix all of that shifted.</summary>
    private sealed class Moving(int size, double by) : LinearOperator(size)
    {
        private int _products;

        protected override void Product(ReadOnlySpan<double> x, Span<double> y)
        {
            var shift = Interlocked.Increment(ref _products) > x.Length ? by : 0;
            for (var i = 0; i < y.Length; i++)
                y[i] = (i + shift) * x[i];
        }
    }
}
