using AutoDiff.Curvature;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Curvature;

public partial class SharpnessTests
{
    private static readonly Tensor Diagonal = Tensor.Of([1.0, 4, 9, 0.5, 100]);

    private static Tensor Bowl(Tensor x) => 0.5 * Sum(Diagonal * Square(x));

    [Theory]
    [InlineData(1e-3)]
    [InlineData(0.5)]
    [InlineData(1e-100)]
    public void Keskars_box_has_its_maximum_at_a_vertex_of_a_convex_bowl(double epsilon)
    {
        // The bowl's centre moved to c, so that the box is wider where |c| is large.
        double[] c = [0, 1, -2, 3, 0.5];
        var centre = Tensor.Of(c);
        var objective = Objective.Of((Tensor x) => 2 + Bowl(x - centre), centre);
        var sharpness = Sharpness.Keskar(objective, centre, new() { Epsilon = epsilon });
        var rise = Diagonal.ToArray().Zip(c, (h, value) => 0.5 * h * Math.Pow(epsilon * (Math.Abs(value) + 1), 2)).Sum();
        Assert.Equal((epsilon, 5, 2, 0), (sharpness.Epsilon, sharpness.Dimensions, sharpness.Loss, sharpness.Products));
        if (epsilon < 1e-50)
        {
            Assert.Equal((Outcome.Stagnated, 0), (sharpness.Outcome, sharpness.Sharpness)); // nothing beside the loss of 2
            return;
        }
        Assert.Equal(Outcome.Converged, sharpness.Outcome);
        Assert.Equal(100 * rise / 3, sharpness.Sharpness, 1e-8 * rise * 100);
        foreach (var (value, at) in sharpness.Maximizer.ToArray().Zip(c))
            Assert.Equal(epsilon * (Math.Abs(at) + 1), Math.Abs(value - at), 1e-12);
    }

    [Theory]
    [InlineData(1e-150)]
    [InlineData(1e150)]
    public void The_rise_scales_with_the_loss(double unit)
    {
        var objective = Objective.Of((Tensor x) => unit * Bowl(x), Diagonal);
        var sharpness = Sharpness.Keskar(objective, Tensor.Zeros([5]), new() { Epsilon = 0.1 });
        Assert.Equal(Outcome.Converged, sharpness.Outcome);
        Assert.Equal(unit * 0.5 * 114.5 * 0.01, sharpness.MaxLoss, 1e-10 * unit);
        var ascent = Sharpness.Ascent(objective, Tensor.Zeros([5]), 0.1);
        Assert.Equal(0.5 * unit, ascent.Rise, 1e-10 * unit);
    }

    [Fact]
    public void A_subspace_of_all_dimensions_holds_the_whole_box_of_its_own_coordinates()
    {
        // In the coordinates y = A⁺x of a square A the bowl |A⁻¹x|² is round, and the box's maximum p·ε²·(|yᵢ| + 1)² at a vertex.
        const double epsilon = 0.01;
        var point = Tensor.Of([1.0, -2, 0.5]);
        var (spaceKey, _) = Key.Of(0).Split();
        var columns = spaceKey.Normal([3, 3]); // rows are A's columns
        var inverse = Inverse(Transpose(columns));
        Tensor Loss(Tensor x) => 3 * Sum(Square(MatMul(inverse, x - point)));
        var sharpness = Sharpness.Keskar(Objective.Of(Loss, point), point, new() { Epsilon = epsilon, Dimensions = 3 });
        var y = MatMul(inverse, point).ToArray();
        var rise = y.Sum(value => 3 * Math.Pow(epsilon * (Math.Abs(value) + 1), 2));
        Assert.Equal(100 * rise, sharpness.Sharpness, 1e-8 * rise * 100);
        Assert.Equal(3, sharpness.Dimensions);
    }

