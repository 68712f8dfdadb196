using AutoDiff.Curvature;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Curvature;

public class PlateauTests
{
    [Fact]
    public void A_training_that_came_to_the_saddle_of_two_weights_is_told_so()
    {
        var objective = Objective.Of(Surfaces.TwoWeights, Tensor.Zeros([2]));
        // From the line w₁ = −w₂ descent leads to the origin.
        var report = PlateauDetector.Examine(objective, Descent(objective, [0.5, -0.5], 0.05, 200));
        Assert.Equal(
            (PlateauVerdict.Saddle, true, true, true, true),
            (report.Verdict, report.Suspected, report.LossIsFlat, report.GradientIsSmall, report.Hovers)
        );
        Assert.Equal((CriticalPointKind.Saddle, 1), (report.Critical!.Kind, report.Critical.Index));
        Assert.Equal(-2, report.Smallest, 1e-9);
        Assert.Equal(2, report.Largest, 1e-9);
        Assert.InRange(report.Distance, 0, 1e-6);
        Assert.InRange(report.Signs.GradientShare, 0, 1e-6);
        Assert.Equal(0, report.Products % 2); // whole Hessians
        Assert.Equal(1, Saddle.Escape(objective, report.Critical).Decrease, 1e-6); // and there is a way on
    }

    [Fact]
    public void At_a_minimum_it_has_arrived()
    {
        var objective = Objective.Of(Surfaces.Himmelblau, Tensor.Zeros([2]));
        var report = PlateauDetector.Examine(objective, Descent(objective, [3.5, 2.5], 0.01, 300));
        Assert.Equal((PlateauVerdict.Minimum, true), (report.Verdict, report.Suspected));
        ReferenceData.AssertClose([3, 2], report.Critical!.Point.ToArray(), 1e-9, "minimum");
        Assert.Equal(report.Critical.Lowest.Value, report.Smallest);
    }

    [Fact]
    public void On_a_line_of_minima_the_curvature_does_not_tell()
    {
        var objective = Objective.Of(Surfaces.TwoWeights, Tensor.Zeros([2]));
        var report = PlateauDetector.Examine(objective, Descent(objective, [2, 0.7], 0.05, 300));
        Assert.Equal((PlateauVerdict.Flat, 0, 1), (report.Verdict, report.Critical!.Index, report.Critical.Nullity));
    }

    [Fact]
    public void In_a_valley_that_still_goes_down_there_is_no_plateau()
    {
        Tensor Rosenbrock(Tensor p) => Square(1 - Take(p, 0, 0)) + (100 * Square(Take(p, 0, 1) - Square(Take(p, 0, 0))));
        var objective = Objective.Of(Rosenbrock, Tensor.Zeros([2]));
        var moving = PlateauDetector.Examine(objective, Descent(objective, [-1.2, 1], 1e-3, 300));
        Assert.Equal((PlateauVerdict.NoPlateau, true, false), (moving.Verdict, moving.GradientIsSmall, moving.Hovers));
        Assert.Equal((0, double.NaN), (moving.Products, moving.Smallest));
        Assert.Null(moving.Critical);
        Assert.Equal(1, moving.Signs.Turning, 1e-2);
        // At a tenth of the rate all signs of a plateau are there; the Hessian finds no critical point.
        var slow = PlateauDetector.Examine(objective, Descent(objective, [-1.2, 1], 1e-4, 300));
        Assert.Equal((PlateauVerdict.Undecided, true), (slow.Verdict, slow.Suspected));
        Assert.Null(slow.Critical);
        Assert.True(slow.Products > 0 && double.IsFinite(slow.Smallest));
    }

    [Fact]
    public void Saturated_units_make_no_critical_point()
    {
        // A sigmoid unit at 12 and more for all examples, half of whose targets are 0.
        var x = Tensor.Of([1.0, 1.2, 1.5, 2]);
        var y = Tensor.Of([0.0, 1, 0, 1]);
        Tensor Loss(Tensor w) => Mean(Square(Sigmoid((x * Take(w, 0, 0)) + Take(w, 0, 1)) - y));
        var objective = Objective.Of(Loss, Tensor.Zeros([2]));
        var report = PlateauDetector.Examine(objective, Descent(objective, [8, 4], 0.5, 100));
        Assert.Equal((PlateauVerdict.Undecided, true), (report.Verdict, report.Suspected));
        Assert.InRange(report.Signs.Elasticity, 1e-12, 1e-3);
        Assert.InRange(Math.Abs(report.Largest), 0, 1e-3);
    }

