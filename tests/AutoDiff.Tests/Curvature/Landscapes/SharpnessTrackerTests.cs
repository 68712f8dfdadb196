using AutoDiff.Curvature;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Curvature;

public class SharpnessTrackerTests
{
    private static readonly Tensor Diagonal = Tensor.Of([3.0, -1, 8, 2]);

    [Fact]
    public void Each_record_is_the_point_and_the_way_to_it()
    {
        // Third derivatives make the Hessian diag(d) + 6x.
        Tensor Loss(Tensor x) => Sum((0.5 * Diagonal * Square(x)) + (x * Square(x)));
        var objective = Objective.Of(Loss, Diagonal);
        double[][] points =
        [
            [0, 0, 0, 0],
            [1, 0, 0, 0],
            [1, 2, 0, 0],
        ];
        var at = SharpnessTracker.Start(objective, Tensor.Of(points[0]), 2);
        Assert.Equal((0, 0, 0, double.NaN, double.NaN), (at.Step, at.Loss, at.GradientNorm, at.AlongGradient, at.AlongStep));
        Close([3, 8], at.Pairs.Eigenvalues);
        Assert.Equal(at.Pairs.Products, at.Products);
        at = SharpnessTracker.Next(objective, at, Tensor.Of(points[1]));
        Close([8, 9], at.Pairs.Eigenvalues);
        Assert.Equal(
            (1, 2.5, 6, 9, 9),
            (at.Step, at.Loss, at.GradientNorm, Math.Round(at.AlongGradient, 12), Math.Round(at.AlongStep, 12))
        );
        Assert.Equal(at.Pairs.Products + 2, at.Products);
        at = SharpnessTracker.Next(objective, at, Tensor.Of(points[2]));
        Close([9, 11], at.Pairs.Eigenvalues);
        Assert.Equal(11, at.Largest, 1e-8);
        Assert.Equal(11, at.AlongStep, 1e-12); // the step is the second coordinate's
        Assert.Equal(((36 * 9) + (100 * 11)) / 136.0, at.AlongGradient, 1e-12);
        Assert.Equal(Math.Sqrt(136), at.GradientNorm, 1e-12);
        Assert.Equal(double.NaN, SharpnessTracker.Next(objective, at, at.Point).AlongStep);
    }

    [Fact]
    public void A_point_near_the_last_takes_fewer_products()
    {
        var x = Key.Of(1).Normal([50, 8]);
        Tensor Loss(Tensor w) => Mean(Square(Tanh(MatMul(Tanh(MatMul(x, Reshape(w[..64], 8, 8))), w[64..])) - 0.5));
        var objective = Objective.Of(Loss, Tensor.Zeros([72]));
        var (here, way) = (Key.Of(2).Normal([72]), Key.Of(3).Normal([72]));
        EigenOptions options = new() { Tolerance = 1e-5, ExcludeMissed = false };
        var first = SharpnessTracker.Start(objective, here, 2, options);
        var (warm, cold) = (0, 0);
        for (var i = 1; i <= 5; i++)
        {
            var point = here + (i * 1e-4 * way);
            var fresh = SharpnessTracker.Start(objective, point, 2, options);
            first = SharpnessTracker.Next(objective, first, point, options);
            (warm, cold) = (warm + first.Pairs.Products, cold + fresh.Pairs.Products);
            ReferenceData.AssertClose([.. fresh.Pairs.Eigenvalues], [.. first.Pairs.Eigenvalues], 1e-5, "eigenvalues");
        }
        Assert.True(warm < 0.7 * cold);
        Assert.Equal((5, 2), (first.Step, first.Count));
        var stopped = SharpnessTracker.Next(objective, first, here, options with { MaxProducts = 0 });
        Assert.Equal((double.NaN, 2), (stopped.Largest, stopped.Count));
        Assert.Equal(2, SharpnessTracker.Next(objective, stopped, here, options).Pairs.Value.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e-150)]
    [InlineData(1e150)]
    public void Along_a_direction_the_curvature_is_the_quotient(double unit)
    {
        var objective = Objective.Of((Tensor x) => 0.5 * Sum(Diagonal * Square(x)), Diagonal);
        var direction = unit * Tensor.Of([1.0, 2, 0, -1]);
        Assert.Equal((3 - 4 + 2) / 6.0, DirectionalCurvature.Along(objective, Tensor.Zeros([4]), direction), 1e-14);
        // The gradient at (1, 2, 0, −1) is (3, −2, 0, −2).
        Assert.Equal((27 - 4 + 8) / 17.0, DirectionalCurvature.AlongGradient(objective, direction), 1e-14);
        Assert.Equal(double.NaN, DirectionalCurvature.AlongGradient(objective, Tensor.Zeros([4])));
    }

