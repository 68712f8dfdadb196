using AutoDiff.Curvature;
using static AutoDiff.Tests.Numerics.EigenChecks;
using static AutoDiff.Tests.Numerics.Matrices;

namespace AutoDiff.Tests.Curvature;

public class ConjugateGradientTests
{
    private static readonly double[] Spread = [.. Enumerable.Range(1, 60).Select(i => (double)i)];
    private static readonly double[] B = [.. Enumerable.Range(0, 60).Select(i => Math.Cos(i) + 0.1)];

    [Theory]
    [InlineData(1.0)]
    [InlineData(1e200)]
    [InlineData(1e-200)]
    public void Positive_definite_systems_are_solved(double scale)
    {
        var a = WithEigenvalues(Spread, seed: 1);
        var b = B.Select(x => x * scale).ToArray();
        var solution = Solve(a, b, new() { Tolerance = 1e-12 });
        Assert.Equal(Outcome.Converged, solution.Outcome);
        Assert.Empty(solution.Direction);
        foreach (var (expected, actual) in b.Zip(Times(a, [.. solution.Value])))
            Near(expected / scale, actual / scale, 1e-11);
        Assert.InRange(solution.Residual / scale, 0, 1e-12 * Frobenius(B));
    }

    [Fact]
    public void As_many_steps_as_distinct_eigenvalues_are_enough()
    {
        var a = WithEigenvalues([.. Enumerable.Range(0, 60).Select(i => 1.0 + (i % 3))], seed: 2);
        Assert.InRange(Solve(a, B).Iterations, 1, 3);
    }

    [Fact]
    public void A_zero_right_hand_side_takes_no_step()
    {
        var solution = Solve(WithEigenvalues(Spread, seed: 1), new double[60]);
        Assert.Equal((Outcome.Converged, 0, 0.0), (solution.Outcome, solution.Iterations, solution.Residual));
        Assert.All(solution.Value, x => Assert.Equal(0, x));
        Assert.Equal(Outcome.Converged, Solve([], []).Outcome);
    }

    [Fact]
    public void Negative_curvature_is_returned_with_its_direction()
    {
        var a = WithEigenvalues([-4, -1, .. Spread[2..]], seed: 3);
        var solution = Solve(a, B);
        Assert.Equal(Outcome.NegativeCurvature, solution.Outcome);
        var direction = solution.Direction.ToArray();
        Near(1, Frobenius(direction), 1e-14);
        var curvature = Times(a, direction).Zip(direction, (x, y) => x * y).Sum();
        Assert.True(curvature < 0);
        Near(curvature, solution.Curvature, 1e-12);
        // The iterate before it lowers the model, as a Newton step must.
        var x = solution.Value.ToArray();
        Assert.True(0.5 * Times(a, x).Zip(x, (p, q) => p * q).Sum() <= B.Zip(x, (p, q) => p * q).Sum());
    }

    [Fact]
    public void Negative_curvature_at_the_first_step_leaves_the_iterate_at_zero()
    {
        var solution = Solve(Diagonal(-1, -2), [3, 4]);
        Assert.Equal((Outcome.NegativeCurvature, 0), (solution.Outcome, solution.Iterations));
        Assert.Equal([0, 0], solution.Value);
        Near(0.6, solution.Direction[0], 1e-15);
        Near(-1 * 0.36 + (-2 * 0.64), solution.Curvature, 1e-15);
    }

    [Fact]
    public void Indefinite_systems_can_be_solved_through_negative_curvature()
    {
        var a = WithEigenvalues([-4, -1, .. Spread[2..]], seed: 3);
        var solution = Solve(a, B, new() { StopAtNegativeCurvature = false });
        Assert.Equal(Outcome.Converged, solution.Outcome);
        Assert.True(solution.Curvature < 0);
        Near(0, solution.Residual, 1e-9);
    }

    [Fact]
    public void Singular_systems_are_solved_where_they_can_be()
    {
        var a = Diagonal(2, 0, 3);
        var solvable = Solve(a, [2, 0, 6]);
        Assert.Equal(Outcome.Converged, solvable.Outcome);
        Near(1, solvable.Value[0], 1e-12);
        Near(2, solvable.Value[2], 1e-12);
        var unsolvable = Solve(a, [0, 1, 0]);
        Assert.Equal((Outcome.Breakdown, 0.0), (unsolvable.Outcome, unsolvable.Curvature));
        Assert.Equal([0, 1, 0], unsolvable.Direction);
        Assert.NotEqual(Outcome.Converged, Solve(a, [2, 1, 6]).Outcome);
    }

