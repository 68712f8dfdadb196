using AutoDiff.Curvature;
using static AutoDiff.Ops;
using static AutoDiff.Tests.Curvature.ClassicalFunctions;

namespace AutoDiff.Tests.Curvature;

/// <summary>What holds of any search for critical points.</summary>
public class FindTests
{
    private static readonly Tensor[] Nine = Grid([-1.2, 0.1, 1.3], [-0.8, -0.1, 1.1]);

    public static TheoryData<FindMethod> Methods => [.. Enum.GetValues<FindMethod>()];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Any_number_of_threads_finds_the_same(FindMethod method)
    {
        var starts = Grid(Steps(-4.3, 4.3, 9), Steps(-4.1, 4.1, 9));
        var one = CriticalPoint.Find(Himmelblau, starts, new() { Method = method, Threads = 1 });
        foreach (var threads in new[] { 2, 5 })
            Same(one, CriticalPoint.Find(Himmelblau, starts, new() { Method = method, Threads = threads }));
        Same(one, CriticalPoint.Find(Objective.Of(Himmelblau, starts[0]), starts, new() { Method = method }));
    }

    [Fact]
    public void Points_are_one_up_to_a_symmetry()
    {
        var all = CriticalPoint.Find(FourWells, Nine);
        Assert.Equal([0, 0, 0, 0, 1, 1, 1, 1, 2], all.Points.Select(one => one.Point.Index));
        Assert.All(all.Points, one => Assert.Equal(1, one.Count));
        var canonical = CriticalPoint.Find(FourWells, Nine, new() { Canonical = p => Sort(Abs(p), 0) });
        Assert.Equal([(0, 4), (1, 4), (2, 1)], canonical.Points.Select(one => (one.Point.Index, one.Count)));
        Assert.Equal([0, 2, 6, 8], canonical.Points[0].Starts);
        var mirrored = CriticalPoint.Find(FourWells, Nine, new() { Symmetries = [p => p * Tensor.Of([-1.0, 1.0])] });
        Assert.Equal([2, 2, 2, 1, 1, 1], mirrored.Points.Select(one => one.Count).OrderDescending());
        var both = CriticalPoint.Find(
            FourWells,
            Nine,
            new() { Symmetries = [p => p * Tensor.Of([-1.0, 1.0]), p => p * Tensor.Of([1.0, -1.0]), p => -p] }
        );
        Assert.Equal([(0, 4), (1, 2), (1, 2), (2, 1)], both.Points.Select(one => (one.Point.Index, one.Count)));
        var families = CriticalPoint.Find(FourWells, Nine, new() { Family = point => point.Kind });
        Assert.Equal(
            [(CriticalPointKind.Minimum, 4), (CriticalPointKind.Saddle, 4), (CriticalPointKind.Maximum, 1)],
            families.Points.Select(one => (one.Point.Kind, one.Count))
        );
        Assert.Equal(all.Products, families.Points.Sum(one => one.Products));
    }

    [Theory]
    [InlineData(1e-150, 1)]
    [InlineData(1e-100, 1)]
    [InlineData(1e100, 1)]
    [InlineData(1e150, 1)]
    [InlineData(1e155, 1)]
    [InlineData(1, 1e-6)]
    [InlineData(1, 1e-3)]
    [InlineData(1, 1e3)]
    public void Units_do_not_matter(double ofLoss, double ofX)
    {
        foreach (var method in Enum.GetValues<FindMethod>())
        {
            var found = CriticalPoint.Find(
                p => ofLoss * FourWells(p / ofX),
                [.. Nine.Select(p => p * ofX)],
                new()
                {
                    Method = method,
                    Curvature = new() { DisplacementTolerance = 1e-4 * Math.Min(ofX, 1) },
                }
            );
            Assert.Equal([0, 0, 0, 0, 1, 1, 1, 1, 2], found.Points.Select(one => one.Point.Index));
        }
    }