    public static TheoryData<string, double, double> Methods =>
        new()
        {
            { "descent", 0.1, 0 },
            { "heavy ball", 0.1, 0.9 },
            { "heavy ball", 0.003, 0.5 },
            { "Nesterov", 0.1, 0.9 },
            { "Nesterov", 0.003, 0.5 },
            { "heavy ball", 0.1, 0 },
            { "Nesterov", 0.1, 0 },
        };

    [Theory]
    [MemberData(nameof(Methods))]
    public void Quadratics_come_down_just_below_the_threshold_and_up_just_above(string method, double rate, double momentum)
    {
        var threshold = method switch
        {
            "descent" => StabilityThreshold.GradientDescent(rate),
            "heavy ball" => StabilityThreshold.HeavyBall(rate, momentum),
            _ => StabilityThreshold.Nesterov(rate, momentum),
        };
        Assert.InRange(Size(0.99 * threshold), 0, 1e-3);
        Assert.InRange(Size(1.01 * threshold), 1e3, double.PositiveInfinity);

        double Size(double sharpness)
        {
            var (x, v) = (1.0, 0.0);
            for (var i = 0; i < 20_000 && Math.Abs(x) < 1e6; i++)
            {
                var at = method == "Nesterov" ? x + (momentum * v) : x;
                v = (momentum * v) - (rate * sharpness * at);
                x += v;
            }
            return Math.Max(Math.Abs(x), Math.Abs(v));
        }
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        var objective = Objective.Of((Tensor x) => 0.5 * Sum(Diagonal * Square(x)), Diagonal);
        Refused("[StabilityThreshold.GradientDescent] got a rate of 0;", () => StabilityThreshold.GradientDescent(0));
        Refused("[StabilityThreshold.HeavyBall] got a momentum 1;", () => StabilityThreshold.HeavyBall(0.1, 1));
        Refused("[StabilityThreshold.Nesterov] got a rate of ", () => StabilityThreshold.Nesterov(double.PositiveInfinity, 0.5));
        Refused(
            "[DirectionalCurvature.Along] got a direction of zeros;",
            () => DirectionalCurvature.Along(objective, Diagonal, Tensor.Zeros([4]))
        );
        Refused(
            "[DirectionalCurvature.AlongGradient] got NaN",
            () => DirectionalCurvature.AlongGradient(objective, Tensor.Full(double.NaN, [4]))
        );
        Refused("[SharpnessTracker.Start] got a count of 0; expected 1 to 4", () => SharpnessTracker.Start(objective, Diagonal, 0));
        Refused("[SharpnessTracker.Start] got a count of 5;", () => SharpnessTracker.Start(objective, Diagonal, 5));
        Refused(
            "[SharpnessTracker.Start] got NaN at position 0 of the point;",
            () => SharpnessTracker.Start(objective, Tensor.Full(double.NaN, [4]))
        );
        Assert.Throws<ArgumentNullException>(() => SharpnessTracker.Next(objective, null!, Diagonal));
        Assert.Throws<ArgumentNullException>(() => SharpnessTracker.Start(null!, Diagonal));
    }

    private static void Close(double[] expected, IEnumerable<double> values) =>
        ReferenceData.AssertClose(expected, [.. values], 1e-8, "eigenvalues");

    private static void Refused(string message, Func<object> make) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(make).Message, StringComparison.Ordinal);
}
