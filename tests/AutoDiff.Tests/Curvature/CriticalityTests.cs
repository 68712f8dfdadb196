using AutoDiff.Curvature;
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
        SymmetricInput.Symmetrize(hessian, n);
        var eigen = SymmetricEigen.Decompose(hessian, n);
        var step = NewtonModel.Step(eigen, eigen.ErrorBounds.AsSpan(), Transforms.Grad(loss, x).ToArray(), 0);
        return Tensor.Of([.. x.ToArray().Zip(step, (a, d) => a + d)]);
    }
}
