using AutoDiff.Curvature;
using AutoDiff.Tests.Numerics;
using static AutoDiff.Tests.Numerics.Matrices;

namespace AutoDiff.Tests.Curvature;

public class SpectralDensityTests
{
    private const int N = 300;

    /// <summary>A κ of bumps that overlap where nodes are sparsest, in the middle of a range.</summary>
    private const double Smooth = 1.2;

    private static readonly double[] Semicircle = [.. Enumerable.Range(0, N).Select(i => Math.Cos(Math.PI * (i + 0.5) / N))];
    private static readonly double[] Values = WithEigenvalues(Semicircle, seed: 1);

    [Theory]
    [InlineData(null)]
    [InlineData(0.01)]
    public void The_density_integrates_to_one_on_any_axis(double? linear)
    {
        foreach (var scale in new[] { 1, 1e-150, 1e150 })
        {
            foreach (var points in new[] { 1, 10, 1024 })
            {
                var a = new Watched([.. Values.Select(x => x * scale)], N);
                var density = SpectralDensity.Of(
                    a,
                    Key.Of(1),
                    new()
                    {
                        Nodes = 20,
                        Samples = 6,
                        Points = points,
                        LinearPart = linear * scale,
                        DeflateLargest = 2,
                    }
                );
                Assert.False(density.IsExact);
                Assert.Equal(points, density.Density.Length);
                Assert.Equal(1, density.Density.Sum() * density.Spacing, 1e-12);
                Assert.Equal((6, 2), (density.Rules.Length, density.Outliers.Length));
                Assert.All(density.Rules, rule => Assert.Equal(1, rule.Weights.Sum(), 1e-13));
                Assert.All(density.Rules, rule => Assert.Equal(20, rule.Nodes.Length));
                Assert.All(density.StandardErrors, x => Assert.True(x >= 0));
                var middle = (points - 1) / 2;
                var (t, x) = (density.Axis[middle], density.Grid[middle]);
                Assert.Equal(t, linear is { } c ? Math.Asinh(x / (c * scale)) : x, 1e-12 * Math.Max(Math.Abs(t), scale));
                Assert.Equal(density.IntegratedError, density.StandardErrors.Sum() * density.Spacing);
            }
        }
    }

    [Fact]
    public void Products_are_counted_and_budgets_kept()
    {
        foreach (var budget in new[] { 0, 1, 2, 3, 40, 79, 81, 170 })
        {
            var a = new Watched(Values, N);
            var density = SpectralDensity.Of(a, Key.Of(1), new() { Nodes = 40, MaxProducts = budget });
            Assert.Equal(a.Products, density.Products);
            Assert.InRange(density.Products, 0, budget);
            Assert.Equal(budget > 1 ? Outcome.Converged : Outcome.MaxIterations, density.Outcome);
            Assert.Equal(budget == 0, density.Density.IsEmpty);
        }
        var one = SpectralDensity.Of(new Watched(Values, N), Key.Of(1), new() { Nodes = 40, Samples = 1 });
        Assert.Equal((40, 40), (one.Products, one.Rules[0].Nodes.Length));
        Assert.True(double.IsNaN(one.StandardErrors[0]));
    }

    [Fact]
    public void Tolerances_are_met_or_said()
    {
        var a = new Watched(Values, N);
        var density = SpectralDensity.Of(a, Key.Of(1), new() { Nodes = 4, Tolerance = 0.1 });
        Assert.Equal((Outcome.Converged, false), (density.Outcome, density.IsExact));
        Assert.InRange(density.IntegratedError, 1e-3, 0.1);
        density = SpectralDensity.Of(
            a,
            Key.Of(1),
            new()
            {
                Nodes = 4,
                Tolerance = 1e-6,
                MaxProducts = 150,
            }
        );
        Assert.Equal((Outcome.MaxIterations, 148), (density.Outcome, density.Products));
        density = SpectralDensity.Of(a, Key.Of(1), new() { Nodes = 4, Tolerance = 1e-6 });
        Assert.Equal((Outcome.Converged, true, 0.0), (density.Outcome, density.IsExact, density.IntegratedError));
    }

    [Fact]
    public void A_small_operator_is_diagonalized()
    {
        var a = new Watched(Values, N);
        var density = SpectralDensity.Of(a, Key.Of(1), new() { DeflateLargest = 1, DeflateSmallest = 2 });
        Assert.Equal((true, N, N), (density.IsExact, density.Products, a.Products));
        double[] sorted = [.. Semicircle.Order()];
        Assert.Equal(N - 3, density.Rules[0].Nodes.Length);
        Same([sorted[0], sorted[1], sorted[^1]], density.Outliers);
        Same(sorted[2..^1], density.Rules[0].Nodes);
        Assert.All(density.StandardErrors, x => Assert.Equal(0, x));
        Assert.Equal(0.5, density.Mass(-2, 0).Value, 1e-12);
        Assert.Equal(0, density.Mass(-2, 0).StandardError);
        var (low, high, error) = density.Cumulative(0);
        Assert.Equal((0.5, 0.5, 0.0), (Math.Round(low, 12), Math.Round(high, 12), error));
        var pairs = Lanczos.Largest(new Watched(Values, N), 2);
        Same([sorted[^2], sorted[^1]], SpectralDensity.Of(a, Key.Of(1), new() { Outliers = pairs }).Outliers);
    }

