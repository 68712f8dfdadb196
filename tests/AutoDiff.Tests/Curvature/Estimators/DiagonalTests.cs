using AutoDiff.Curvature;
using static AutoDiff.Tests.Numerics.Matrices;

namespace AutoDiff.Tests.Curvature;

public class DiagonalTests
{
    private const int N = 120;

    private static readonly double[] Decaying = WithEigenvalues([.. Enumerable.Range(1, N).Select(i => 100.0 / (i * i))], seed: 1);

    private delegate DiagonalEstimate Method(LinearOperator a, Key key, EstimatorOptions? options = null);

    private static readonly Dictionary<string, (Method Method, int Cost)> Methods = new()
    {
        ["Hutchinson"] = (Hutchinson.Diagonal, 1),
        ["XDiag"] = (XDiag.Diagonal, 2),
    };

    public static TheoryData<string> Names => [.. Methods.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Products_are_counted_and_the_budget_is_kept(string name)
    {
        var (method, cost) = Methods[name];
        foreach (var budget in new[] { 0, 1, 2, 5, 30, 61, N, 10 * N })
        {
            var a = new Watched(Decaying, N);
            var estimate = method(a, Key.Of(1), new() { MaxProducts = budget });
            Assert.Equal(a.Products, estimate.Products);
            Assert.Equal(budget >= N ? N : cost * (budget / cost), estimate.Products);
            Assert.Equal(budget >= N ? 0 : budget / cost, estimate.Iterations);
            Assert.All(estimate.Value, x => Assert.Equal(budget >= cost, !double.IsNaN(x)));
            Assert.All(estimate.StandardErrors, x => Assert.Equal(budget >= 2 * cost, !double.IsNaN(x)));
            Assert.Equal(budget >= 2 * cost ? Outcome.Converged : Outcome.MaxIterations, estimate.Outcome);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Elements_are_within_their_intervals(string name)
    {
        foreach (var scale in new[] { 1, 1e-150, 1e150 })
        {
            var a = new Watched([.. Decaying.Select(x => x * scale)], N);
            var estimate = Methods[name].Method(a, Key.Of(2), new() { MaxProducts = 60 });
            Assert.Equal(Outcome.Converged, estimate.Outcome);
            var outside = 0;
            for (var i = 0; i < N; i++)
            {
                var element = estimate.Element(i);
                Assert.Equal((estimate.Value[i], 60, estimate.Iterations), (element.Value, element.Products, element.Samples));
                Assert.InRange(element.StandardError / scale, 1e-9, 10);
                var (low, high) = element.Interval(0.99);
                outside += Decaying[i * (N + 1)] * scale < low || Decaying[i * (N + 1)] * scale > high ? 1 : 0;
            }
            Assert.InRange(outside, 0, 6);
            Assert.Equal(Frobenius([.. estimate.StandardErrors]), estimate.Measure, 1e-12 * estimate.Measure);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Tolerances_are_met_or_the_diagonal_is_exact(string name)
    {
        var diagonal = Enumerable.Range(0, N).Select(i => Decaying[i * (N + 1)]).ToArray();
        var near = Methods[name].Method(new Watched(Decaying, N), Key.Of(2), new() { RelativeTolerance = 0.2 });
        Assert.Equal(Outcome.Converged, near.Outcome);
        Assert.InRange(near.Measure, 1e-6, 0.2 * Frobenius([.. near.Value]));
        Assert.InRange(Frobenius([.. near.Value.Zip(diagonal, (x, y) => x - y)]), 0, 3 * near.Measure);
        var exact = Methods[name].Method(new Watched(Decaying, N), Key.Of(2), new() { RelativeTolerance = 1e-12 });
        Assert.Equal((Outcome.Converged, 0.0), (exact.Outcome, exact.Measure));
        Assert.Equal(diagonal, exact.Value);
        var short_ = Methods[name].Method(new Watched(Decaying, N), Key.Of(2), new() { Tolerance = 1e-9, MaxProducts = 70 });
        Assert.Equal((Outcome.MaxIterations, 70), (short_.Outcome, short_.Products));
    }

    [Fact]
    public void Errors_are_those_of_the_rows()
    {
        // With signs an element scatters as the rest of its row: over 400 keys with 8 probes each.
        var (n, squares, stated) = (20, new double[20], new double[20]);
        var values = Random(n, seed: 4);
        for (var seed = 0; seed < 400; seed++)
        {
            var estimate = Hutchinson.Diagonal(new Watched(values, n), Key.Of((ulong)seed), new() { MaxProducts = 8 });
            for (var i = 0; i < n; i++)
            {
                squares[i] += Math.Pow(estimate.Value[i] - values[i * (n + 1)], 2) / 400;
                stated[i] += Math.Pow(estimate.StandardErrors[i], 2) / 400;
            }
        }
        for (var i = 0; i < n; i++)
        {
            var expected = Enumerable.Range(0, n).Where(j => j != i).Sum(j => values[(i * n) + j] * values[(i * n) + j]) / 8;
            Assert.InRange(squares[i] / expected, 0.7, 1.35);
            Assert.InRange(stated[i] / expected, 0.85, 1.15);
        }
    }

    [Fact]
    public void A_diagonal_operator_needs_one_vector_of_signs()
    {
        double[] values = [.. Enumerable.Range(1, N).Select(i => Math.Pow(10, (i % 25) - 12.0))];
        var a = new Watched(Diagonal(values), N);
        foreach (var distribution in Enum.GetValues<ProbeDistribution>())
        {
            var estimate = Hutchinson.Diagonal(a, Key.Of(3), new() { MaxProducts = 20, Distribution = distribution });
            for (var i = 0; i < N; i++)
            {
                Assert.InRange(estimate.Value[i] / values[i], 1 - 1e-13, 1 + 1e-13);
                Assert.InRange(estimate.StandardErrors[i] / values[i], 0, 1e-13);
            }
        }
    }

    [Fact]
    public void XDiag_is_exact_of_low_rank()
    {
        foreach (var scale in new[] { 1, 1e-150, 1e150 })
        {
            double[] eigenvalues = [.. Enumerable.Range(1, 10).Select(i => (i % 2 == 0 ? -1.0 : 2) * i * scale), .. new double[N - 10]];
            var values = WithEigenvalues(eigenvalues, seed: 3);
            var estimate = XDiag.Diagonal(new Watched(values, N), Key.Of(8), new() { MaxProducts = 22 });
            for (var i = 0; i < N; i++)
                Assert.Equal(values[i * (N + 1)] / scale, estimate.Value[i] / scale, 1e-11);
            Assert.InRange(estimate.Measure / scale, 0, 1e-10);
            Assert.InRange(XDiag.Diagonal(new Watched(values, N), Key.Of(8), new() { MaxProducts = 18 }).Measure / scale, 1e-2, 100);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Threads_change_no_bit(string name)
    {
        var one = Methods[name].Method(new Watched(Decaying, N), Key.Of(4), new() { MaxProducts = 90, Threads = 1 });
        var three = Methods[name].Method(new Watched(Decaying, N), Key.Of(4), new() { MaxProducts = 90, Threads = 3 });
        Assert.Equal(one.Value, three.Value);
        Assert.Equal(one.StandardErrors, three.StandardErrors);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_not_finite_is_said(string name)
    {
        foreach (var failing in new[] { 0, 5, 25, 50 })
        {
            var a = new Watched(Decaying, N, N, isSymmetric: true, failing);
            var estimate = Methods[name].Method(a, Key.Of(6), new() { Tolerance = 1e-9, MaxProducts = 100 });
            Assert.Equal(Outcome.NotFinite, estimate.Outcome);
            a = new Watched(Decaying, N, N, isSymmetric: true, failing);
            Assert.Equal(Outcome.NotFinite, Methods[name].Method(a, Key.Of(6), new() { MaxProducts = N }).Outcome);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Cancelled_runs_keep_what_they_have(string name)
    {
        using var source = new CancellationTokenSource();
        var cancelled = Assert.Throws<IterationCanceledException<DiagonalEstimate>>(() =>
            Methods[name]
                .Method(
                    new Watched(Decaying, N),
                    Key.Of(7),
                    new()
                    {
                        Tolerance = 1e-9,
                        MaxProducts = 119,
                        Cancellation = source.Token,
                        Progress = new Cancelling(source, 0),
                    }
                )
        );
        Assert.Equal((Outcome.Cancelled, 16), (cancelled.Solution.Outcome, cancelled.Solution.Iterations));
        Assert.True(double.IsFinite(cancelled.Solution.Measure));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Small_sizes_and_wrong_input(string name)
    {
        var method = Methods[name].Method;
        Assert.Empty(method(new Watched([], 0), Key.Of(1)).Value);
        Assert.Equal([4], method(new Watched([4], 1), Key.Of(1)).Value);
        Assert.Throws<ArgumentNullException>(() => method(null!, Key.Of(1)));
        Assert.Throws<ArgumentNullException>(() => method(new Watched(Decaying, N), null!));
        Assert.Throws<ArgumentException>(() => method(new Watched(new double[6], 2, 3, isSymmetric: false), Key.Of(1)));
        Assert.Throws<ArgumentException>(() => method(new Watched([4], 1), Key.Of(1)).Element(1));
    }
}
