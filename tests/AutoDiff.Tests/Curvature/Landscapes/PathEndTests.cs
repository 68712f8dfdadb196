using AutoDiff.Curvature;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Curvature;

/// <summary>What a path says of input that is none, of limits and of scales.</summary>
public class PathEndTests
{
    private static readonly Tensor Left = Tensor.Of([-1.0]);
    private static readonly Tensor Right = Tensor.Of([1.0]);

    private static Tensor DoubleWell(Tensor x) => Square(Sum(Square(x)) - 1);

    [Theory]
    [InlineData(1e-150)]
    [InlineData(1)]
    [InlineData(1e150)]
    public void The_loss_has_any_unit(double unit)
    {
        // One parameter, whose pass is a maximum.
        var objective = Objective.Of((Tensor x) => unit * (DoubleWell(x) + (0.5 * Sum(x))), Left);
        foreach (var band in new[] { false, true })
        {
            var path = Connect(band, objective, Tensor.Of([-1.057454]), Tensor.Of([0.930403]));
            Assert.Equal((Outcome.Converged, Passage.Saddle, 1), (path.Outcome, path.Passage, path.Saddle!.Index));
            Assert.Equal(0.12705084, path.Saddle.Point.ToArray()[0], 1e-8);
            Assert.Equal(path.Saddle.Loss - path.Losses[0], path.BarrierFromFirst);
            Assert.Equal(1.03150215, path.Peak / unit, 1e-8);
        }
    }

    [Theory]
    [InlineData(1e-100)]
    [InlineData(1e100)]
    public void Parameters_have_any_unit(double unit)
    {
        var objective = Objective.Of((Tensor p) => Surfaces.Himmelblau(p / unit), Tensor.Zeros([2]));
        foreach (var band in new[] { false, true })
        {
            var path = Connect(band, objective, unit * Tensor.Of([3.0, 2]), unit * Tensor.Of([3.584428, -1.848126]));
            Assert.Equal(Outcome.Converged, path.Outcome);
            Assert.Equal(13.311926, path.Losses.Max(), 0.2);
            Assert.Equal(3.3851 * unit, path.Images[10].ToArray()[0], 0.1 * unit);
        }
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        var objective = Objective.Of(Surfaces.MuellerBrown, Tensor.Zeros([2]));
        foreach (var band in new[] { false, true })
        {
            var paths = new[] { 1, 2, 5 }
                .Select(threads =>
                    Connect(band, objective, Tensor.Of([-0.5582, 1.4417]), Tensor.Of([0.6235, 0.0280]), new() { Threads = threads })
                )
                .ToArray();
            foreach (var path in paths)
            {
                Assert.Equal(paths[0].Losses, path.Losses);
                Assert.Equal(paths[0].Saddle!.Point.ToArray(), path.Saddle!.Point.ToArray());
                Assert.Equal(
                    (paths[0].Iterations, paths[0].Products, paths[0].Evaluations, paths[0].Measure),
                    (path.Iterations, path.Products, path.Evaluations, path.Measure)
                );
            }
        }
    }

    [Fact]
    public void Limits_end_it_where_it_is()
    {
        var objective = Objective.Of(Surfaces.MuellerBrown, Tensor.Zeros([2]));
        var (a, b) = (Tensor.Of([-0.5582, 1.4417]), Tensor.Of([-0.05, 0.4667]));
        var unmoved = ElasticBand.Connect(objective, a, b, new() { MaxIterations = 0, MaxProducts = 0 });
        Assert.Equal((Outcome.MaxIterations, 0, 0, 21), (unmoved.Outcome, unmoved.Iterations, unmoved.Products, unmoved.Evaluations));
        Assert.Equal((Passage.Undecided, unmoved.Losses.Max()), (unmoved.Passage, unmoved.Peak));
        Assert.Null(unmoved.Saddle);
        var few = ElasticBand.Connect(objective, a, b, new() { MaxProducts = 5 });
        Assert.Equal((Outcome.MaxIterations, 5), (few.Outcome, few.Products)); // one a climbing move
        var some = StringMethod.Connect(objective, a, b, new() { MaxIterations = 3, Images = 5 });
        Assert.Equal((Outcome.MaxIterations, 3, 5), (some.Outcome, some.Iterations, some.Images.Length));
        Assert.Equal(0, some.Products % 2); // whole Hessians of the refinement alone
    }