    [Fact]
    public void It_follows_the_exact_density_of_the_same_bumps()
    {
        var a = new Watched(Values, N);
        var exact = SpectralDensity.Of(
            a,
            Key.Of(1),
            new()
            {
                Nodes = 30,
                MaxProducts = N,
                Kappa = Smooth,
            }
        );
        var estimate = SpectralDensity.Of(
            a,
            Key.Of(1),
            new()
            {
                Nodes = 30,
                Samples = 9,
                Kappa = Smooth,
            }
        );
        Assert.Equal((true, false), (exact.IsExact, estimate.IsExact));
        // Bumps are as wide as nodes are dense: what differs is the nodes' places within them.
        Assert.InRange(Distance(exact, estimate), 0, 0.12);
        Assert.InRange(estimate.IntegratedError, 0.01, 0.12);
    }

    [Fact]
    public void Means_masses_and_bounds_hold_the_truth()
    {
        var density = SpectralDensity.Of(
            new Watched(Values, N),
            Key.Of(3),
            new()
            {
                Nodes = 20,
                Samples = 12,
                DeflateLargest = 3,
            }
        );
        var square = density.Mean(x => x * x);
        Assert.InRange(Math.Abs(square.Value - Semicircle.Average(x => x * x)), 0, 4 * square.StandardError);
        Assert.InRange(square.StandardError, 1e-4, 0.05);
        Assert.Equal(12, square.Samples);
        foreach (var x in new[] { -0.9, -0.31, 0, 0.5, 0.97 })
        {
            var truth = Semicircle.Count(value => value <= x) / (double)N;
            var (low, high, error) = density.Cumulative(x);
            Assert.InRange(truth, low - (4 * error), high + (4 * error));
            Assert.InRange(high - low, 0.03, 0.15);
            var mass = density.Mass(-2, x);
            Assert.InRange(mass.Value, low, high);
        }
        Assert.Equal((0, 0), (density.Cumulative(-2).Low, Math.Round(density.Cumulative(-1.0001).Low, 12)));
        Assert.Equal(1, density.Cumulative(2).High, 1e-12);
        Assert.Equal(1, density.Mass(-2, 2).Value, 1e-12);
    }

    [Fact]
    public void A_signed_logarithmic_axis_shows_ten_decades_of_both_signs()
    {
        // 1e-8 … 1e2 and their negatives: the axis, asinh(λ/1e-9), has the same share of them everywhere.
        double[] values =
        [
            .. Enumerable.Range(0, N).Select(i => (i % 2 == 0 ? 1 : -1) * Math.Pow(10, (10.0 * (i / 2) / ((N / 2) - 1)) - 8)),
        ];
        foreach (var isExact in new[] { true, false })
        {
            var density = SpectralDensity.Of(
                new Watched(Diagonal(values), N),
                Key.Of(2),
                new()
                {
                    LinearPart = 1e-9,
                    Nodes = 40,
                    MaxProducts = isExact ? N : N - 1,
                    Kappa = Smooth,
                }
            );
            Assert.Equal(isExact, density.IsExact);
            Assert.Equal(1, density.Density.Sum() * density.Spacing, 1e-12);
            // What is known by products alone ends where nodes are dense: the large ones on both sides.
            var from = isExact ? 1e-8 : 10;
            foreach (var sign in new[] { -1, 1 })
            {
                var mass = density.Grid.Select((x, i) => x * sign >= from / Math.Sqrt(10) ? density.Density[i] * density.Spacing : 0).Sum();
                var truth = values.Count(x => x * sign >= from / Math.Sqrt(10)) / (double)N;
                Assert.InRange(mass, truth - 0.03, truth + 0.03);
            }
            Assert.InRange(density.Grid[0], -1e5, -100);
            Assert.InRange(density.Grid[^1], 100, 1e5);
        }
    }