    [Fact]
    public void Limits_are_kept()
    {
        var a = WithEigenvalues(Spread, seed: 1);
        var solution = Solve(a, B, new() { MaxIterations = 5 });
        Assert.Equal((Outcome.MaxIterations, 5), (solution.Outcome, solution.Iterations));
        Near(Frobenius([.. B.Zip(Times(a, [.. solution.Value]), (x, y) => x - y)]), solution.Residual, 1e-10);
        Assert.Equal(Outcome.Breakdown, Solve(a, B, new() { Tolerance = 0 }).Outcome);
        Assert.Equal(
            (Outcome.MaxIterations, 4),
            (Solve(a, B, new() { MaxProducts = 4 }).Outcome, Solve(a, B, new() { MaxProducts = 4 }).Iterations)
        );
    }

    [Theory]
    [InlineData(double.NaN, 1.0)] // a product of NaN
    [InlineData(1e308, 1e300)] // of infinity
    [InlineData(1e-300, 1e300)] // a solution of infinity
    public void What_is_not_finite_is_said(double factor, double b)
    {
        var a = LinearOperator.Of(2, (x, y) => (y[0], y[1]) = (factor * ((4 * x[0]) + x[1]), factor * (x[0] + (4 * x[1]))));
        var solution = ConjugateGradient.Solve(a, [b, 2 * b]);
        Assert.Equal(Outcome.NotFinite, solution.Outcome);
        Assert.All(solution.Value, x => Assert.True(double.IsFinite(x)));
    }

    [Fact]
    public void What_overflows_on_the_way_leaves_the_iterate_before()
    {
        // The second product is infinite: the answer is the first iterate.
        var a = new Failing(2, 1);
        var solution = ConjugateGradient.Solve(a, [1, 1]);
        Assert.Equal((Outcome.NotFinite, 1), (solution.Outcome, solution.Iterations));
        Assert.Equal([2 / 3.0, 2 / 3.0], solution.Value);
    }

    [Fact]
    public void A_solution_that_underflows_is_not_converged()
    {
        var solution = ConjugateGradient.Solve(MatrixOperator.Of([4, 1, 1, 4], 2).Scale(1e300), [1e-30, 2e-30]);
        Assert.Equal(Outcome.Breakdown, solution.Outcome);
        Assert.Equal(Math.Sqrt(5) * 1e-30, solution.Residual, 1e-40);
    }

    [Fact]
    public void Wrong_input_throws()
    {
        var a = MatrixOperator.Of([1, 0, 0, 1], 2);
        Assert.Throws<ArgumentException>(() => Solve([1, 0, 0, 1], [double.NaN, 1]));
        Assert.Throws<ArgumentException>(() => ConjugateGradient.Solve(a, [1]));
        Assert.Throws<ArgumentException>(() => new ConjugateGradientOptions { Tolerance = -1 });
        Assert.Throws<ArgumentException>(() => new ConjugateGradientOptions { MaxIterations = -1 });
        var cancelled = Assert.Throws<IterationCanceledException<LinearSolution>>(() =>
            ConjugateGradient.Solve(a, [1, 1], new() { Cancellation = new(canceled: true) })
        );
        Assert.Equal((Outcome.Cancelled, Math.Sqrt(2)), (cancelled.Solution.Outcome, cancelled.Solution.Residual));
    }

    [Fact]
    public void Cancelled_at_any_step_it_gives_the_iterate()
    {
        var a = WithEigenvalues(Spread, seed: 1);
        for (var steps = 0; steps < 20; steps += 3)
        {
            using var source = new CancellationTokenSource();
            var last = steps;
            var cancelled = Assert.Throws<IterationCanceledException<LinearSolution>>(() =>
                Solve(a, B, new() { Cancellation = source.Token, Progress = new Cancelling(source, last) })
            );
            var limited = Solve(a, B, new() { MaxIterations = steps + 1 });
            Assert.Equal((Outcome.Cancelled, steps + 1), (cancelled.Solution.Outcome, cancelled.Solution.Iterations));
            Assert.Equal(limited.Value, cancelled.Solution.Value);
            Assert.Equal(limited.Residual, cancelled.Solution.Residual);
        }
    }

    private static LinearSolution Solve(double[] a, double[] b, ConjugateGradientOptions? options = null) =>
        ConjugateGradient.Solve(MatrixOperator.Of(a, b.Length), b, options);

    /// <summary>diag(1, 2), until it has been applied a number of times.</summary>
    private sealed class Failing(int size, int products) : LinearOperator(size)
    {
        private int _left = products;

        protected override void Product(ReadOnlySpan<double> x, Span<double> y)
        {
            var failed = _left-- <= 0;
            for (var i = 0; i < x.Length; i++)
                y[i] = failed ? double.PositiveInfinity : (i + 1) * x[i];
        }
    }
}
