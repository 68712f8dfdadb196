using AutoDiff.Curvature;
using AutoDiff.Tests.Numerics;
using AutoDiff.Tests.Problems;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Curvature;

/// <summary>What counts as a critical point and as a zero eigenvalue does not depend on how a loss is written down.</summary>
public class CriticalityTests
{
    /// <summary>A function of two numbers, where it is looked at, and the kind of point that is.</summary>
    private sealed record Case(string Name, Func<Tensor, Tensor, Tensor> Loss, double X, double Y, CriticalPointKind Kind);

    private static readonly Case[] Cases =
    [
        new("bowl", (x, y) => Square(x) + (0.1 * Square(y)), 0, 0, CriticalPointKind.Minimum),
        new("bowl, off it by rounding", (x, y) => Square(x - 0.3) + (0.1 * Square(y - 0.7)), 0.1 + 0.2, 0.7, CriticalPointKind.Minimum),
        new("bowl, upside down", (x, y) => -(Square(x) + (0.1 * Square(y))), 1e-9, 0, CriticalPointKind.Maximum),
        new("slope of a bowl", (x, y) => x + Square(x) + Square(y), 0, 0, CriticalPointKind.NotCritical),
        new("two-weight net", (x, y) => Square(1 - (x * y)), 0, 0, CriticalPointKind.Saddle),
        new("two-weight net, nearby", (x, y) => Square(1 - (x * y)), 1e-7, -2e-7, CriticalPointKind.Saddle),
        new("two-weight net, valley", (x, y) => Square(1 - (x * y)), 2, 0.5, CriticalPointKind.Degenerate),
        new("two-weight net, beside the valley", (x, y) => Square(1 - (x * y)), 2 + 1e-6, 0.5, CriticalPointKind.Degenerate),
        new("third power", (x, y) => (x * x * x) + Square(y), 1e-5, 0, CriticalPointKind.Degenerate),
        new("fourth power", (x, y) => Square(Square(x)) + Square(y), 1e-5, 1e-9, CriticalPointKind.Degenerate),
        new("eighth power", (x, y) => Square(Square(Square(x))) + Square(y), 1e-4, 0, CriticalPointKind.Degenerate),
        new("monkey saddle", (x, y) => (x * x * x) - (3 * x * Square(y)), 0, 0, CriticalPointKind.Degenerate),
        new("monkey saddle, nearby", (x, y) => (x * x * x) - (3 * x * Square(y)), 1e-5, 2e-5, CriticalPointKind.Degenerate),
        new("slope", (x, y) => x + (2 * y), 1, 1, CriticalPointKind.NotCritical),
        new("Rosenbrock", (x, y) => Square(1 - x) + (100 * Square(y - Square(x))), 1 + 1e-8, 1 + 2e-8, CriticalPointKind.Minimum),
        new("Rosenbrock's start", (x, y) => Square(1 - x) + (100 * Square(y - Square(x))), -1.2, 1, CriticalPointKind.NotCritical),
        new("narrow bowl", (x, y) => Square(x) + (1e-6 * Square(y)), 1e-7, 1e-6, CriticalPointKind.Minimum),
    ];

