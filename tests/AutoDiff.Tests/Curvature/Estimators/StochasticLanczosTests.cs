using AutoDiff.Curvature;
using static AutoDiff.Tests.Numerics.Matrices;

namespace AutoDiff.Tests.Curvature;

public class StochasticLanczosTests
{
    private const int N = 150;

    private static readonly double[] Eigenvalues = [.. Enumerable.Range(1, N).Select(i => 0.5 + (i * i / 2000.0))];
    private static readonly double[] Values = WithEigenvalues(Eigenvalues, seed: 1);

    private static readonly Dictionary<string, Func<LinearOperator, QuadratureOptions?, Estimate>> Methods = new()
    {
        ["Trace"] = (a, options) => StochasticLanczos.Trace(a, x => Math.Exp(-x), Key.Of(1), options),
        ["LogDeterminant"] = (a, options) => StochasticLanczos.LogDeterminant(a, Key.Of(1), options),
        ["EffectiveDimension"] = (a, options) => StochasticLanczos.EffectiveDimension(a, 2, Key.Of(1), options),
        ["Moment"] = (a, options) => StochasticLanczos.Moment(a, 5, Key.Of(1), options),
    };

    public static TheoryData<string> Names => [.. Methods.Keys];

    [Fact]
    public void Nodes_give_moments_of_degree_two_m_minus_one_and_no_more()
    {
        // One probe: its own moments vᵀAᵏv, computed by products.
        const int nodes = 4;
        var start = Enumerable.Range(0, N).Select(i => Math.Cos(i * i)).ToArray();
        var norm = Frobenius(start);
        start = [.. start.Select(x => x / norm)];
        var a = new Watched(Values, N);
        var rule = Rule(a, start, nodes);
        Assert.Equal(nodes, rule.Nodes.Length);
        var power = start;
        for (var k = 0; k <= 2 * nodes; k++)
        {
            var expected = start.Zip(power, (x, y) => x * y).Sum();
            var error = Math.Abs(rule.Mean(x => Math.Pow(x, k)) - expected) / expected;
            if (k < 2 * nodes)
                Assert.InRange(error, 0, 1e-12);
            else
                Assert.InRange(error, 1e-6, 1);
            power = Times(Values, power);
        }
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1e-150)]
    [InlineData(1e150)]
    public void Rules_are_exact_where_a_subspace_is_invariant(double scale)
    {
        // Three distinct eigenvalues: three nodes with the start's share of each, and no ghosts.
        double[] diagonal = [.. Enumerable.Range(0, 60).Select(i => scale * ((i % 3) - 1))];
        double[] start = [.. Enumerable.Repeat(1 / Math.Sqrt(60), 60)];
        var a = new Watched(Diagonal(diagonal), 60);
        var rule = Rule(a, start, 20);
        Assert.Equal(3, rule.Nodes.Length);
        Assert.Equal(3, a.Products);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(i - 1, rule.Nodes[i] / scale, 1e-14);
            Assert.Equal(1 / 3.0, rule.Weights[i], 1e-14);
        }
    }

    [Fact]
    public void Long_runs_have_no_ghosts()
    {
        // An outlier converges after a few steps; without reorthogonalization copies of it would follow.
        double[] values = [1000, .. Enumerable.Range(1, N - 1).Select(i => i / (double)N)];
        var rule = Rule(new Watched(WithEigenvalues(values, seed: 2), N), [.. Enumerable.Repeat(1 / Math.Sqrt(N), N)], 100);
        Assert.Equal(1, rule.Nodes.Count(x => x > 2));
        Assert.Equal(1, rule.Weights.Sum(), 1e-13);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Small_operators_are_diagonalized(string name)
    {
        foreach (
            var options in new QuadratureOptions?[]
            {
                null,
                new() { MaxProducts = N },
                new() { RelativeTolerance = 1e-12, Nodes = 10 },
            }
        )
        {
            var a = new Watched(Values, N);
            var estimate = Methods[name](a, options);
            Assert.Equal((Outcome.Converged, 0.0, a.Products), (estimate.Outcome, estimate.StandardError, estimate.Products));
            Assert.Equal(Truth(name), estimate.Value, 1e-11 * Truth(name));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Samples_stay_within_their_error(string name)
    {
        var a = new Watched(Values, N);
        var estimate = Methods[name](a, new() { MaxProducts = N - 1, Nodes = 12 });
        Assert.Equal(name == "Moment" ? 49 : 12, estimate.Samples);
        Assert.Equal(a.Products, estimate.Products);
        Assert.InRange(Math.Abs(estimate.Value - Truth(name)), 0, 4 * estimate.StandardError);
        Assert.InRange(estimate.StandardError, 1e-4 * Truth(name), 0.3 * Truth(name));
        Assert.Equal(
            estimate,
            Methods[name]
                (
                    a,
                    new()
                    {
                        MaxProducts = N - 1,
                        Nodes = 12,
                        Threads = 1,
                    }
                )
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Small_budgets_are_kept(string name)
    {
        foreach (var budget in new[] { 0, 1, 2, 3, 30 })
        {
            var a = new Watched(Values, N);
            var estimate = Methods[name](a, new() { MaxProducts = budget });
            Assert.Equal(a.Products, estimate.Products);
            Assert.InRange(estimate.Products, 0, budget);
            Assert.Equal(budget > 0, double.IsFinite(estimate.Value));
            Assert.Equal(budget > 1 ? Outcome.Converged : Outcome.MaxIterations, estimate.Outcome);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_not_finite_is_said(string name)
    {
        foreach (var failing in new[] { 0, 7, 40 })
        {
            var sampled = Methods[name](new Watched(Values, N, N, isSymmetric: true, failing), new() { MaxProducts = 100, Nodes = 10 });
            Assert.Equal(Outcome.NotFinite, sampled.Outcome);
            Assert.Equal(Outcome.NotFinite, Methods[name](new Watched(Values, N, N, isSymmetric: true, failing), null).Outcome);
        }
    }

    [Theory]
    [InlineData(1e-150)]
    [InlineData(1e150)]
    public void Scales_do_not_matter(double scale)
    {
        var scaled = new Watched([.. Values.Select(x => x * scale)], N);
        var options = new QuadratureOptions { MaxProducts = N - 1, Nodes = 12 };
        foreach (var given in new[] { options, options with { MaxProducts = N } })
        {
            var plain = StochasticLanczos.LogDeterminant(new Watched(Values, N), Key.Of(1), given);
            var other = StochasticLanczos.LogDeterminant(scaled, Key.Of(1), given);
            Assert.Equal(plain.Value + (N * Math.Log(scale)), other.Value, 1e-9);
            var dimension = StochasticLanczos.EffectiveDimension(scaled, 2 * scale, Key.Of(1), given);
            Assert.Equal(StochasticLanczos.EffectiveDimension(new Watched(Values, N), 2, Key.Of(1), given).Value, dimension.Value, 1e-9);
        }
    }

    [Fact]
    public void Indefinite_and_singular_operators_have_no_determinant()
    {
        double[] indefinite = [-1, .. Enumerable.Repeat(3.0, N - 1)];
        double[] singular = [0, .. Enumerable.Repeat(3.0, N - 1)];
        foreach (
            var options in new[]
            {
                null,
                new QuadratureOptions { MaxProducts = 40, Nodes = 10 },
            }
        )
        {
            var estimate = StochasticLanczos.LogDeterminant(Of(indefinite), Key.Of(1), options);
            Assert.Equal((Outcome.NegativeCurvature, double.NaN), (estimate.Outcome, estimate.Value));
            estimate = StochasticLanczos.LogDeterminant(Of(singular), Key.Of(1), options);
            Assert.Equal((Outcome.Breakdown, double.NaN), (estimate.Outcome, estimate.Value));
            estimate = StochasticLanczos.EffectiveDimension(Of(indefinite), 1, Key.Of(1), options);
            Assert.Equal((Outcome.Breakdown, double.NaN), (estimate.Outcome, estimate.Value));
            estimate = StochasticLanczos.EffectiveDimension(Of(indefinite), 0.5, Key.Of(1), options);
            Assert.Equal((Outcome.NegativeCurvature, double.NaN), (estimate.Outcome, estimate.Value));
            // With two eigenvalues two nodes are exact: what is left is the probes' error.
            var floored = StochasticLanczos.LogDeterminant(Of(indefinite), Key.Of(1), options, floor: 0.01);
            var truth = ((N - 1) * Math.Log(3)) + Math.Log(0.01);
            Assert.InRange(Math.Abs(floored.Value - truth), 0, (4 * floored.StandardError) + 1e-9);
        }

        static Watched Of(double[] values) => new(Diagonal(values), values.Length);
    }

    [Fact]
    public void Trivial_operators_are_right()
    {
        Assert.Equal(new(0, 0, 0), StochasticLanczos.Trace(new Watched([], 0), Math.Exp, Key.Of(1)));
        Assert.Equal(new(0, 0, 0), StochasticLanczos.LogDeterminant(new Watched([], 0), Key.Of(1)));
        Assert.Equal(Math.Log(5), StochasticLanczos.LogDeterminant(new Watched([5], 1), Key.Of(1)).Value, 1e-15);
        var zero = StochasticLanczos.Trace(new Watched(new double[N * N], N), x => x + 1, Key.Of(1), new() { MaxProducts = 20, Nodes = 5 });
        Assert.Equal((N, 0.0, 4), (Math.Round(zero.Value, 9), Math.Round(zero.StandardError, 9), zero.Products));
        var identity = StochasticLanczos.Trace(
            new Watched(Diagonal([.. Enumerable.Repeat(1.0, N)]), N),
            Math.Exp,
            Key.Of(1),
            new() { MaxProducts = 20, Nodes = 5 }
        );
        Assert.Equal(N * Math.E, identity.Value, 1e-10);
    }

    [Fact]
    public void Wrong_input_throws()
    {
        var skew = new Watched(new double[4], 2, 2, isSymmetric: false);
        var a = new Watched([5], 1);
        Assert.Throws<ArgumentException>(() => StochasticLanczos.Trace(skew, Math.Exp, Key.Of(1)));
        Assert.Throws<ArgumentException>(() => StochasticLanczos.LogDeterminant(skew, Key.Of(1)));
        Assert.Throws<ArgumentException>(() => StochasticLanczos.EffectiveDimension(skew, 1, Key.Of(1)));
        Assert.Throws<ArgumentException>(() => StochasticLanczos.Moment(skew, 1, Key.Of(1)));
        Assert.Throws<ArgumentNullException>(() => StochasticLanczos.Trace(a, null!, Key.Of(1)));
        Assert.Throws<ArgumentNullException>(() => StochasticLanczos.Trace(null!, Math.Exp, Key.Of(1)));
        Assert.Throws<ArgumentException>(() => StochasticLanczos.LogDeterminant(a, Key.Of(1), floor: -1));
        Assert.Throws<ArgumentException>(() => StochasticLanczos.EffectiveDimension(a, 0, Key.Of(1)));
        Assert.Throws<ArgumentException>(() => StochasticLanczos.EffectiveDimension(a, double.PositiveInfinity, Key.Of(1)));
        Assert.Throws<ArgumentException>(() => StochasticLanczos.Moment(a, 0, Key.Of(1)));
        Assert.Throws<ArgumentException>(() => StochasticLanczos.Moment(new Watched([], 0), 1, Key.Of(1)));
        Assert.Throws<ArgumentNullException>(() => new QuadratureRule([1], [1]).Mean(null!));
        Assert.Throws<IterationCanceledException<Estimate>>(() =>
            StochasticLanczos.Trace(a, Math.Exp, Key.Of(1), new() { Cancellation = new(canceled: true) })
        );
    }

    private static QuadratureRule Rule(LinearOperator a, double[] start, int nodes) =>
        new LanczosQuadrature(a.Size, nodes, []).Rules(
            (double[])start.Clone(),
            1,
            (x, count) =>
            {
                var y = new double[x.Length];
                a.ApplyBlock(x, y, count);
                return y;
            },
            new()
        )[0]!;

    private static double Truth(string name) =>
        name switch
        {
            "Trace" => Eigenvalues.Sum(x => Math.Exp(-x)),
            "LogDeterminant" => Eigenvalues.Sum(Math.Log),
            "EffectiveDimension" => Eigenvalues.Sum(x => x / (x + 2)),
            _ => Eigenvalues.Sum(x => Math.Pow(x, 5)) / N,
        };

    [Fact]
    public void What_cancels_to_zero_ends_without_a_budget()
    {
        // Too large for a matrix, and no number of samples meets a relative tolerance.
        var a = DiagonalOperator.Of([.. Enumerable.Range(0, 2100).Select(i => i % 2 == 0 ? 1.0 : -1)]);
        var estimate = StochasticLanczos.Trace(a, x => x, Key.Of(1), new() { Nodes = 2 });
        Assert.Equal((Outcome.MaxIterations, 4096, 8192), (estimate.Outcome, estimate.Samples, estimate.Products));
        Assert.InRange(Math.Abs(estimate.Value), 0, 4 * estimate.StandardError);
    }
}