    [Fact]
    public void At_the_edge_of_stability_it_oscillates()
    {
        // Curvature 1 at the bottom of √(1 + x²), less beside it: a rate of 2.5 settles on ±x with x·2 = 2.5·x/√(1 + x²).
        Tensor Loss(Tensor p) => Sqrt(1 + Square(Take(p, 0, 0))) + (1e-3 * Square(Take(p, 0, 1)));
        var objective = Objective.Of(Loss, Tensor.Zeros([2]));
        var report = PlateauDetector.Examine(objective, Descent(objective, [0.1, 0.5], 2.5, 200));
        Assert.Equal(PlateauVerdict.Oscillation, report.Verdict);
        Assert.Equal(-1, report.Signs.Turning, 1e-3);
        Assert.Equal(1, report.Signs.StepRatio, 1e-3);
        Assert.Equal(Math.Pow(1.25, -3), report.AlongStep, 1e-3); // (1 + x²)^(−3/2) at 0.75
        Assert.Equal(report.Largest, report.AlongStep, 1e-3);
        // Below the edge steps turn back too, but shrink: that is convergence.
        var calm = PlateauDetector.Examine(objective, Descent(objective, [0.1, 0], 1.9, 400));
        Assert.Equal((PlateauVerdict.Minimum, true), (calm.Verdict, calm.Signs.Turning < -0.99));
    }

    [Theory]
    [InlineData(-0.5, PlateauVerdict.Saddle)]
    [InlineData(0, PlateauVerdict.Flat)]
    [InlineData(0.5, PlateauVerdict.Minimum)]
    public void Many_parameters_are_judged_by_the_ends_of_the_spectrum(double least, PlateauVerdict verdict)
    {
        var curvature = Tensor.Of([least, .. Enumerable.Range(1, 29).Select(i => 1 + (i / 10.0))]);
        var objective = Objective.Of((Tensor x) => 1 + (0.5 * Sum(curvature * Square(x))), Tensor.Zeros([30]));
        double[] start = [0, .. Enumerable.Repeat(1.0, 29)];
        var report = PlateauDetector.Examine(objective, Descent(objective, start, 0.2, 100), new() { MostDense = 29 });
        Assert.Equal(verdict, report.Verdict);
        Assert.Null(report.Critical);
        Assert.Equal(least, report.Smallest, 1e-8);
        Assert.Equal(3.9, report.Largest, 1e-7);
    }

    [Theory]
    [InlineData(1e-150)]
    [InlineData(1e150)]
    public void The_loss_has_any_unit(double unit)
    {
        var objective = Objective.Of((Tensor w) => unit * Surfaces.TwoWeights(w), Tensor.Zeros([2]));
        var report = PlateauDetector.Examine(objective, Descent(objective, [0.5, -0.5], 0.05 / unit, 200));
        Assert.Equal(PlateauVerdict.Saddle, report.Verdict);
    }

    [Fact]
    public void The_signs_are_what_they_say()
    {
        // Losses 8, 8, 4, 4, 2, 3, 1, 2 with steps 1, −1, 1, 1 in the window of five.
        double[] losses = [8, 8, 4, 4, 2, 3, 1, 2];
        double[] norms = [10, 10, 9, 3, 1, 2, 5, 4];
        double[] at = [0, 0, 0, 10, 11, 10, 11, 12];
        var history = losses.Select((loss, i) => new TrainingPoint<Tensor>(loss, norms[i], Tensor.Of([at[i]]))).ToArray();
        var objective = Objective.Of((Tensor x) => Sum(x), Tensor.Zeros([1]));
        var signs = PlateauDetector.Examine(objective, history, new() { Window = 5 }).Signs;
        Assert.Equal(5, signs.Window);
        Assert.Equal((3 - 2) / 8.0, signs.LossTrend, 1e-15); // (4 + 2)/2 against (3 + 1 + 2)/3
        Assert.Equal(3 / 8.0, signs.LossSpread, 1e-15);
        Assert.Equal(0.3, signs.GradientShare, 1e-15); // the median of 3, 1, 2, 5, 4
        Assert.Equal(3.0 * 12 / 8, signs.Elasticity, 1e-15);
        Assert.Equal(2 / 12.0, signs.Drift, 1e-15);
        Assert.Equal(2, signs.Wandering, 1e-15);
        Assert.Equal(-1 / 3.0, signs.Turning, 1e-15);
        Assert.Equal(1, signs.StepRatio, 1e-15);
    }