    [Fact]
    public void Deflated_runs_keep_to_the_complement()
    {
        double[] values = [.. Enumerable.Range(0, N - 2).Select(i => i / (N - 3.0)), 50, -70];
        var a = new Watched(WithEigenvalues(values, seed: 4), N);
        var pairs = Lanczos.BothEnds(a, 1, 1);
        var outliers = pairs.Smallest with { Value = [.. pairs.Smallest.Value, .. pairs.Largest.Value, .. pairs.Largest.Value] };
        var given = SpectralDensity.Of(a, Key.Of(1), new() { Nodes = 20, Outliers = outliers });
        var found = SpectralDensity.Of(
            a,
            Key.Of(1),
            new()
            {
                Nodes = 20,
                DeflateSmallest = 1,
                DeflateLargest = 1,
            }
        );
        foreach (var density in new[] { given, found })
        {
            // A pair given twice counts once.
            Same([-70, 50], density.Outliers);
            Assert.All(density.Rules, rule => Assert.InRange(rule.Nodes[0], -1e-9, 1));
            Assert.All(density.Rules, rule => Assert.InRange(rule.Nodes[^1], 0, 1 + 1e-9));
            Assert.Equal(1, density.Density.Sum() * density.Spacing, 1e-12);
            Assert.InRange(density.Mean(x => x).Value, values.Average() - 0.02, values.Average() + 0.02);
        }
        Assert.Equal(200, given.Products);
        Assert.InRange(found.Products, 201, 200 + (3 * N));
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(3, 0)]
    [InlineData(3, 3)]
    public void A_budget_holds_the_search_for_outliers_too(int smallest, int largest)
    {
        const int n = 3000;
        var products = 0;
        var a = LinearOperator.Of(
            n,
            (x, y) =>
            {
                Interlocked.Increment(ref products);
                for (var i = 0; i < n; i++)
                    y[i] = x[i] * (i < n / 2 ? 1.0 : -1) / ((i % (n / 2)) + 1);
            }
        );
        var density = SpectralDensity.Of(
            a,
            Key.Of(1),
            new()
            {
                MaxProducts = 120,
                Nodes = 10,
                DeflateSmallest = smallest,
                DeflateLargest = largest,
            }
        );
        Assert.Equal(products, density.Products);
        Assert.InRange(products, 100, 120);
        Assert.Equal(smallest + largest, density.Outliers.Length);
        Assert.InRange(density.Rules.Length, 3, 11);
    }

    [Fact]
    public void Wrong_input_and_failing_products()
    {
        var a = new Watched(Values, N);
        Assert.Throws<ArgumentNullException>(() => SpectralDensity.Of(null!, Key.Of(1)));
        Assert.Throws<ArgumentNullException>(() => SpectralDensity.Of(a, null!));
        Assert.Throws<ArgumentException>(() => SpectralDensity.Of(new Watched([], 0), Key.Of(1)));
        Assert.Throws<ArgumentException>(() => SpectralDensity.Of(new Watched(new double[4], 2, 2, isSymmetric: false), Key.Of(1)));
        Assert.Throws<ArgumentException>(() => SpectralDensity.Of(a, Key.Of(1), new() { DeflateLargest = N }));
        var other = Lanczos.Largest(new Watched([1, 0, 0, 2], 2), 1);
        Assert.Throws<ArgumentException>(() => SpectralDensity.Of(a, Key.Of(1), new() { Outliers = other }));
        var density = SpectralDensity.Of(a, Key.Of(1), new() { Nodes = 10 });
        Assert.Throws<ArgumentException>(() => density.Mass(1, 0));
        Assert.Throws<ArgumentException>(() => density.Cumulative(double.NaN));
        Assert.Throws<ArgumentNullException>(() => density.Mean(null!));
        foreach (var failing in new[] { 0, 35 })
        {
            var failed = SpectralDensity.Of(new Watched(Values, N, N, isSymmetric: true, failing), Key.Of(1), new() { Nodes = 10 });
            Assert.Equal(Outcome.NotFinite, failed.Outcome);
            failed = SpectralDensity.Of(new Watched(Values, N, N, isSymmetric: true, failing), Key.Of(1), new() { MaxProducts = N });
            Assert.Equal((Outcome.NotFinite, true), (failed.Outcome, failed.Density.IsEmpty));
        }
        Assert.Throws<IterationCanceledException<SpectralDensity>>(() =>
            SpectralDensity.Of(a, Key.Of(1), new() { Cancellation = new(canceled: true) })
        );
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(3e150)]
    public void A_spectrum_of_one_point_is_one_bump(double value)
    {
        foreach (var linear in new double?[] { null, 1e-3 })
        {
            var a = new Watched(Diagonal([.. Enumerable.Repeat(value, N)]), N);
            var density = SpectralDensity.Of(a, Key.Of(1), new() { Nodes = 10, LinearPart = linear });
            Assert.Equal((10, Outcome.Converged), (density.Products, density.Outcome));
            Assert.Equal(1, density.Density.Sum() * density.Spacing, 1e-12);
            Assert.Equal(1, density.Mass(value * (1 - 1e-9), value * (1 + 1e-9)).Value, 1e-12);
        }
    }

    private static double Distance(SpectralDensity x, SpectralDensity y)
    {
        // Both as masses up to common places.
        var distance = 0.0;
        for (var i = 0; i < x.Axis.Length; i++)
        {
            var at = (int)Math.Floor(((x.Axis[i] - y.Axis[0]) / y.Spacing) + 0.5);
            distance += Math.Abs(x.Density[i] - (at < 0 || at >= y.Density.Length ? 0 : y.Density[at])) * x.Spacing;
        }
        return distance;
    }

    private static void Same(IReadOnlyList<double> expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
            EigenChecks.Near(expected[i], actual[i], 1e-12);
    }
}
