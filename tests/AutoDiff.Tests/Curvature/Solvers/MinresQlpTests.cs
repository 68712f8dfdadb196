using AutoDiff.Curvature;
using static AutoDiff.Tests.Numerics.EigenChecks;
using static AutoDiff.Tests.Numerics.Matrices;

namespace AutoDiff.Tests.Curvature;

public class MinresQlpTests
{
    private const int Size = 30;

    private static readonly MinresOptions Tight = new() { Tolerance = 1e-13, NormalTolerance = 1e-12 };

    private static readonly Dictionary<string, double[]> Spectra = new()
    {
        ["positive"] = [.. Range(i => 1 + i)],
        ["negative"] = [.. Range(i => -1 - i)],
        ["indefinite"] = [.. Range(i => i - 14.5)],
        ["identity"] = [.. Range(_ => 1)],
        ["two values"] = [.. Range(i => i % 2 == 0 ? 2 : -3)],
        ["clusters"] = [.. Range(i => (i % 3) - 1.5 + (1e-12 * i))],
        ["graded"] = [.. Range(i => Math.Pow(10, -2 + (i / 10.0)) * (i % 2 == 0 ? 1 : -1))],
        ["singular"] = [.. Range(i => i < 7 ? 0 : i - 15.5)],
        ["singular, semidefinite"] = [.. Range(i => Math.Max(i - 10, 0))],
        ["rank one"] = [.. Range(i => i == 4 ? -7 : 0)],
    };