    [Fact]
    public void Products_have_a_limit_in_the_order_of_the_starts()
    {
        var all = CriticalPoint.Find(FourWells, Nine);
        foreach (var limit in new[] { 0, 1, all.Products / 2, all.Products })
        {
            var few = CriticalPoint.Find(FourWells, Nine, new() { MaxProducts = limit, Threads = 1 });
            var many = CriticalPoint.Find(FourWells, Nine, new() { MaxProducts = limit, Threads = 3 });
            Same(few, many);
            Assert.Equal(limit < all.Products ? Outcome.MaxIterations : Outcome.Converged, few.Outcome);
            int[] used = [.. few.Points.SelectMany(one => one.Starts).Order()];
            Assert.Equal(Enumerable.Range(0, few.Iterations), used);
            Assert.True(limit == 0 ? few.Iterations == 0 : few.Products >= Math.Min(limit, all.Products) && few.Iterations > 0);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_limit_of_products_stops_the_searches_soon(int threads)
    {
        var told = 0;
        var found = CriticalPoint.Find(
            Saddle,
            [.. Enumerable.Range(1, 500).Select(i => Tensor.Of([i, 1.0]))],
            new()
            {
                MaxProducts = 1,
                Threads = threads,
                Progress = new Telling(() => Interlocked.Increment(ref told)),
            }
        );
        Assert.Equal((Outcome.MaxIterations, 1), (found.Outcome, found.Iterations));
        // Enough at a time for any threads, and few beside all.
        Assert.InRange(told, 32, 128);
    }

    [Theory]
    [InlineData(FindMethod.NewtonMr)]
    [InlineData(FindMethod.DampedNewton)]
    public void Steps_have_a_limit(FindMethod method)
    {
        var found = CriticalPoint.Find(Rosenbrock, [Tensor.Of([-1.2, 1.0])], new() { Method = method, MaxIterations = 0 });
        var run = Assert.Single(found.Failures);
        Assert.Equal((Outcome.MaxIterations, 0, 0), (run.Outcome, run.Iterations, run.Start));
        Assert.Equal(Rosenbrock(run.Point).Item(), run.Loss);
        Assert.Equal(24.2, run.Loss, 1e-12);
        Assert.Equal(232.86768775, run.GradientNorm, 1e-6);
    }

    [Fact]
    public void Cancelled_it_gives_what_it_found()
    {
        foreach (var at in new[] { 0, 3, 8 })
        {
            using var source = new CancellationTokenSource();
            var options = new FindOptions<Tensor>
            {
                Threads = 1,
                Cancellation = source.Token,
                Progress = new Cancelling(source, at),
            };
            if (at == 8)
            {
                // After the last start there is nothing left to cancel.
                Assert.Equal(9, CriticalPoint.Find(FourWells, Nine, options).Iterations);
                continue;
            }
            var thrown = Assert.Throws<IterationCanceledException<CriticalPoints<Tensor>>>(() =>
                CriticalPoint.Find(FourWells, Nine, options)
            );
            Assert.Equal((Outcome.Cancelled, at + 1), (thrown.Solution.Outcome, thrown.Solution.Iterations));
            Assert.Equal(at + 1, thrown.Solution.Points.Length);
        }
    }

    [Fact]
    public void A_start_where_nothing_is_finite_fails()
    {
        foreach (var method in Enum.GetValues<FindMethod>())
        {
            var found = CriticalPoint.Find(p => Sum(Log(p)), [Tensor.Of([-1.0])], new() { Method = method });
            Assert.Equal(Outcome.NotFinite, Assert.Single(found.Failures).Outcome);
        }
    }

    [Fact]
    public void A_critical_start_is_found_at_once()
    {
        foreach (var method in Enum.GetValues<FindMethod>())
        {
            var found = CriticalPoint.Find(Saddle, [Tensor.Of([0.0, 0.0])], new() { Method = method });
            Assert.Equal((0, 1, 0.0), (found.Products, Assert.Single(found.Points).Point.Index, found.Measure));
        }
    }

    [Fact]
    public void A_linear_loss_has_none()
    {
        foreach (var method in Enum.GetValues<FindMethod>())
            Assert.Equal(
                Outcome.FlatGradient,
                Assert.Single(CriticalPoint.Find(p => Sum(p), [Tensor.Of([1.0, 2.0])], new() { Method = method }).Failures).Outcome
            );
    }

    [Theory]
    [InlineData(FindMethod.NewtonMr)]
    [InlineData(FindMethod.GradientNorm)]
    public void A_kink_lets_no_step_lower_the_gradient(FindMethod method)
    {
        var found = CriticalPoint.Find(p => Sum(Abs(p) + Square(p)), [Tensor.Of([0.1])], new() { Method = method });
        var run = Assert.Single(found.Failures);
        Assert.Equal(Outcome.SmallStep, run.Outcome);
        Assert.Equal(1, run.GradientNorm, 1e-6);
    }

    [Theory]
    [InlineData(FindMethod.NewtonMr)]
    [InlineData(FindMethod.DampedNewton)]
    public void Short_steps_short_of_a_critical_point_stagnate(FindMethod method)
    {
        var options = new FindOptions<Tensor>
        {
            Method = method,
            Tolerance = 0.1,
            Curvature = new() { GradientTolerance = 0 },
        };
        var run = Assert.Single(CriticalPoint.Find(FourWells, [Tensor.Of([1.3, 1.1])], options).Failures);
        Assert.Equal(Outcome.Stagnated, run.Outcome);
        Assert.InRange(run.Flatness, 1e-3, 1);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void An_end_without_curvature_fails(FindMethod method)
    {
        // Its gradient at 0 is 0, and its curvature infinite.
        var found = CriticalPoint.Find(p => Sum(Power(Abs(p), 1.5)), [Tensor.Of([0.0])], new() { Method = method });
        Assert.Equal(Outcome.NotFinite, Assert.Single(found.Failures).Outcome);
        Assert.Equal((Outcome.Converged, 1.0), (found.Outcome, found.Measure));
    }

    [Fact]
    public void Failures_come_in_the_order_of_their_starts()
    {
        // Refused after its search, and then one whose search failed.
        var found = CriticalPoint.Find(
            p => Sum(p) + (0 * Sum(Log(p))),
            [Tensor.Of([1.0, 2.0]), Tensor.Of([-1.0, 2.0]), Tensor.Of([3.0, 2.0])]
        );
        Assert.Equal(
            [(0, Outcome.FlatGradient), (1, Outcome.NotFinite), (2, Outcome.FlatGradient)],
            found.Failures.Select(run => (run.Start, run.Outcome))
        );
    }

    [Fact]
    public void No_starts_find_nothing()
    {
        var found = CriticalPoint.Find(Objective.Of(Saddle, Tensor.Of([0.0, 0.0])), []);
        Assert.Equal((Outcome.Converged, 0, 0), (found.Outcome, found.Iterations, found.Points.Length));
        Assert.True(double.IsNaN(found.Measure));
    }

    [Fact]
    public void Wrong_input_throws()
    {
        var objective = Objective.Of(Saddle, Tensor.Of([0.0, 0.0]));
        Assert.Throws<ArgumentNullException>(() => CriticalPoint.Find((Objective<Tensor>)null!, []));
        Assert.Throws<ArgumentNullException>(() => CriticalPoint.Find(objective, null!));
        Assert.Throws<ArgumentException>(() => CriticalPoint.Find<Tensor>(Saddle, []));
        Assert.Throws<ArgumentException>(() => CriticalPoint.Find(objective, [Tensor.Of([0.0, double.NaN])]));
        Assert.Throws<ArgumentException>(() => CriticalPoint.Find(objective, [Tensor.Of([0.0])]));
        Assert.Throws<ArgumentException>(() => CriticalPoint.Find(p => Sum(p), [Tensor.Zeros([0])]));
        Assert.Throws<ArgumentException>(() => new FindOptions<Tensor> { Tolerance = -1 });
        Assert.Throws<ArgumentException>(() => new FindOptions<Tensor> { SameDistance = double.NaN });
    }

    private static void Same(CriticalPoints<Tensor> expected, CriticalPoints<Tensor> actual)
    {
        Assert.Equal((expected.Outcome, expected.Iterations, expected.Products), (actual.Outcome, actual.Iterations, actual.Products));
        Assert.Equal(expected.Points.Length, actual.Points.Length);
        foreach (var (one, other) in expected.Points.Zip(actual.Points))
        {
            Assert.Equal(one.Point.Point.ToArray(), other.Point.Point.ToArray());
            Assert.Equal(one.Starts, other.Starts);
            Assert.Equal((one.Products, one.Point.Index, one.Point.Threshold), (other.Products, other.Point.Index, other.Point.Threshold));
        }
        Assert.Equal(expected.Failures.Select(run => (run.Start, run.Outcome)), actual.Failures.Select(run => (run.Start, run.Outcome)));
    }

    private sealed class Telling(Action told) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => told();
    }
}