    [Fact]
    public void A_random_subspace_stays_in_its_range()
    {
        var objective = Objective.Of((Tensor x) => Sum(Square(Square(x))) + Sum(x), Tensor.Zeros([50]));
        var point = Key.Of(4).Normal([50]);
        var sharpness = Sharpness.Keskar(
            objective,
            point,
            new()
            {
                Epsilon = 0.05,
                Dimensions = 2,
                Key = Key.Of(3),
            }
        );
        var columns = Key.Of(3).Split().First.Normal([2, 50]);
        // The step is a combination y of the two columns, within the box about their least-squares coordinates of the point.
        var step = sharpness.Maximizer - point;
        var gram = MatMul(columns, Transpose(columns));
        var y = Solve(gram, MatMul(columns, step));
        ReferenceData.AssertClose(step.ToArray(), MatMul(y, columns).ToArray(), 1e-10, "range");
        var box = 0.05 * (Abs(Solve(gram, MatMul(columns, point))) + 1);
        Assert.True(y.ToArray().Zip(box.ToArray()).All(pair => Math.Abs(pair.First) <= pair.Second * (1 + 1e-9)));
        // Nothing on a grid of the box is higher.
        for (var i = -10; i <= 10; i++)
        {
            for (var j = -10; j <= 10; j++)
            {
                var at = point + MatMul(Tensor.Of([i / 10.0, j / 10.0]) * box, columns);
                Assert.True(objective.Value(at.ToArray()) <= sharpness.MaxLoss * (1 + 1e-12));
            }
        }
    }

    [Fact]
    public void An_interior_maximum_is_found_too()
    {
        // A hill at (0.5, −0.3) within the box of half-width 1 about the origin.
        var objective = Objective.Of((Tensor x) => Exp(-Sum(Diagonal[..2] * Square(x - Tensor.Of([0.5, -0.3])))), Tensor.Zeros([2]));
        var sharpness = Sharpness.Keskar(objective, Tensor.Zeros([2]), new() { Epsilon = 1 });
        Assert.Equal(Outcome.Converged, sharpness.Outcome);
        ReferenceData.AssertClose([0.5, -0.3], sharpness.Maximizer.ToArray(), 1e-5, "hill");
        var loss = Math.Exp(-0.25 - 0.36);
        Assert.Equal(100 * (1 - loss) / (1 + loss), sharpness.Sharpness, 1e-8);
        var ascent = Sharpness.Ascent(objective, Tensor.Zeros([2]), 0.8);
        Assert.Equal(1 - loss, ascent.Rise, 1e-10);
        ReferenceData.AssertClose([0.5, -0.3], ascent.Step.ToArray(), 1e-5, "hill");
    }

    [Fact]
    public void Within_a_ball_a_bowl_rises_along_the_largest_eigenvalue()
    {
        var objective = Objective.Of(Bowl, Diagonal);
        var least = Sharpness.Ascent(objective, Tensor.Zeros([5]), 0.05);
        Assert.Equal(Outcome.Converged, least.Outcome);
        Assert.Equal(0.5 * 0.05 * 0.05 * 100, least.Rise, 1e-12);
        Assert.Equal(double.NaN, least.FirstOrderRise);
        Assert.Equal(0.05, Math.Abs(least.Step.ToArray()[4]), 1e-9);
        // Away from it the largest value over the ball is where (λ − H)δ = g with ‖δ‖ = ρ: the secular equation.
        double[] x = [2, -1, 0.5, 3, 0.01];
        var (low, high) = (100 + 1e-12, 1e6);
        double Length(double shift) => Math.Sqrt(Diagonal.ToArray().Zip(x, (h, value) => Math.Pow(h * value / (shift - h), 2)).Sum());
        for (var i = 0; i < 200; i++)
            (low, high) = Length((low + high) / 2) > 0.3 ? ((low + high) / 2, high) : (low, (low + high) / 2);
        var exact = Diagonal
            .ToArray()
            .Zip(x, (h, value) => (Value: value, H: h, Step: h * value / (low - h)))
            .Sum(t => (t.H * t.Value * t.Step) + (0.5 * t.H * t.Step * t.Step));
        var ascent = Sharpness.Ascent(objective, Tensor.Of(x), 0.3, new() { MaxIterations = 1000 });
        Assert.Equal(exact, ascent.Rise, 1e-9 * exact);
        var gradient = x.Zip(Diagonal.ToArray(), (value, h) => h * value).ToArray();
        var norm = Math.Sqrt(gradient.Sum(g => g * g));
        Assert.Equal(
            (0.3 * norm) + (0.045 * gradient.Zip(Diagonal.ToArray(), (g, h) => h * g * g).Sum() / (norm * norm)),
            ascent.FirstOrderRise,
            1e-10
        );
        Assert.True(ascent.FirstOrderRise < ascent.Rise);
    }

