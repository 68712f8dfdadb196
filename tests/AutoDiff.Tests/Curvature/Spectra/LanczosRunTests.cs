using System.Collections.Immutable;
using AutoDiff.Curvature;
using static AutoDiff.Tests.Numerics.Matrices;

namespace AutoDiff.Tests.Curvature;

/// <summary>What a run of Lanczos' method costs, how it ends, and what it refuses.</summary>
public class LanczosRunTests
{
    private static readonly double[] Spread = [.. Enumerable.Range(0, 300).Select(i => i < 290 ? i / 290.0 : i - 288.0)];
    private static readonly MatrixOperator A = MatrixOperator.Of(WithEigenvalues(Spread, seed: 1), Spread.Length);

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 5)]
    [InlineData(7, 5)]
    public void Products_are_counted_exactly(int block, int count)
    {
        var counting = new Counting(A);
        Assert.Equal(Lanczos.Largest(counting, count, new() { BlockSize = block }).Products, counting.Products);
        counting = new(A);
        var (smallest, largest) = Lanczos.BothEnds(counting, count, count, new() { BlockSize = block, MaxProducts = 30 });
        Assert.Equal((smallest.Products, largest.Products), (counting.Products, counting.Products));
        counting = new(A);
        Assert.Equal(Lanczos.Nearest(counting, 0.5, count).Products, counting.Products);
    }

    [Fact]
    public void A_small_basis_gives_the_same_pairs_for_more_products()
    {
        var whole = Lanczos.Smallest(A, 4, new() { Tolerance = 1e-6 });
        var small = Lanczos.Smallest(A, 4, new() { Tolerance = 1e-6, BasisBytes = 18 * 8 * A.Size });
        Assert.Equal((Outcome.Converged, Outcome.Converged), (whole.Outcome, small.Outcome));
        Assert.True(small.Products > whole.Products);
        foreach (var (x, y) in whole.Value.Zip(small.Value))
            Assert.InRange(Math.Abs(x.Value - y.Value), 0, x.ErrorBound + y.ErrorBound);
        Refused("[Lanczos.Largest] got room for 15 vectors", () => Lanczos.Largest(A, 4, new() { BasisBytes = 15 * 8 * A.Size }));
    }

    [Fact]
    public void A_matrix_nearby_takes_few_products_from_the_pairs_of_the_last()
    {
        var found = Lanczos.Largest(A, 5);
        var noise = Random(A.Size, seed: 4);
        var near = MatrixOperator.Of([.. A.Values.Zip(noise, (x, e) => x + (1e-7 * e))], A.Size);
        ImmutableArray<double> start = [.. found.Value.SelectMany(pair => pair.Vector)];
        var cold = Lanczos.Largest(near, 5);
        var tracked = Lanczos.Largest(
            near,
            5,
            new()
            {
                Start = start,
                ExcludeMissed = false,
                Tolerance = 1e-6,
            }
        );
        Assert.Equal((Outcome.Converged, 5, 5), (tracked.Outcome, tracked.Products, tracked.Unexcluded));
        var finer = Lanczos.Largest(near, 5, new() { Start = start, ExcludeMissed = false });
        Assert.Equal(Outcome.Converged, finer.Outcome);
        Assert.InRange(finer.Products, 6, 2 * cold.Products / 3);
        foreach (var (x, y) in cold.Value.Zip(finer.Value))
            Assert.InRange(Math.Abs(x.Value - y.Value), 0, x.ErrorBound + y.ErrorBound);
    }

    [Fact]
    public void A_start_from_wrong_pairs_is_found_out()
    {
        // Eigenvectors of 1, 2 and 3, exactly.
        var a = new Diagonals([.. Enumerable.Range(1, 100).Select(i => (double)i)]);
        var start = Enumerable.Range(0, 300).Select(i => i % 101 == 0 ? 1.0 : 0).ToImmutableArray();
        var trusting = Lanczos.Largest(a, 3, new() { Start = start, ExcludeMissed = false });
        Assert.Equal((Outcome.Converged, 3, 3), (trusting.Outcome, trusting.Products, trusting.Unexcluded));
        Assert.Equal([1, 2, 3], trusting.Eigenvalues);
        var checking = Lanczos.Largest(a, 3, new() { Start = start });
        Assert.Equal((Outcome.Converged, 0), (checking.Outcome, checking.Unexcluded));
        for (var i = 0; i < 3; i++)
            Assert.InRange(Math.Abs(checking.Value[i].Value - (98 + i)), 0, checking.Value[i].ErrorBound);
    }

    [Fact]
    public void Copies_beyond_the_block_are_looked_for_or_stated()
    {
        double[] values = [5, 5, 5, 4, .. Enumerable.Repeat(1.0, 96)];
        var a = MatrixOperator.Of(WithEigenvalues(values, seed: 3), values.Length);
        var quick = Lanczos.Largest(a, 4, new() { ExcludeMissed = false });
        Assert.Equal(Outcome.Converged, quick.Outcome);
        Assert.InRange(quick.Unexcluded, 1, 2);
        var whole = Lanczos.Largest(a, 4);
        Assert.Equal((Outcome.Converged, 0), (whole.Outcome, whole.Unexcluded));
        foreach (var (expected, actual) in new[] { 4.0, 5, 5, 5 }.Zip(whole.Eigenvalues))
            Assert.InRange(Math.Abs(expected - actual), 0, 1e-12);
        Assert.Equal(0, Lanczos.Largest(Identity(50), 3).Unexcluded);
    }

    [Theory]
    [InlineData(1e150)]
    [InlineData(1e-150)]
    public void Any_scale_will_do(double scale)
    {
        var found = Lanczos.Largest(A.Scale(scale), 3);
        Assert.Equal(Outcome.Converged, found.Outcome);
        for (var i = 0; i < 3; i++)
            Assert.InRange(Math.Abs((found.Value[i].Value / scale) - Spread[^(3 - i)]), 0, 1e-12);
    }

    [Fact]
    public void Budgets_end_a_run_with_what_it_has()
    {
        var none = Lanczos.Largest(A, 3, new() { MaxProducts = 0 });
        Assert.Equal((Outcome.MaxIterations, 0, 0, 0), (none.Outcome, none.Products, none.Iterations, none.Value.Length));
        var two = Lanczos.Largest(A, 3, new() { MaxIterations = 1 });
        Assert.Equal((Outcome.MaxIterations, 3, 1, 2, 2), (two.Outcome, two.Products, two.Iterations, two.Value.Length, two.Unexcluded));
        var some = Lanczos.Largest(A, 3, new() { MaxProducts = 21 });
        Assert.Equal((Outcome.MaxIterations, 23, 11, 3), (some.Outcome, some.Products, some.Iterations, some.Value.Length));
        Assert.True(some.Measure > 1e-8 * some.Norm);
    }

    [Fact]
    public void No_tolerance_ends_at_what_rounding_allows()
    {
        var found = Lanczos.Largest(A, 3, new() { Tolerance = 0 });
        Assert.Equal(Outcome.Breakdown, found.Outcome);
        Assert.InRange(found.Measure / found.Norm, 0, 1e-14);
    }

    [Fact]
    public void A_run_cancelled_at_any_report_hands_over_what_it_has()
    {
        var reports = 0;
        var whole = Lanczos.Largest(A, 3, new() { Progress = new Counter(() => reports++) });
        Assert.True(reports > 2);
        for (var at = 0; at < reports - 2; at++)
        {
            using var source = new CancellationTokenSource();
            var reached = Assert
                .Throws<IterationCanceledException<EigenPairs>>(() =>
                    Lanczos.Largest(A, 3, new() { Progress = new Cancelling(source, at), Cancellation = source.Token })
                )
                .Solution;
            Assert.Equal((Outcome.Cancelled, 3), (reached.Outcome, reached.Value.Length));
            Assert.True(reached.Products <= whole.Products + 1);
        }
        var before = Assert.Throws<IterationCanceledException<EigenPairs>>(() =>
            Lanczos.Largest(A, 3, new() { Cancellation = new(canceled: true) })
        );
        Assert.Equal((0, 0), (before.Solution.Products, before.Solution.Value.Length));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(1_000_000)]
    public void Products_that_are_not_finite_end_it(int after)
    {
        var found = Lanczos.Largest(new Counting(A) { NanAfter = after }, 2);
        Assert.Equal(after > 1000 ? Outcome.Converged : Outcome.NotFinite, found.Outcome);
        Assert.All(found.Value, pair => Assert.True(double.IsFinite(pair.Residual)));
        Assert.Equal(after > 1000 ? 2 : 0, found.Value.Length);
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        // More than one part of the sums.
        var a = new Diagonals([.. Enumerable.Range(0, 40_000).Select(i => Math.Cos(i) + (i < 3 ? 2 + i : 0))]);
        var one = Lanczos.BothEnds(a, 2, 3, new() { Threads = 1, Tolerance = 1e-3 }).Largest;
        var four = Lanczos.BothEnds(a, 2, 3, new() { Threads = 4, Tolerance = 1e-3 }).Largest;
        Assert.Equal(one.Products, four.Products);
        foreach (var (x, y) in one.Value.Zip(four.Value))
            Assert.True(x.Value == y.Value && x.Vector.AsSpan().SequenceEqual(y.Vector.AsSpan()));
        Assert.InRange(one.Value[^1].Value, 3.58, 3.59);
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => Lanczos.Largest(null!, 1));
        Refused("[Lanczos.Largest] got 0 pairs of an operator on 300 elements; expected 1 to 300", () => Lanczos.Largest(A, 0));
        Refused("[Lanczos.Smallest] got 301 pairs of an operator on 300 elements", () => Lanczos.Smallest(A, 301));
        Refused("[Lanczos.BothEnds] got 0 pairs", () => Lanczos.BothEnds(A, 1, 0));
        Refused("[Lanczos.Largest] got 1 pairs of an operator on 0 elements", () => Lanczos.Largest(MatrixOperator.Of([], 0), 1));
        Refused(
            "[Lanczos.Largest] got a start of 299 values; expected vectors of 300",
            () => Lanczos.Largest(A, 1, new() { Start = [.. new double[299]] })
        );
        Refused("[Lanczos.Largest] got an operator that is not symmetric", () => Lanczos.Largest(new Counting(A, isSymmetric: false), 1));
        Refused("[Lanczos.Nearest] got NaN at position 0 of the shift", () => Lanczos.Nearest(A, double.NaN, 1));
        Refused("[Lanczos.Nearest] got an inverse of size 2; expected 300", () => Lanczos.Nearest(A, 0, 1, Identity(2)));
        Refused("[EigenOptions] got a tolerance -1;", () => new EigenOptions { Tolerance = -1 });
        Refused("[EigenOptions] got a block size of 0;", () => new EigenOptions { BlockSize = 0 });
        Refused("[EigenOptions] got a basis of 0;", () => new EigenOptions { BasisBytes = 0 });
        Refused("[EigenOptions] got NaN at position 1 of a start;", () => new EigenOptions { Start = [1, double.NaN] });
        Assert.Empty(new EigenOptions { Start = default }.Start);
    }

    [Fact]
    public void One_element_is_its_own_pair()
    {
        var found = Lanczos.Smallest(MatrixOperator.Of([-3], 1), 1);
        Assert.Equal((Outcome.Converged, -3.0, 0), (found.Outcome, found.Value[0].Value, found.Unexcluded));
        Assert.Equal(1, Math.Abs(found.Value[0].Vector[0]));
        Assert.Equal(-3, Lanczos.Nearest(MatrixOperator.Of([-3], 1), 7, 1).Eigenvalues[0]);
    }

    private static MatrixOperator Identity(int n) => MatrixOperator.Of(Diagonal([.. Enumerable.Repeat(1.0, n)]), n);

    private static void Refused(string message, Func<object> make) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(make).Message, StringComparison.Ordinal);

    private sealed class Counter(Action told) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => told();
    }

    private sealed class Diagonals(double[] values) : LinearOperator(values.Length)
    {
        protected override void Product(ReadOnlySpan<double> x, Span<double> y)
        {
            for (var i = 0; i < y.Length; i++)
                y[i] = values[i] * x[i];
        }
    }

    private sealed class Counting(LinearOperator inner, bool isSymmetric = true) : LinearOperator(inner.Size, inner.Size, isSymmetric)
    {
        private int _products;

        public int Products => _products;

        public int NanAfter { get; init; } = int.MaxValue;

        protected override void Product(ReadOnlySpan<double> x, Span<double> y)
        {
            inner.Apply(x, y);
            if (Interlocked.Increment(ref _products) > NanAfter)
                y[0] = double.NaN;
        }
    }
}