    [Fact]
    public void A_cancelled_path_hands_over_its_images()
    {
        var objective = Objective.Of(Surfaces.MuellerBrown, Tensor.Zeros([2]));
        var (a, b) = (Tensor.Of([-0.5582, 1.4417]), Tensor.Of([0.6235, 0.0280]));
        foreach (var band in new[] { false, true })
        {
            for (var at = 0; at < 12; at += 4)
            {
                using var source = new CancellationTokenSource();
                var options = new PathOptions { Progress = new Cancelling(source, at), Cancellation = source.Token };
                var stopped = Assert
                    .Throws<IterationCanceledException<MinimumPath<Tensor>>>(() => Connect(band, objective, a, b, options))
                    .Solution;
                var limited = Connect(band, objective, a, b, new() { MaxIterations = at });
                Assert.Equal((Outcome.Cancelled, at, Passage.Undecided), (stopped.Outcome, stopped.Iterations, stopped.Passage));
                Assert.Equal(limited.Losses, stopped.Losses);
            }
        }
        Assert.ThrowsAny<OperationCanceledException>(() =>
            StringMethod.Connect(objective, a, b, new() { Cancellation = new(canceled: true) })
        );
    }

    [Fact]
    public void Losses_that_are_not_finite_are_an_outcome()
    {
        var pole = Connect(true, Objective.Of((Tensor x) => Sum(Log(Abs(x))), Left), Left, Right, new() { Images = 5 });
        Assert.Equal((Outcome.NotFinite, Passage.Undecided), (pole.Outcome, pole.Passage));
        // A wall of +∞ beside the way is not stepped into.
        var wall = StringMethod.Connect(
            Objective.Of((Tensor p) => DoubleWell(Take(p, 0, 0)) + (Take(p, 0, 1) * Log(Take(p, 0, 1))), Tensor.Zeros([2])),
            Tensor.Of([-1.0, 0.5]),
            Tensor.Of([1.0, 0.9])
        );
        Assert.Equal((Outcome.Converged, Passage.Saddle), (wall.Outcome, wall.Passage));
        Assert.Equal(1 - (1 / Math.E), wall.Peak, 1e-12);
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        var objective = Objective.Of(DoubleWell, Left);
        Refused("[StringMethod.Connect] got points that are all the same;", () => StringMethod.Connect(objective, Left, Left));
        Refused(
            "[ElasticBand.Connect] got NaN at position 0 of a point of the path;",
            () => ElasticBand.Connect(objective, Left, Tensor.Of([double.NaN]))
        );
        Refused("[ElasticBand.Connect] leaf", () => ElasticBand.Connect(objective, Left, Tensor.Of([1.0, 2])));
        Refused("[PathOptions] got 2 images;", () => new PathOptions { Images = 2 });
        Refused("[PathOptions] got a spring of 0;", () => new PathOptions { Spring = 0 });
        Refused("[PathOptions] got a spring of 1.5;", () => new PathOptions { Spring = 1.5 });
        Refused("[PathOptions] got a first step of 0.6;", () => new PathOptions { FirstStep = 0.6 });
        Refused("[PathOptions] got a first step of NaN;", () => new PathOptions { FirstStep = double.NaN });
        Refused("[PathOptions] got a tolerance -1;", () => new PathOptions { Tolerance = -1 });
        Refused(
            "[StringMethod.Connect] got a point without elements;",
            () => StringMethod.Connect(Objective.Of((Tensor x) => Sum(x), Tensor.Zeros([0])), Tensor.Zeros([0]), Tensor.Zeros([0]))
        );
        Assert.Throws<ArgumentNullException>(() => StringMethod.Connect<Tensor>(null!, Left, Right));
        Assert.Throws<ArgumentNullException>(() => ElasticBand.Connect(objective, null!, Right));
    }

    private static MinimumPath<Tensor> Connect(
        bool band,
        Objective<Tensor> objective,
        Tensor from,
        Tensor to,
        PathOptions? options = null
    ) => band ? ElasticBand.Connect(objective, from, to, options) : StringMethod.Connect(objective, from, to, options);

    private static void Refused(string message, Func<object> make) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(make).Message, StringComparison.Ordinal);
}