    public static TheoryData<string> Names => [.. Spectra.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_right_hand_side_in_the_range_gives_the_pseudoinverses_solution(string name)
    {
        var a = WithEigenvalues(Spectra[name], seed: 1);
        var b = Times(a, [.. Range(i => Math.Sin(i) + 0.3)]);
        var solution = MinresQlp.Solve(MatrixOperator.Of(a, Size), b, Tight);
        Assert.Equal((Outcome.Converged, LinearSystemKind.Compatible), (solution.Outcome, solution.Kind));
        Assert.InRange(solution.Residual, 0, 1e-13 * Frobenius(b));
        Close(Pseudoinverse(a, b, 1e-11), [.. solution.Value], 1e-6);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_right_hand_side_gives_the_shortest_of_the_least_squares_solutions(string name)
    {
        var a = WithEigenvalues(Spectra[name], seed: 2);
        double[] b = [.. Range(i => Math.Cos(i) + 0.1)];
        var solution = MinresQlp.Solve(MatrixOperator.Of(a, Size), b, Tight);
        Assert.Equal(Outcome.Converged, solution.Outcome);
        var singular = Spectra[name].Contains(0);
        Assert.Equal(singular ? LinearSystemKind.LeastSquares : LinearSystemKind.Compatible, solution.Kind);
        var expected = Pseudoinverse(a, b, 1e-11);
        Close(expected, [.. solution.Value], 1e-6);
        var residual = b.Zip(Times(a, [.. solution.Value]), (x, y) => x - y).ToArray();
        Near(Frobenius(residual), solution.Residual, 1e-10);
        Near(Frobenius(Times(a, residual)), solution.NormalResidual, 1e-10 * Frobenius(a));
    }

    [Theory]
    [InlineData(1e-150, 1)]
    [InlineData(1e150, 1)]
    [InlineData(1, 1e-150)]
    [InlineData(1e150, 1e150)]
    [InlineData(1e-150, 1e150)]
    [InlineData(1e-300, 1e-200)]
    [InlineData(1e300, 1e300)]
    public void Scales_do_not_matter(double ofA, double ofB)
    {
        var a = WithEigenvalues(Spectra["singular"], seed: 3);
        double[] b = [.. Range(i => Math.Cos(i) + 0.1)];
        var expected = MinresQlp.Solve(MatrixOperator.Of(a, Size), b, Tight);
        var solution = MinresQlp.Solve(MatrixOperator.Of(a, Size).Scale(ofA), [.. b.Select(x => x * ofB)], Tight);
        Assert.Equal((expected.Outcome, expected.Kind), (solution.Outcome, solution.Kind));
        Close([.. expected.Value], [.. solution.Value.Select(x => x * (ofA / ofB))], 1e-9);
        Near(expected.Residual, solution.Residual / ofB, 1e-9);
        Near(expected.Norm, solution.Norm / ofA, 1e-9);
        Near(1, solution.Condition / expected.Condition, 1e-3);
        Assert.InRange(expected.Norm, 0.6 * 14.5, 14.5 * (1 + 1e-12));
        Assert.InRange(expected.Condition, 14.5 / 0.5 / 5, 5 * 14.5 / 0.5);
    }

    [Fact]
    public void As_many_steps_as_distinct_eigenvalues_are_enough()
    {
        var a = WithEigenvalues([.. Range(i => 1.0 + (i % 3))], seed: 2);
        var counting = new CountingOperator(MatrixOperator.Of(a, Size));
        var solution = MinresQlp.Solve(counting, [.. Range(i => i + 1.0)]);
        Assert.Equal(3, solution.Iterations);
        Assert.Equal(counting.Products, solution.Products);
        Assert.InRange(solution.Products, 4, 5);
    }

    [Fact]
    public void Products_are_counted()
    {
        foreach (var (name, spectrum) in Spectra)
        {
            foreach (var limit in new int?[] { null, 0, 1, 5 })
            {
                var counting = new CountingOperator(MatrixOperator.Of(WithEigenvalues(spectrum, seed: 4), Size));
                var solution = MinresQlp.Solve(counting, [.. Range(i => Math.Cos(i))], new() { MaxProducts = limit });
                Assert.True(
                    counting.Products == solution.Products,
                    $"{name}: {counting.Products} products, said to be {solution.Products}"
                );
                if (limit is { } most && solution.Outcome == Outcome.MaxIterations)
                    Assert.InRange(solution.Products, most, most + 2);
            }
        }
    }

    [Fact]
    public void The_residual_never_rises()
    {
        var a = MatrixOperator.Of(WithEigenvalues(Spectra["graded"], seed: 5), Size);
        double[] b = [.. Range(i => Math.Cos(i) + 0.1)];
        var last = double.PositiveInfinity;
        for (var steps = 0; steps <= 30; steps += 3)
        {
            var solution = MinresQlp.Solve(a, b, new() { MaxIterations = steps });
            Assert.True(solution.Residual <= last * (1 + 1e-12));
            Assert.True(solution.Outcome == Outcome.MaxIterations ? solution.Iterations == steps : solution.Iterations <= steps);
            last = solution.Residual;
        }
    }

    [Fact]
    public void Nonpositive_curvature_is_found_and_can_end_it()
    {
        var a = WithEigenvalues([-4, -1, .. Range(i => i + 1.0).Skip(2)], seed: 3);
        double[] b = [.. Range(i => i == 0 ? 1 : 0.1)];
        foreach (var stop in new[] { false, true })
        {
            var solution = MinresQlp.Solve(MatrixOperator.Of(a, Size), b, new() { StopAtNonpositiveCurvature = stop });
            Assert.Equal(stop ? Outcome.NegativeCurvature : Outcome.Converged, solution.Outcome);
            double[] direction = [.. solution.Direction];
            Near(1, Frobenius(direction), 1e-13);
            var curvature = Times(a, direction).Zip(direction, (x, y) => x * y).Sum();
            Assert.True(curvature < 0);
            Near(curvature, solution.Curvature, 1e-11);
            if (!stop)
                continue;
            // The residual is that direction, and until then the model curves upwards along x.
            var residual = b.Zip(Times(a, [.. solution.Value]), (x, y) => x - y).ToArray();
            Close(direction, [.. residual.Select(x => x / Frobenius(residual))], 1e-11);
            Assert.True(solution.Value.Zip(b, (x, y) => x * y).Sum() > 0);
        }
        Assert.Empty(MinresQlp.Solve(MatrixOperator.Of(WithEigenvalues(Spectra["positive"], seed: 3), Size), b).Direction);
    }

    [Fact]
    public void Curvature_that_cannot_be_told_from_zero_counts_as_zero()
    {
        var solution = MinresQlp.Solve(MatrixOperator.Of(Diagonal(2, 0, 3), 3), [2, 1, 6], new() { StopAtNonpositiveCurvature = true });
        Assert.Equal((Outcome.NegativeCurvature, 0.0), (solution.Outcome, solution.Curvature));
        Close([0, 1, 0], [.. solution.Direction], 1e-12);
        var crossed = MinresQlp.Solve(MatrixOperator.Of([0, 1, 1, 0], 2), [1, 0]);
        Assert.Equal((Outcome.Converged, 0.0, 1.0), (crossed.Outcome, crossed.Curvature, crossed.Direction[0]));
        Close([0, 1], [.. crossed.Value], 1e-15);
    }

    [Fact]
    public void Small_systems_are_solved()
    {
        var none = MinresQlp.Solve(MatrixOperator.Of([], 0), []);
        Assert.Equal((Outcome.Converged, LinearSystemKind.Compatible, 0), (none.Outcome, none.Kind, none.Products));
        Assert.Equal([-0.5], MinresQlp.Solve(MatrixOperator.Of([-4], 1), [2]).Value);
        var zero = MinresQlp.Solve(MatrixOperator.Of([0], 1), [2]);
        Assert.Equal((Outcome.Converged, LinearSystemKind.LeastSquares, 2.0), (zero.Outcome, zero.Kind, zero.Residual));
        Assert.Equal([0], zero.Value);
        var nothing = MinresQlp.Solve(MatrixOperator.Of(Diagonal(1, 2), 2), [0, 0]);
        Assert.Equal((Outcome.Converged, 0, 0, 1.0), (nothing.Outcome, nothing.Iterations, nothing.Products, nothing.Condition));
        Assert.Equal([0, 0], nothing.Value);
    }

    [Fact]
    public void What_double_precision_does_not_resolve_is_said()
    {
        var a = WithEigenvalues([.. Range(i => Math.Pow(10, -i / 6.0))], seed: 6);
        double[] b = [.. Range(i => Math.Cos(i) + 0.1)];
        var solution = MinresQlp.Solve(MatrixOperator.Of(a, Size), b, new() { Tolerance = 0, NormalTolerance = 0 });
        Assert.Equal((Outcome.Breakdown, LinearSystemKind.Undecided), (solution.Outcome, solution.Kind));
        Near(Frobenius([.. b.Zip(Times(a, [.. solution.Value]), (x, y) => x - y)]), solution.Residual, 1e-12);
        var underflow = MinresQlp.Solve(MatrixOperator.Of([4, 1, 1, 4], 2).Scale(1e300), [1e-30, 2e-30]);
        Assert.Equal(Outcome.Breakdown, underflow.Outcome);
        Assert.Equal(Math.Sqrt(5) * 1e-30, underflow.Residual, 1e-40);
    }

    [Theory]
    [InlineData(double.NaN, 1.0)] // a product of NaN
    [InlineData(1e308, 1e300)] // of infinity
    [InlineData(1e-300, 1e300)] // a solution of infinity
    public void What_is_not_finite_is_said(double factor, double b)
    {
        var a = LinearOperator.Of(2, (x, y) => (y[0], y[1]) = (factor * ((4 * x[0]) + x[1]), factor * (x[0] + (4 * x[1]))));
        var solution = MinresQlp.Solve(a, [b, 2 * b]);
        Assert.Equal(Outcome.NotFinite, solution.Outcome);
        Assert.All(solution.Value, x => Assert.True(double.IsFinite(x)));
    }

    [Fact]
    public void Products_that_fail_on_the_way_leave_the_iterate_before()
    {
        var a = MatrixOperator.Of(WithEigenvalues(Spectra["indefinite"], seed: 1), Size);
        double[] b = [.. Range(i => Math.Cos(i))];
        for (var good = 0; good < 6; good++)
        {
            var solution = MinresQlp.Solve(new CountingOperator(a, good), b);
            Assert.Equal((Outcome.NotFinite, good), (solution.Outcome, solution.Iterations));
            Assert.Equal(MinresQlp.Solve(a, b, new() { MaxIterations = good }).Value, solution.Value);
        }
    }

    [Fact]
    public void Cancelled_at_any_step_it_gives_the_iterate()
    {
        var a = MatrixOperator.Of(WithEigenvalues(Spectra["indefinite"], seed: 1), Size);
        double[] b = [.. Range(i => Math.Cos(i))];
        for (var steps = 0; steps < 20; steps += 3)
        {
            using var source = new CancellationTokenSource();
            var last = steps;
            var cancelled = Assert.Throws<IterationCanceledException<MinresSolution>>(() =>
                MinresQlp.Solve(a, b, new() { Cancellation = source.Token, Progress = new Cancelling(source, last) })
            );
            var limited = MinresQlp.Solve(a, b, new() { MaxIterations = steps });
            Assert.Equal((Outcome.Cancelled, steps), (cancelled.Solution.Outcome, cancelled.Solution.Iterations));
            Assert.Equal(limited.Value, cancelled.Solution.Value);
            Assert.Equal(limited.Residual, cancelled.Solution.Residual);
        }
    }

    [Theory]
    [InlineData("indefinite", 40)]
    [InlineData("singular", 40)]
    [InlineData("indefinite", 600)]
    [InlineData("singular", -600)]
    public void Both_residuals_scale_wherever_it_ends(string name, int exponent)
    {
        var a = WithEigenvalues(Spectra[name], seed: 3);
        double[] b = [.. Range(i => Math.Cos(i) + 0.1)];
        for (var limit = 1; limit < 40; limit += 6)
        {
            var options = Tight with { MaxIterations = limit };
            var plain = MinresQlp.Solve(MatrixOperator.Of(a, Size), b, options);
            Assert.InRange(plain.Iterations, 1, limit);
            var scaled = MinresQlp.Solve(
                MatrixOperator.Of([.. a.Select(x => Math.ScaleB(x, exponent))], Size),
                [.. b.Select(x => Math.ScaleB(x, 20))],
                options
            );
            Assert.Equal(Math.ScaleB(plain.Residual, 20), scaled.Residual);
            Assert.Equal(Math.ScaleB(plain.NormalResidual, exponent + 20), scaled.NormalResidual);
        }
    }

    [Fact]
    public void Refinements_count_toward_the_limit()
    {
        double[] values = [.. Range(i => Math.Pow(10, -i / 3.0) * (i % 2 == 0 ? 1 : -1))];
        var a = MatrixOperator.Of(WithEigenvalues(values, seed: 4), Size);
        double[] b = [.. Range(i => Math.Cos(i) + 0.1)];
        var whole = MinresQlp.Solve(a, b, new() { Tolerance = 1e-15, NormalTolerance = 0 }).Iterations;
        for (var limit = 1; limit < whole; limit += 3)
            Assert.InRange(
                MinresQlp
                    .Solve(
                        a,
                        b,
                        new()
                        {
                            Tolerance = 1e-15,
                            NormalTolerance = 0,
                            MaxIterations = limit,
                        }
                    )
                    .Iterations,
                1,
                limit
            );
    }

    [Fact]
    public void The_direction_is_the_first_whether_it_stops_there_or_not()
    {
        var a = MatrixOperator.Of(WithEigenvalues(Spectra["indefinite"], seed: 5), Size);
        double[] b = [.. Range(i => Math.Cos(i) + 0.1)];
        var first = MinresQlp.Solve(a, b, Tight with { StopAtNonpositiveCurvature = true });
        var whole = MinresQlp.Solve(a, b, Tight);
        Assert.Equal((Outcome.NegativeCurvature, Outcome.Converged), (first.Outcome, whole.Outcome));
        Assert.Equal(first.Direction.AsSpan(), whole.Direction.AsSpan());
        Assert.Equal(first.Curvature, whole.Curvature);
    }

    [Theory]
    [InlineData(1e-2)]
    [InlineData(1e-5)]
    public void The_condition_is_that_of_the_matrix(double least)
    {
        // The least value in the middle of what b has most of, so that its row settles before the end.
        double[] values = [least, 1, -2, 3, -4, 5, -6];
        var solution = MinresQlp.Solve(MatrixOperator.Of(Diagonal(values), 7), [1, 1e-2, 1e-2, 1e-2, 1e-2, 1e-2, 1e-2], Tight);
        Assert.Equal(Outcome.Converged, solution.Outcome);
        Assert.InRange(solution.Condition * least / 6, 0.2, 1 + 1e-9);
    }

    [Fact]
    public void Wrong_input_throws()
    {
        var a = MatrixOperator.Of([1, 0, 0, 1], 2);
        Assert.Throws<ArgumentNullException>(() => MinresQlp.Solve(null!, [1]));
        Assert.Throws<ArgumentException>(() => MinresQlp.Solve(a, [1]));
        Assert.Throws<ArgumentException>(() => MinresQlp.Solve(a, [1, double.PositiveInfinity]));
        Assert.Throws<ArgumentException>(() => MinresQlp.Solve(new Rotation(), [1, 0]));
        Assert.Throws<ArgumentException>(() => new MinresOptions { Tolerance = -1 });
        Assert.Throws<ArgumentException>(() => new MinresOptions { NormalTolerance = double.NaN });
    }

    private static IEnumerable<double> Range(Func<int, double> value) => Enumerable.Range(0, Size).Select(value);

    private static void Close(double[] expected, double[] actual, double tolerance) =>
        Assert.InRange(Frobenius([.. expected.Zip(actual, (x, y) => x - y)]), 0, tolerance * Frobenius(expected));

    /// <summary>A⁺b by all eigenvalues, those of magnitude up to a share of the largest taken for zero.</summary>
    private static double[] Pseudoinverse(double[] a, double[] b, double zero)
    {
        var n = b.Length;
        var eigen = Eigen(a, n);
        var (x, largest) = (new double[n], eigen.Eigenvalues.Max(Math.Abs));
        for (var k = 0; k < n; k++)
        {
            var vector = eigen.Pair(k).Vector;
            var along = vector.Zip(b, (p, q) => p * q).Sum();
            for (var i = 0; i < n && Math.Abs(eigen.Eigenvalues[k]) > zero * largest; i++)
                x[i] += along / eigen.Eigenvalues[k] * vector[i];
        }
        return x;
    }

    /// <summary>A quarter turn.</summary>
    private sealed class Rotation() : LinearOperator(2, 2, isSymmetric: false)
    {
        protected override void Product(ReadOnlySpan<double> x, Span<double> y) => (y[0], y[1]) = (-x[1], x[0]);
    }
}
