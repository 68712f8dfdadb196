using AutoDiff.Curvature;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Curvature;

/// <summary>Minimizers that leave saddles, from saddles.</summary>
public class LeaverTests
{
    public static TheoryData<string> All => [.. Leavers.All];

    public static TheoryData<string> SecondOrder => [.. Leavers.SecondOrder];

    public static TheoryData<string, string> Saddles
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var method in Leavers.All)
            {
                foreach (var loss in new[] { "two-weight net", "double well", "maximum", "slanted", "between" })
                    rows.Add(method, loss);
            }
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_tolerance_of_zero_does_not_take_rounding_for_curvature(string method)
    {
        // A valley of minima: one eigenvalue is zero everywhere in it.
        foreach (var unit in new[] { 1e-150, 1, 1e150 })
        {
            var end = Leavers.Minimize(
                method,
                p => unit * Square(1 - (At(p, 0) * At(p, 1))),
                Tensor.Zeros([2]),
                new() { Tolerance = 0, MaxIterations = 3000 }
            );
            Assert.Equal((Outcome.Converged, 0), (end.Outcome, end.Loss));
        }
    }

    [Theory]
    [MemberData(nameof(Saddles))]
    public void A_start_at_a_saddle_ends_at_a_minimum(string method, string name)
    {
        (Func<Tensor, Tensor> Loss, double[] Start, double Minimum) problem = name switch
        {
            "two-weight net" => (p => Square(1 - (At(p, 0) * At(p, 1))), [0, 0], 0),
            "double well" => (p => Square(At(p, 0)) - Square(At(p, 1)) + (Square(Square(At(p, 1))) / 4), [0, 0], -1),
            "maximum" => (p => Square(1 - Sum(Square(p))), [0, 0], 0),
            // The lower of the two minima along y is on the side of negative y.
            "slanted" => (
                p => Square(At(p, 0)) + (Power(At(p, 1), 4) / 2) + (0.1 * Power(At(p, 1), 3)) - Square(At(p, 1)),
                [0, 0],
                Slanted()
            ),
            // On the ridge the gradient leads to the saddle and no curvature of its Krylov space is negative.
            _ => (p => Square(At(p, 0)) - Square(At(p, 1)) + (Square(Square(At(p, 1))) / 4), [1, 0], -1),
        };
        var losses = new FallingLosses();
        var end = Leavers.Minimize(method, problem.Loss, (Tensor)problem.Start, new() { Progress = losses });
        Assert.Equal(Outcome.Converged, end.Outcome);
        Assert.True(losses.Fall && losses.Told == end.Iterations + 1);
        if (name != "slanted" || method != nameof(PerturbedDescent))
            Assert.Equal(problem.Minimum, end.Loss, 1e-9);
        Assert.True(CriticalPoint.Classify(problem.Loss, end.Point).Index == 0);
        Assert.True(end.Curvature > -1e-6 && end.CurvatureFloor <= end.Curvature && end.CurvatureFloor > end.Curvature - 1e-9);
        Assert.Equal(problem.Loss(end.Point).Item(), end.Loss, 1e-15);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_origin_of_a_linear_autoencoder_is_left(string method)
    {
        // X has covariance diag(4, 2, 1)/3: the best of rank 1 leaves 1.
        var x = Tensor.Of([2, 0, 0, 0, Math.Sqrt(2), 0, 0, 0, 1], 3, 3);
        Tensor Loss(TreeList<Tensor> w) => Mean(Square(MatMul(MatMul(x, w[0]), w[1]) - x));
        var end = Leavers.Minimize(method, Loss, new TreeList<Tensor>([Tensor.Zeros([3, 1]), Tensor.Zeros([1, 3])]));
        Assert.Equal(Outcome.Converged, end.Outcome);
        Assert.Equal(3.0 / 9, end.Loss, 1e-9);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_degenerate_point_is_stationary_to_second_order(string method)
    {
        // x³ has no slope and no curvature at 0: nothing of second order leads away.
        var flat = Leavers.Minimize(method, p => Power(At(p, 0), 3) + Square(At(p, 1)), Tensor.Zeros([2]));
        Assert.True(
            flat.Outcome == Outcome.Converged || (method == nameof(PerturbedDescent) && flat.Loss < 0),
            $"{flat.Outcome} at {flat.Loss}"
        );
        // A valley that flattens is followed down to rounding.
        var quartic = Leavers.Minimize(
            method,
            p => Power(At(p, 0), 4) + Square(At(p, 1)),
            (Tensor)new[] { 1.0, 1 },
            new() { MaxIterations = 20_000, Tolerance = 1e-6 }
        );
        Assert.Equal(Outcome.Converged, quartic.Outcome);
        Assert.InRange(quartic.Loss, 0, 1e-6);
    }

    [Theory]
    [MemberData(nameof(SecondOrder))]
    public void Rosenbrock_in_many_dimensions(string method)
    {
        foreach (var n in new[] { 2, 5, 20, 100 })
        {
            Tensor Loss(Tensor x)
            {
                var (head, tail) = (Slice(x, 0, 0, n - 1), Slice(x, 0, 1, n));
                return Sum(Square(1 - head) + (100 * Square(tail - Square(head))));
            }
            var end = Leavers.Minimize(method, Loss, (Tensor)Enumerable.Range(0, n).Select(i => i % 2 == 0 ? -1.2 : 1).ToArray());
            Assert.True(end.Outcome == Outcome.Converged, $"n = {n}: {end.Outcome}");
            // Beside the minimum at ones there is one at (−1, 1, …, 1), roughly, of loss near 4.
            Assert.True(end.Loss < 1e-9 || Math.Abs(end.Loss - 3.99) < 0.1, $"n = {n}: {end.Loss}");
        }
    }

    [Fact]
    public void Rosenbrock_by_gradients_alone()
    {
        var end = PerturbedDescent.Minimize(
            p => Square(1 - At(p, 0)) + (100 * Square(At(p, 1) - Square(At(p, 0)))),
            (Tensor)new[] { -1.2, 1 }
        );
        Assert.Equal(Outcome.Converged, end.Outcome);
        Assert.InRange(end.Loss, 0, 1e-9);
        Assert.True(end.Iterations > 1000 && end.Products == 2);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_falls_for_ever_is_said(string method)
    {
        foreach (var loss in new Func<Tensor, Tensor>[] { p => Sum(p), p => Square(At(p, 0)) - Square(At(p, 1)), p => Sum(Power(p, 3)) })
        {
            var end = Leavers.Minimize(method, loss, (Tensor)new[] { -1.0, -0.5 }, new() { MaxIterations = 2000 });
            Assert.True(end.Outcome is Outcome.NotFinite or Outcome.MaxIterations, $"{end.Outcome}");
            Assert.True(double.IsFinite(end.Loss) && end.Loss < -1e6, $"{end.Loss}");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Regions_without_a_loss_are_kept_out_of(string method)
    {
        // Not a number for x ≤ 0, with the minimum at 1 close to it in units of the first step.
        var end = Leavers.Minimize(method, p => Sum(p - Log(p)), (Tensor)new[] { 40.0, 3 });
        Assert.Equal(Outcome.Converged, end.Outcome);
        ReferenceData.AssertClose([1, 1], end.Point.ToArray(), 1e-6, "minimum");
        Assert.Equal(Outcome.NotFinite, Leavers.Minimize(method, p => Sum(Log(p)), (Tensor)new[] { -1.0, 1 }).Outcome);
        Assert.Equal(0, Leavers.Minimize(method, p => Sum(Log(p)), (Tensor)new[] { -1.0, 1 }).Iterations);
        Assert.Equal(Outcome.NotFinite, Leavers.Minimize(method, p => Sum(Power(p, 1.5)), Tensor.Zeros([2])).Outcome);
    }

    [Theory]
    [MemberData(nameof(SecondOrder))]
    public void Units_of_loss_and_parameters_do_not_matter(string method)
    {
        foreach (var (unit, size) in new[] { (1e-150, 1.0), (1e150, 1), (1, 1e-8), (1, 1e8) })
        {
            Tensor Loss(Tensor p) => unit * (Square(1 - (At(p, 0) / size)) + (100 * Square((At(p, 1) / size) - Square(At(p, 0) / size))));
            var end = Leavers.Minimize(method, Loss, Tensor.Of([-1.2 * size, size]));
            Assert.True(end.Outcome == Outcome.Converged, $"{unit}, {size}: {end.Outcome}");
            ReferenceData.AssertClose([1, 1], [.. end.Point.ToArray().Select(x => x / size)], 1e-6, "minimum");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Bad_input_is_refused(string method)
    {
        Assert.Throws<ArgumentException>(() => Leavers.Minimize(method, p => Sum(p), Tensor.Zeros([0])));
        Assert.Throws<ArgumentException>(() => Leavers.Minimize(method, p => Sum(p), (Tensor)new[] { double.NaN }));
        Assert.Throws<ArgumentException>(() => Leavers.Minimize(method, p => p, Tensor.Zeros([2])));
        Assert.Throws<ArgumentNullException>(() => Leavers.Minimize<Tensor>(method, objective: null!, Tensor.Zeros([2])));
        Assert.Throws<ArgumentException>(() =>
            Leavers.Minimize(method, Objective.Of((Tensor p) => Sum(p), Tensor.Zeros([3])), Tensor.Zeros([2]))
        );
        var none = Leavers.Minimize(method, p => Sum(Square(p)), (Tensor)new[] { 1.0 }, new() { MaxIterations = 0 });
        Assert.Equal((Outcome.MaxIterations, 0, 0), (none.Outcome, none.Iterations, none.Products));
        Assert.True(double.IsNaN(none.Curvature) && double.IsNegativeInfinity(none.CurvatureFloor));
        Assert.Equal(
            Outcome.MaxIterations,
            Leavers.Minimize(method, p => Sum(Square(p)), (Tensor)new[] { 1.0 }, new() { MaxProducts = 0 }).Outcome
        );
    }

    [Fact]
    public void Options_are_checked()
    {
        Assert.Throws<ArgumentException>(() => new MinimizerOptions { Tolerance = -1 });
        Assert.Throws<ArgumentException>(() => new MinimizerOptions { GradientTolerance = double.NaN });
        Assert.Throws<ArgumentException>(() => new MinimizerOptions { CurvatureTolerance = -1 });
        Assert.Throws<ArgumentException>(() => new MinimizerOptions { CurvatureProducts = 0 });
        Assert.Throws<ArgumentNullException>(() => new MinimizerOptions { Key = null! });
        Assert.Throws<ArgumentException>(() => new TrustRegionOptions { Dimension = 0 });
        Assert.Throws<ArgumentException>(() => new TrustRegionOptions { Radius = 0 });
        Assert.Throws<ArgumentException>(() => new TrustRegionOptions { Radius = double.PositiveInfinity });
        Assert.Throws<ArgumentException>(() => new SaddleFreeOptions { Dimension = 0 });
        Assert.Throws<ArgumentException>(() => new PerturbedDescentOptions { Radius = -1 });
        Assert.Throws<ArgumentException>(() => new PerturbedDescentOptions { Steps = 0 });
    }

    [Fact]
    public void The_trust_region_meets_curvature_that_the_gradient_does_not_show()
    {
        // The gradient on the ridge y = 0 is an eigenvector of the Hessian: the hard case.
        var end = TrustRegion.Minimize(
            p => Square(At(p, 0)) - Square(At(p, 1)) + (Square(Square(At(p, 1))) / 4),
            (Tensor)new[] { 1.0, 0 },
            new() { MaxIterations = 1 }
        );
        Assert.InRange(Math.Abs(end.Point.ToArray()[1]), 0.5, 1.5);
    }

    private static double Slanted()
    {
        var y = -(0.3 + Math.Sqrt(16.09)) / 4;
        return (Math.Pow(y, 4) / 2) + (0.1 * Math.Pow(y, 3)) - (y * y);
    }

    private static Tensor At(Tensor p, int i) => Take(p, 0, i);
}