    [TensorTree]
    private sealed partial record Layers(Tensor First, Tensor Second);

    [Fact]
    public void Every_measure_changes_with_the_parametrization()
    {
        var (x, y) = (Key.Of(3).Normal([20, 3]), Key.Of(4).Normal([20, 2]));
        Tensor Loss(Layers w) => Mean(Square(MatMul(Relu(MatMul(x, w.First)), w.Second) - y));
        var w = Transforms.Evaluate(new Layers(Key.Of(5).Normal([3, 4]), Key.Of(6).Normal([4, 2])));
        var scaled = Transforms.Evaluate(new Layers(8 * w.First, w.Second / 8));
        var objective = Objective.Of(Loss, w);
        Assert.Equal(objective.Value(objective.Ravel(w)), objective.Value(objective.Ravel(scaled)), 1e-12);
        Assert.True(Sharpness.Keskar(objective, scaled).Sharpness > 2 * Sharpness.Keskar(objective, w).Sharpness);
        Assert.True(Sharpness.Ascent(objective, scaled, 0.05).Rise > 2 * Sharpness.Ascent(objective, w, 0.05).Rise);
    }

    [Fact]
    public void The_Hessian_gives_the_largest_and_the_mean_curvature()
    {
        var objective = Objective.Of(Bowl, Diagonal);
        var sharpness = HessianSharpness.Of(objective, Diagonal, Key.Of(1), trace: new() { MaxProducts = 60 });
        Assert.Equal(100, sharpness.Largest.Value, 1e-6);
        Assert.InRange(Math.Abs(sharpness.Trace.Value - 114.5), 0, Math.Max(1e-9, 5 * sharpness.Trace.StandardError));
        Assert.Equal(sharpness.Trace.Value / 5, sharpness.Mean, 1e-12);
        Assert.Equal(sharpness.Largest.Value / sharpness.Mean, sharpness.Excess, 1e-12);
        Assert.InRange(sharpness.Products, sharpness.Trace.Products + 1, sharpness.Trace.Products + 20);
        var round = HessianSharpness.Of(Objective.Of((Tensor x) => 3 * Sum(Square(x)), Diagonal), Diagonal, Key.Of(1));
        Assert.Equal((6, 1), (Math.Round(round.Mean, 9), Math.Round(round.Excess, 9)));
        Assert.Equal(double.NaN, HessianSharpness.Of(Objective.Of((Tensor x) => Sum(x), Diagonal), Diagonal, Key.Of(1)).Excess);
        Refused(
            "[HessianSharpness.Of] got NaN at position 0 of the point;",
            () => HessianSharpness.Of(objective, Tensor.Full(double.NaN, [5]), Key.Of(1))
        );
        Refused(
            "[HessianSharpness.Of] got no eigenpair,",
            () => HessianSharpness.Of(objective, Diagonal, Key.Of(1), new() { MaxProducts = 0 })
        );
        Assert.Throws<ArgumentNullException>(() => HessianSharpness.Of(objective, Diagonal, null!));
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        var objective = Objective.Of((Tensor x) => Sum(Square(Sin(3 * x))) + Square(Sum(x)), Tensor.Zeros([6]));
        var point = Key.Of(9).Normal([6]);
        var (one, many) = (
            Sharpness.Keskar(objective, point, new() { Epsilon = 0.3, Threads = 1 }),
            Sharpness.Keskar(objective, point, new() { Epsilon = 0.3, Threads = 4 })
        );
        Assert.Equal((one.Sharpness, one.Evaluations, one.Iterations), (many.Sharpness, many.Evaluations, many.Iterations));
        Assert.Equal(one.Maximizer.ToArray(), many.Maximizer.ToArray());
        Assert.Equal(
            Sharpness.Ascent(objective, point, 0.3, new() { Threads = 1 }).Rise,
            Sharpness.Ascent(objective, point, 0.3, new() { Threads = 4 }).Rise
        );
    }

