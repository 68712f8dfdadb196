using AutoDiff.Curvature;
using static AutoDiff.Tests.Numerics.Matrices;

namespace AutoDiff.Tests.Curvature;

/// <summary>What Hutchinson, Hutch++, XTrace and the norm have in common, and what each promises of its own.</summary>
public class TraceTests
{
    private const int N = 120;

    private static readonly double[] Decaying = WithEigenvalues([.. Enumerable.Range(1, N).Select(i => 100.0 / (i * i))], seed: 1);

    private delegate Estimate Method(LinearOperator a, Key key, EstimatorOptions? options = null);

    private static readonly Dictionary<string, (Method Method, int Cost)> Methods = new()
    {
        ["Hutchinson"] = (Hutchinson.Trace, 1),
        ["HutchPlusPlus"] = (HutchPlusPlus.Trace, 3),
        ["XTrace"] = (XTrace.Trace, 2),
        ["FrobeniusNorm.Squared"] = (FrobeniusNorm.Squared, 1),
        ["FrobeniusNorm.Estimate"] = (FrobeniusNorm.Estimate, 1),
    };

    public static TheoryData<string> Names => [.. Methods.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Products_are_counted_and_the_budget_is_kept(string name)
    {
        var (method, cost) = Methods[name];
        foreach (var budget in new[] { 0, 1, 2, 5, 6, 30, 61, N - 1, N, 10 * N })
        {
            var a = new Watched(Decaying, N);
            var estimate = method(a, Key.Of(1), new() { MaxProducts = budget });
            Assert.Equal(a.Products, estimate.Products);
            Assert.InRange(estimate.Products, 0, budget);
            Assert.Equal(budget >= N ? 0 : budget / cost, estimate.Samples);
            Assert.Equal(budget >= N ? N : cost * (budget / cost), estimate.Products);
            Assert.Equal(budget >= cost, !double.IsNaN(estimate.Value));
            Assert.Equal(budget >= 2 * cost, !double.IsNaN(estimate.StandardError));
            Assert.Equal(budget >= 2 * cost ? Outcome.Converged : Outcome.MaxIterations, estimate.Outcome);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_budget_of_n_gives_the_exact_value(string name)
    {
        foreach (var scale in new[] { 1, 1e-150, 1e150 })
        {
            var estimate = Methods[name].Method(Operator(Decaying, scale), Key.Of(1), new() { MaxProducts = N });
            Assert.Equal((0, N), (estimate.StandardError, estimate.Products));
            Near(Truth(name, Decaying, scale), estimate.Value, 1e-13);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Tolerances_are_met_within_the_interval(string name)
    {
        foreach (var scale in new[] { 1, 1e-150, 1e150 })
        {
            var truth = Truth(name, Decaying, scale);
            var estimate = Methods[name].Method(Operator(Decaying, scale), Key.Of(2), new() { RelativeTolerance = 0.2 });
            Assert.Equal(Outcome.Converged, estimate.Outcome);
            Assert.InRange(estimate.StandardError, 1e-12 * truth, 0.2 * estimate.Value);
            Assert.InRange(Math.Abs(estimate.Value - truth), 0, 4 * estimate.StandardError);
            var absolute = Methods[name].Method(Operator(Decaying, scale), Key.Of(2), new() { Tolerance = 0.2 * truth });
            Assert.InRange(absolute.StandardError, 0, 0.2 * truth);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_tolerance_out_of_reach_is_said_or_met_exactly(string name)
    {
        var short_ = Methods[name].Method(new Watched(Decaying, N), Key.Of(3), new() { RelativeTolerance = 1e-9, MaxProducts = 60 });
        Assert.Equal(Outcome.MaxIterations, short_.Outcome);
        Assert.InRange(short_.Products, 58, 60);
        var a = new Watched(Decaying, N);
        var exact = Methods[name].Method(a, Key.Of(3), new() { RelativeTolerance = 1e-9 });
        Assert.Equal((Outcome.Converged, 0.0), (exact.Outcome, exact.StandardError));
        Assert.Equal(a.Products, exact.Products);
        Assert.InRange(exact.Products, N, 2 * N);
        Near(Truth(name, Decaying, 1), exact.Value, 1e-13);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Threads_change_no_bit_and_a_longer_run_only_adds(string name)
    {
        var method = Methods[name].Method;
        var one = method(new Watched(Decaying, N), Key.Of(4), new() { MaxProducts = 90, Threads = 1 });
        Assert.Equal(one, method(new Watched(Decaying, N), Key.Of(4), new() { MaxProducts = 90, Threads = 3 }));
        Assert.NotEqual(one.Value, method(new Watched(Decaying, N), Key.Of(5), new() { MaxProducts = 90 }).Value);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_not_finite_is_said(string name)
    {
        foreach (var failure in new[] { double.NaN, double.PositiveInfinity })
        {
            foreach (var failing in new[] { 0, 1, 20 })
            {
                var sampled = Methods[name]
                    .Method(new Watched(Decaying, N, N, isSymmetric: true, failing, failure), Key.Of(6), new() { MaxProducts = 60 });
                Assert.Equal(Outcome.NotFinite, sampled.Outcome);
                var exact = Methods[name]
                    .Method(new Watched(Decaying, N, N, isSymmetric: true, failing, failure), Key.Of(6), new() { MaxProducts = N });
                Assert.Equal(Outcome.NotFinite, exact.Outcome);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Cancelled_runs_keep_what_they_have(string name)
    {
        var method = Methods[name].Method;
        using var source = new CancellationTokenSource();
        var cancelled = Assert.Throws<IterationCanceledException<Estimate>>(() =>
            method(
                new Watched(Decaying, N),
                Key.Of(7),
                new()
                {
                    RelativeTolerance = 1e-9,
                    MaxProducts = 119,
                    Cancellation = source.Token,
                    Progress = new Cancelling(source, 0),
                }
            )
        );
        Assert.Equal((Outcome.Cancelled, 16), (cancelled.Solution.Outcome, cancelled.Solution.Samples));
        Assert.True(double.IsFinite(cancelled.Solution.StandardError));
        Assert.Throws<IterationCanceledException<Estimate>>(() =>
            method(new Watched(Decaying, N), Key.Of(7), new() { Cancellation = new(canceled: true) })
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Small_sizes_and_zero_are_right(string name)
    {
        var method = Methods[name].Method;
        Assert.Equal(new(0, 0, 0), method(new Watched([], 0), Key.Of(1)));
        Assert.Equal(new(0, 0, 0), method(new Watched([], 0), Key.Of(1), new() { MaxProducts = 0 }));
        Assert.Equal(new(4, 0, 1), method(new Watched([name.EndsWith("Squared", StringComparison.Ordinal) ? 2 : 4], 1), Key.Of(1)));
        var zero = method(new Watched(new double[N * N], N), Key.Of(1), new() { MaxProducts = 60 });
        Assert.Equal((0, 0, Outcome.Converged), (zero.Value, zero.StandardError, zero.Outcome));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Wrong_input_throws(string name)
    {
        var method = Methods[name].Method;
        Assert.Throws<ArgumentNullException>(() => method(null!, Key.Of(1)));
        Assert.Throws<ArgumentNullException>(() => method(new Watched(Decaying, N), null!));
        if (!name.StartsWith("Frobenius", StringComparison.Ordinal))
            Assert.Throws<ArgumentException>(() => method(new Watched(new double[6], 2, 3, isSymmetric: false), Key.Of(1)));
    }

    [Theory]
    [InlineData("HutchPlusPlus", 10, 30)]
    [InlineData("HutchPlusPlus", 11, 33)]
    [InlineData("XTrace", 10, 22)]
    [InlineData("XTrace", 14, 30)]
    public void Low_rank_traces_are_exact(string name, int rank, int products)
    {
        foreach (var scale in new[] { 1, 1e-150, 1e150 })
        {
            double[] values = [.. Enumerable.Range(1, rank).Select(i => (i % 2 == 0 ? -1.0 : 2) * i), .. new double[N - rank]];
            var estimate = Methods[name]
                .Method(Operator(WithEigenvalues(values, seed: 3), scale), Key.Of(8), new() { MaxProducts = products });
            Near(values.Sum() * scale, estimate.Value, 1e-11);
            Assert.InRange(estimate.StandardError / scale, 0, 1e-10);
        }
    }

    [Theory]
    [InlineData("HutchPlusPlus", 12, 30)]
    [InlineData("XTrace", 12, 22)]
    public void One_product_too_few_is_not_exact(string name, int rank, int products)
    {
        double[] values = [.. Enumerable.Range(1, rank).Select(i => (double)i), .. new double[N - rank]];
        var estimate = Methods[name].Method(new Watched(WithEigenvalues(values, seed: 3), N), Key.Of(8), new() { MaxProducts = products });
        Assert.InRange(estimate.StandardError, 1e-3, values.Sum());
    }

    [Theory]
    [InlineData(ProbeDistribution.Rademacher)]
    [InlineData(ProbeDistribution.Gaussian)]
    [InlineData(ProbeDistribution.Sphere)]
    public void Sketches_with_dependent_probes_are_right(ProbeDistribution distribution)
    {
        // A plane of two coordinates, on which vectors of signs coincide.
        double[] values = new double[N * N];
        (values[0], values[N + 1], values[1], values[N]) = (3, 5, 1, 1);
        var options = new EstimatorOptions { MaxProducts = 24, Distribution = distribution };
        Near(8, XTrace.Trace(new Watched(values, N), Key.Of(9), options).Value, 1e-12);
        Near(8, HutchPlusPlus.Trace(new Watched(values, N), Key.Of(9), options).Value, 1e-12);
        var diagonal = XDiag.Diagonal(new Watched(values, N), Key.Of(9), new() { MaxProducts = 24 }).Value;
        Near(3, diagonal[0], 1e-12);
        Near(5, diagonal[1], 1e-12);
    }

    [Fact]
    public void XTrace_is_exact_of_a_multiple_of_the_identity()
    {
        // Every sample has r − 1 dimensions known and the remaining n − r + 1 of one curvature.
        var a = new Watched(Diagonal([.. Enumerable.Repeat(2.0, N)]), N);
        Near(2 * N, XTrace.Trace(a, Key.Of(1), new() { MaxProducts = 30 }).Value, 1e-12);
    }

    [Fact]
    public void Operators_need_not_be_symmetric()
    {
        double[] values = [.. Enumerable.Range(0, N * N).Select(i => Math.Sin(i * 0.7) + (i % (N + 1) == 0 ? 3 : 0))];
        var trace = Trace(values, N);
        foreach (var name in new[] { "Hutchinson", "HutchPlusPlus", "XTrace" })
        {
            var estimate = Methods[name].Method(new Watched(values, N, N, isSymmetric: false), Key.Of(10), new() { MaxProducts = N - 1 });
            Assert.InRange(Math.Abs(estimate.Value - trace), 0, 4 * estimate.StandardError);
        }
        // Of rank two, not symmetric: u₁v₁ᵀ + u₂v₂ᵀ.
        double[] low =
        [
            .. Enumerable
                .Range(0, N * N)
                .Select(i => (Math.Sin(i / N) * Math.Cos(2.0 * (i % N))) + ((i / N) * 0.01 * Math.Sin(1 + (0.3 * (i % N))))),
        ];
        foreach (var name in new[] { "HutchPlusPlus", "XTrace" })
        {
            var estimate = Methods[name].Method(new Watched(low, N, N, isSymmetric: false), Key.Of(10), new() { MaxProducts = 30 });
            Assert.Equal(Trace(low, N), estimate.Value, 1e-11 * Frobenius(low));
        }
    }

    [Fact]
    public void Norms_are_of_any_shape()
    {
        double[] values = [.. Enumerable.Range(0, 40 * N).Select(i => Math.Sin(i * 0.7))];
        var exact = FrobeniusNorm.Estimate(new Watched(values, 40, N, isSymmetric: false), Key.Of(1), new() { MaxProducts = N });
        Near(Frobenius(values), exact.Value, 1e-13);
        var estimate = FrobeniusNorm.Estimate(new Watched(values, 40, N, isSymmetric: false), Key.Of(1), new() { MaxProducts = 60 });
        Assert.InRange(Math.Abs(estimate.Value - exact.Value), 0, 4 * estimate.StandardError);
        Assert.InRange(estimate.StandardError, 1e-3, 0.1 * exact.Value);
    }

    [Fact]
    public void A_norm_is_known_where_its_square_is_not()
    {
        var norm = FrobeniusNorm.Estimate(Operator(Decaying, 1e200), Key.Of(1), new() { MaxProducts = 60 });
        Assert.Equal(Outcome.Converged, norm.Outcome);
        Assert.InRange(Math.Abs(norm.Value - (1e200 * Frobenius(Decaying))), 0, 4 * norm.StandardError);
        Assert.Equal(Outcome.NotFinite, FrobeniusNorm.Squared(Operator(Decaying, 1e200), Key.Of(1), new() { MaxProducts = 60 }).Outcome);
    }

    private static Watched Operator(double[] values, double scale) => new([.. values.Select(x => x * scale)], N);

    private static double Truth(string name, double[] values, double scale) =>
        name switch
        {
            "FrobeniusNorm.Squared" => Frobenius(values) * scale * (Frobenius(values) * scale),
            "FrobeniusNorm.Estimate" => Frobenius(values) * scale,
            _ => Trace(values, N) * scale,
        };

    private static void Near(double expected, double actual, double relative) =>
        Assert.InRange(actual / expected, 1 - relative, 1 + relative);
}