    [Fact]
    public void Histories_that_do_not_move_or_are_not_finite()
    {
        var objective = Objective.Of(Surfaces.TwoWeights, Tensor.Zeros([2]));
        TrainingPoint<Tensor>[] still = [.. Enumerable.Repeat(new TrainingPoint<Tensor>(1, 0, Tensor.Zeros([2])), 6)];
        var report = PlateauDetector.Examine(objective, still);
        Assert.Equal((PlateauVerdict.Saddle, double.NaN, double.NaN), (report.Verdict, report.Signs.Wandering, report.Signs.Turning));
        var diverged = PlateauDetector.Examine(objective, [.. still, new(double.NaN, double.NaN, Tensor.Full(double.NaN, [2]))]);
        Assert.Equal((PlateauVerdict.NoPlateau, false), (diverged.Verdict, diverged.Suspected));
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        var objective = Objective.Of(Surfaces.TwoWeights, Tensor.Zeros([2]));
        var history = Descent(objective, [0.5, -0.5], 0.05, 200);
        Refused("[PlateauDetector.Examine] got 3 records;", () => PlateauDetector.Examine(objective, [.. history.Take(3)]));
        Refused(
            "[PlateauDetector.Examine] leaf",
            () => PlateauDetector.Examine(objective, [.. history.Take(4), new(0, 0, Tensor.Zeros([3]))])
        );
        Refused("[PlateauOptions] got a window of 3 records;", () => new PlateauOptions { Window = 3 });
        Refused("[PlateauOptions] got a loss tolerance -1;", () => new PlateauOptions { LossTolerance = -1 });
        Refused("[PlateauOptions] got a gradient tolerance NaN;", () => new PlateauOptions { GradientTolerance = double.NaN });
        Refused("[PlateauOptions] got a drift tolerance -1;", () => new PlateauOptions { DriftTolerance = -1 });
        Refused("[PlateauOptions] got a reach -1;", () => new PlateauOptions { Reach = -1 });
        Refused("[PlateauOptions] got a number of parameters -1;", () => new PlateauOptions { MostDense = -1 });
        Assert.Throws<ArgumentNullException>(() => PlateauDetector.Examine<Tensor>(null!, history));
        Assert.Throws<ArgumentNullException>(() => PlateauDetector.Examine(objective, null!));
        Assert.ThrowsAny<OperationCanceledException>(() =>
            PlateauDetector.Examine(objective, history, new() { Cancellation = new(canceled: true) })
        );
    }

    private static TrainingPoint<Tensor>[] Descent(Objective<Tensor> objective, double[] start, double rate, int steps)
    {
        var (x, gradient) = ((double[])start.Clone(), new double[start.Length]);
        var history = new TrainingPoint<Tensor>[steps];
        for (var step = 0; step < steps; step++)
        {
            var loss = objective.ValueAndGradient(x, gradient);
            history[step] = new(loss, Norm(gradient), Tensor.Of(x));
            for (var i = 0; i < x.Length; i++)
                x[i] -= rate * gradient[i];
        }
        return history;
    }

    private static double Norm(double[] x)
    {
        var largest = x.Max(Math.Abs);
        return largest == 0 ? 0 : largest * Math.Sqrt(x.Sum(value => value / largest * (value / largest)));
    }

    private static void Refused(string message, Func<object> make) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(make).Message, StringComparison.Ordinal);
}
