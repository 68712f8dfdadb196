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
}