    [Fact]
    public void Limits_poles_and_cancellation_are_outcomes()
    {
        var objective = Objective.Of((Tensor x) => Sum(Square(Sin(3 * x))) + Square(Sum(x)), Tensor.Zeros([6]));
        var point = Key.Of(9).Normal([6]);
        var none = Sharpness.Keskar(objective, point, new() { MaxIterations = 0, Starts = 3 });
        Assert.Equal((Outcome.MaxIterations, 0, 4), (none.Outcome, none.Iterations, none.Evaluations));
        Assert.Equal(Outcome.MaxIterations, Sharpness.Ascent(objective, point, 1, new() { MaxIterations = 1 }).Outcome);
        // Within the ball the loss has a pole; the finite part counts.
        var pole = Sharpness.Ascent(Objective.Of((Tensor x) => -Sum(Log(x)), Tensor.Zeros([1])), Tensor.Of([1.0]), 2);
        Assert.Equal(Outcome.NotFinite, pole.Outcome);
        Assert.True(double.IsFinite(pole.Rise) && pole.Rise > 0);
        var flat = Sharpness.Keskar(Objective.Of((Tensor x) => 0 * Sum(x), point), point);
        Assert.Equal((Outcome.Converged, 0), (flat.Outcome, flat.Sharpness));
        using var source = new CancellationTokenSource();
        var options = new KeskarOptions
        {
            Threads = 1,
            Starts = 5,
            Progress = new Cancelling(source, 1),
            Cancellation = source.Token,
            Epsilon = 0.3,
        };
        var stopped = Assert
            .Throws<IterationCanceledException<KeskarSharpness<Tensor>>>(() => Sharpness.Keskar(objective, point, options))
            .Solution;
        Assert.Equal(Outcome.Cancelled, stopped.Outcome);
        Assert.True(stopped.Sharpness > 0);
        Assert.Throws<IterationCanceledException<AscentSharpness<Tensor>>>(() =>
            Sharpness.Ascent(objective, point, 1, new() { Cancellation = new(canceled: true) })
        );
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        var objective = Objective.Of(Bowl, Diagonal);
        Refused("[Sharpness.Ascent] got a radius of 0;", () => Sharpness.Ascent(objective, Diagonal, 0));
        Refused("[Sharpness.Ascent] got a radius of NaN;", () => Sharpness.Ascent(objective, Diagonal, double.NaN));
        Refused(
            "[Sharpness.Keskar] got a subspace of 6 dimensions; expected at most the 5 parameters",
            () => Sharpness.Keskar(objective, Diagonal, new() { Dimensions = 6 })
        );
        Refused(
            "[Sharpness.Keskar] got a loss of -5; expected one above -1",
            () => Sharpness.Keskar(Objective.Of((Tensor x) => Bowl(x) - 5, Diagonal), Tensor.Zeros([5]))
        );
        Refused(
            "[Sharpness.Keskar] got Infinity at position 0 of the loss;",
            () => Sharpness.Keskar(Objective.Of((Tensor x) => -Sum(Log(x)), Diagonal), Tensor.Zeros([5]))
        );
        Refused("[Sharpness.Keskar] got NaN at position 0 of the point;", () => Sharpness.Keskar(objective, Tensor.Full(double.NaN, [5])));
        Refused("[KeskarOptions] got an epsilon of 0;", () => new KeskarOptions { Epsilon = 0 });
        Refused("[KeskarOptions] got a number of dimensions of 0;", () => new KeskarOptions { Dimensions = 0 });
        Refused("[KeskarOptions] got a number of starts of 0;", () => new KeskarOptions { Starts = 0 });
        Refused("[KeskarOptions] got a tolerance -1;", () => new KeskarOptions { Tolerance = -1 });
        Refused("[AscentOptions] got a tolerance -1;", () => new AscentOptions { Tolerance = -1 });
        Assert.Throws<ArgumentNullException>(() => Sharpness.Keskar<Tensor>(null!, Diagonal));
        Assert.Throws<ArgumentNullException>(() => Sharpness.Ascent(objective, null!, 1));
    }

    private static void Refused(string message, Func<object> make) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(make).Message, StringComparison.Ordinal);
}