    public static TheoryData<string> Names => [.. Cases.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Neither_factors_nor_constants_change_the_kind(string name)
    {
        var one = Of(name);
        foreach (var factor in new[] { 1e-100, 1e-8, 1e-4, 1, 3, 1e4, 1e8, 1e100 })
        {
            var point = CriticalPoint.Classify(p => factor * one.Loss(Take(p, 0, 0), Take(p, 0, 1)), Tensor.Of([one.X, one.Y]));
            Assert.True(one.Kind == point.Kind, $"times {factor}: {point}");
        }
        foreach (var constant in new[] { -1e6, 1.0, 1e12 })
        {
            var point = CriticalPoint.Classify(p => constant + one.Loss(Take(p, 0, 0), Take(p, 0, 1)), Tensor.Of([one.X, one.Y]));
            Assert.True(one.Kind == point.Kind, $"plus {constant}: {point}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Turning_and_scaling_the_coordinates_do_not_change_the_kind(string name)
    {
        var one = Of(name);
        foreach (var angle in new[] { 0.3, 1.5, 2.9 })
        {
            var (c, s) = (Math.Cos(angle), Math.Sin(angle));
            var point = CriticalPoint.Classify(
                p => one.Loss((c * Take(p, 0, 0)) - (s * Take(p, 0, 1)), (s * Take(p, 0, 0)) + (c * Take(p, 0, 1))),
                Tensor.Of([(c * one.X) + (s * one.Y), (c * one.Y) - (s * one.X)])
            );
            Assert.True(one.Kind == point.Kind, $"turned by {angle}: {point}");
        }
        foreach (var scale in new[] { 1e-3, 0.1, 30, 1e6 })
        {
            var point = CriticalPoint.Classify(
                p => one.Loss(Take(p, 0, 0) / scale, Take(p, 0, 1) / scale),
                Tensor.Of([scale * one.X, scale * one.Y]),
                // The tolerance is relative to max(1, ‖x‖), and is to be 1e-4 in the larger unit.
                new() { DisplacementTolerance = 1e-4 * Math.Max(scale, 1) / Math.Max(1, scale * double.Hypot(one.X, one.Y)) }
            );
            Assert.True(one.Kind == point.Kind, $"scaled by {scale}: {point}");
        }
    }

    [Fact]
    public void A_point_of_small_gradient_half_a_unit_from_the_minimum_is_not_critical()
    {
        var point = CriticalPoint.Classify(
            p => 1e-8 * (Take(p, 0, 0) + Square(Take(p, 0, 0)) + Square(Take(p, 0, 1))),
            Tensor.Of([0.0, 0.0])
        );
        Assert.Equal(CriticalPointKind.NotCritical, point.Kind);
        EigenChecks.Near(0.5, point.Displacement, 1e-12);
        Assert.Equal(
            CriticalPointKind.Minimum,
            CriticalPoint.Classify(p => 1e-8 * Sum(Square(p)), Tensor.Of([1e-9, 0.0]), new() { GradientTolerance = 1e-12 }).Kind
        );
    }

    [Fact]
    public void A_large_parameter_does_not_excuse_a_small_one()
    {
        Tensor Loss(Tensor p) => Square(Take(p, 0, 0) - 1e6) + Square(Take(p, 0, 1) - 1);
        var point = CriticalPoint.Classify(Loss, Tensor.Of([1e6, 50]));
        Assert.Equal(CriticalPointKind.NotCritical, point.Kind);
        EigenChecks.Near(49.0 / 50, point.Displacement, 1e-12);
        Assert.Equal(CriticalPointKind.Minimum, CriticalPoint.Classify(Loss, Tensor.Of([1e6 + 50, 1])).Kind);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void A_gradient_that_is_all_rounding_makes_no_minimum(double at)
    {
        // ½·(x + A)² − A·x = ½·x² + ½·A²: the slope x is lost where A is 1e16, and the point is critical as far as can be seen.
        Tensor Loss(Tensor x, double a) => (0.5 * Square(x + a)) - (a * x);
        var point = CriticalPoint.Classify(x => Loss(x, 1e16), (Tensor)at);
        Assert.Equal(CriticalPointKind.Degenerate, point.Kind);
        // At 0 the sum is exact, and so is the slope.
        Assert.Equal(CriticalPointKind.Minimum, CriticalPoint.Classify(x => Loss(x, 1e16), (Tensor)0.0).Kind);
        Assert.Equal(CriticalPointKind.Minimum, CriticalPoint.Classify(x => Loss(x, 1e3), (Tensor)1e-9).Kind);
        Assert.Equal([0, 0], NewtonModel.Hidden(SymmetricEigen.Decompose(new double[] { 2, 0, 0, 4 }, 2), 0, [1, 1], 0));
        Assert.Equal([50, 10], NewtonModel.Hidden(SymmetricEigen.Decompose(new double[] { 2, 0, 0, 4 }, 2), 5, [0.5, -5], 0.1));
    }

    [Fact]
    public void Each_eigenvalue_is_held_against_its_own_change()
    {
        // 2 changes by 6e-5 over the step, 2e-5 by nothing.
        var bent = CriticalPoint.Classify(
            p => Square(Take(p, 0, 0)) + (Square(Take(p, 0, 0)) * Take(p, 0, 0)) + (1e-5 * Square(Take(p, 0, 1))),
            Tensor.Of([1e-5, 0])
        );
        Assert.Equal((CriticalPointKind.Minimum, 0), (bent.Kind, bent.Nullity));
        // 1.2e-9 is undecided up to 2e-9, 1.5e-9 is decided: the threshold lies between them.
        var flat = CriticalPoint.Classify(p => Square(Square(Take(p, 0, 0))) + (0.75e-9 * Square(Take(p, 0, 1))), Tensor.Of([1e-5, 0]));
        Assert.Equal((CriticalPointKind.Degenerate, 1), (flat.Kind, flat.Nullity));
        EigenChecks.Near(1.35e-9, flat.Threshold, 1e-15);
    }

    [Fact]
    public void Rounding_is_that_of_the_matrix_and_twice_the_error_of_the_Hessian()
    {
        var eigen = SymmetricEigen.Decompose(new double[] { 3, 0, 0, 4 }, 2);
        EigenChecks.Near(100 * 5 * Matrices.Epsilon, NewtonModel.Rounding(eigen, 0), 1e-18);
        EigenChecks.Near((100 * 5 * Matrices.Epsilon) + 6, NewtonModel.Rounding(eigen, 3), 1e-14);
    }

    [Fact]
    public void A_power_of_two_before_the_loss_scales_every_bit()
    {
        var x = Key.Of(1).Normal([10, 3]);
        var at = Key.Of(2).Normal([12]);
        CriticalPoint<Tensor> Of(int exponent) =>
            CriticalPoint.Classify(w => Math.ScaleB(1, exponent) * Mean(Square(Tanh(MatMul(x, Reshape(w, 3, 4))))), at);
        var plain = Of(0);
        foreach (var exponent in new[] { -300, -3, 1, 300 })
        {
            var scaled = Of(exponent);
            double[] Known(CriticalPoint<Tensor> point) =>
                [point.GradientNorm, point.GradientError, point.HessianError, point.Threshold, .. point.Eigenvalues, .. point.ErrorBounds];
            Assert.Equal(Known(plain).Select(value => Math.ScaleB(value, exponent)), Known(scaled));
            Assert.Equal(plain.Displacement, scaled.Displacement);
        }
    }

    [Fact]
    public void A_change_of_curvature_beyond_the_range_leaves_the_kind_open()
    {
        // The curvature 12·9.3e308·u², u = 0.1, is 1.1e308, and three times its change over a step is beyond all numbers.
        var point = CriticalPoint.Classify(x => 9.3e298 * Square(Square(1e5 * x)), (Tensor)1e-6);
        Assert.Equal((CriticalPointKind.Degenerate, double.MaxValue), (point.Kind, point.Threshold));
    }

    [Fact]
    public void Without_curvature_the_critical_point_is_infinitely_far()
    {
        var slope = CriticalPoint.Classify(p => 1e-20 * Take(p, 0, 0), Tensor.Zeros([2]));
        Assert.Equal((CriticalPointKind.NotCritical, double.PositiveInfinity), (slope.Kind, slope.Displacement));
        var nowhere = CriticalPoint.Classify(p => 0 * Sum(p), Tensor.Zeros([2]));
        Assert.Equal((CriticalPointKind.Degenerate, 0.0, 2), (nowhere.Kind, nowhere.Displacement, nowhere.Nullity));
    }

    [Fact]
    public void What_is_unknown_makes_no_point_critical()
    {
        var eigen = SymmetricEigen.Decompose(new double[] { 2, 0, 0, 4 }, 2);
        double[] gradient = [1, 2];
        Assert.Equal([-0.5, -0.5], NewtonModel.Step(eigen, [1, 1], gradient, double.PositiveInfinity));
        Assert.Equal([-0.5, -0.5], NewtonModel.Step(eigen, [double.PositiveInfinity, 1], gradient, 0));
        Assert.Equal([-0.5, -0.25], NewtonModel.Step(eigen, [1, 8], gradient, 0));
        Assert.Equal([0, -0.25], NewtonModel.Step(eigen, [0, 0], gradient, 1).Select(x => x + 0.0));
    }

    /// <summary>Problems of Moré, Garbow and Hillstrom with a strict minimum, how far its Hessian's condition goes, and the minimum to eight digits.</summary>
    public static TheoryData<string, double[]> StrictMinima =>
        new()
        {
            { "Rosenbrock", [1, 1] },
            { "Freudenstein and Roth", [11.412779, -0.89680525] },
            { "Brown badly scaled", [1e6, 2e-6] },
            { "Beale", [3, 0.5] },
            { "Jennrich and Sampson", [0.25782521, 0.25782521] },
            { "Helical valley", [1, 0, 0] },
            { "Bard", [0.08241056, 1.1330361, 2.3436952] },
            { "Gaussian", [0.39895614, 1.0000191, 0] },
            { "Box three-dimensional", [1, 10, 1] },
            { "Wood", [1, 1, 1, 1] },
            { "Kowalik and Osborne", [0.19280693, 0.19128233, 0.12305651, 0.13606233] },
            { "Brown and Dennis", [-11.594440, 13.203630, -0.40343949, 0.23677877] },
            { "Osborne 1", [0.37541005, 1.9358469, -1.4646871, 0.012867535, 0.022122700] },
            { "Watson", [-0.015725086, 1.0124349, -0.23299163, 1.2604301, -1.5137289, 0.99299643] },
            { "Penalty I", [0.25000750, 0.25000750, 0.25000750, 0.25000750] },
            { "Penalty II", [0.19999933, 0.19131670, 0.48010149, 0.51884540] },
        };

    [Theory]
    [MemberData(nameof(StrictMinima))]
    public void Strict_minima_of_test_problems_are_minima(string name, double[] near)
    {
        var problem = MoreGarbowHillstrom.All.Single(problem => problem.Name == name);
        var x = Tensor.Of(near);
        for (var step = 0; step < 4; step++)
            x = Step(problem.Loss, x);
        var point = CriticalPoint.Classify(problem.Loss, x);
        Assert.Contains(problem.Minima, minimum => Math.Abs(point.Loss - minimum) <= 1e-6 * (1e-9 + minimum));
        Assert.True(point.Kind == CriticalPointKind.Minimum, point.ToString());
        Assert.True(point.IndexConfirmed);
        // One step short of the minimum the gradient is what an optimizer leaves.
        var before = CriticalPoint.Classify(problem.Loss, Step(problem.Loss, Tensor.Of(near)));
        Assert.True(before.Kind == CriticalPointKind.Minimum, before.ToString());
    }

    [Theory]
    [InlineData("Powell singular", 2)]
    [InlineData("Linear, rank 1", 4)]
    [InlineData("Linear, rank 1 with zero columns and rows", 4)]
    public void Minima_that_are_not_strict_are_degenerate(string name, int nullity)
    {
        var problem = MoreGarbowHillstrom.All.Single(problem => problem.Name == name);
        var x = Tensor.Of(name == "Powell singular" ? [1e-5, -1e-6, 6e-6, 6e-6] : problem.Start);
        x = Step(problem.Loss, x);
        var point = CriticalPoint.Classify(problem.Loss, x);
        Assert.Equal((CriticalPointKind.Degenerate, nullity), (point.Kind, point.Nullity));
    }

    private static Case Of(string name) => Cases.Single(one => one.Name == name);

    /// <summary>Newton's step from x.</summary>
    private static Tensor Step(Func<Tensor, Tensor> loss, Tensor x)
    {
        var n = x.Shape.Size;
        var hessian = HessianOperator.Of(loss, x).ToMatrix();
        SymmetricMatrix.Symmetrize(hessian, n);
        var eigen = SymmetricEigen.Decompose(hessian, n);
        var step = NewtonModel.Step(eigen, eigen.ErrorBounds.AsSpan(), Transforms.Grad(loss, x).ToArray(), 0);
        return Tensor.Of([.. x.ToArray().Zip(step, (a, d) => a + d)]);
    }
}
