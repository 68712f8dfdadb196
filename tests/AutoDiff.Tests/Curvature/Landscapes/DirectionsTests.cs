using AutoDiff.Curvature;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Curvature;

public partial class DirectionsTests
{
    [TensorTree]
    private sealed partial record Net(Tensor Matrix, Tensor Bias, Tensor Kernel, Tensor Scale);

    [TensorTree]
    private sealed partial record Layers(Tensor First, Tensor Second);

    private static readonly Net Point = Transforms.Evaluate(
        new Net(
            Concatenate([Key.Of(1).Normal([3, 3]), Tensor.Zeros([3, 1])], 1),
            Tensor.Of([0.5, -2, 0, 3]),
            Key.Of(2).Normal([2, 3, 2, 2], 0, 5),
            -4
        )
    );

    [Fact]
    public void Filters_have_the_points_norms()
    {
        var d = Directions.FilterNormalized(Point, Key.Of(7));
        var (matrix, there) = (Norms(d.Matrix, 0), Norms(Point.Matrix, 0)); // columns
        ReferenceData.AssertClose(there, matrix, 1e-14, "columns");
        Assert.Equal(0, matrix[3]);
        ReferenceData.AssertClose(Norms(Point.Kernel, 1, 2, 3), Norms(d.Kernel, 1, 2, 3), 1e-13, "kernels");
        Assert.Equal(new double[4], d.Bias.ToArray());
        Assert.Equal(0, d.Scale.Item());
        Assert.NotEqual(Norms(Point.Matrix, 1)[0], Norms(d.Matrix, 1)[0], 1e-3); // rows are no filters
    }

    [Fact]
    public void Biases_move_by_their_size_where_asked()
    {
        var d = Directions.FilterNormalized(Point, Key.Of(7), biases: true);
        ReferenceData.AssertClose([0.5, 2, 0, 3], d.Bias.ToArray().Select(Math.Abs).ToArray(), 1e-15, "biases");
        Assert.Equal(4, Math.Abs(d.Scale.Item()), 1e-15);
        var signs = Enumerable
            .Range(0, 30)
            .Select(seed => Math.Sign(Directions.FilterNormalized(Point, Key.Of((ulong)seed), biases: true).Scale.Item()));
        Assert.Equal(2, signs.Distinct().Count());
    }

    [Fact]
    public void A_rescaled_rectifier_net_looks_the_same()
    {
        var (x, y) = (Key.Of(3).Normal([20, 3]), Key.Of(4).Normal([20, 2]));
        Tensor Loss(Layers w) => Mean(Square(MatMul(Relu(MatMul(x, w.First)), w.Second) - y));
        var w = Transforms.Evaluate(new Layers(Key.Of(5).Normal([3, 4]), Key.Of(6).Normal([4, 2])));
        var scaled = Transforms.Evaluate(new Layers(8 * w.First, w.Second / 8));
        var objective = Objective.Of(Loss, w);
        double[] steps = [-1, -0.3, 0, 0.2, 1];
        var plain = Landscape.Line(objective, w, Directions.FilterNormalized(w, Key.Of(1)), steps);
        var other = Landscape.Line(objective, scaled, Directions.FilterNormalized(scaled, Key.Of(1)), steps);
        ReferenceData.AssertClose([.. plain.Losses], [.. other.Losses], 1e-12, "losses");
        Assert.True(plain.Losses.Max() > 1.5 * plain.Losses[2]);
    }

    [Fact]
    public void Eigenvectors_are_those_of_the_Hessian()
    {
        var diagonal = Tensor.Of([4.0, -1, 2, 7, 0.5]);
        var objective = Objective.Of((Tensor x) => 0.5 * Sum(diagonal * Square(x)), diagonal);
        var pairs = Directions.Eigenvectors(objective, Tensor.Zeros([5]), 1, 2);
        Assert.Equal(3, pairs.Length);
        foreach (var (pair, (value, place)) in pairs.Zip([(-1.0, 1), (4.0, 0), (7.0, 3)]))
        {
            Assert.Equal(value, pair.Value, 1e-7);
            Assert.Equal(1, Math.Abs(pair.Vector.ToArray()[place]), 1e-7);
            Assert.InRange(Math.Abs(pair.Value - value), 0, pair.ErrorBound);
            // Along it the loss is a parabola of that curvature.
            var line = Landscape.Line(objective, Tensor.Zeros([5]), pair.Vector, [2]);
            Assert.Equal(2 * value, line.Losses[0], 1e-6);
        }
        Assert.Single(Directions.Eigenvectors(objective, Tensor.Zeros([5]), 0, 1));
        Refused(
            "[Directions.Eigenvectors] got 0 smallest and 0 largest pairs; expected together 1 to 5",
            () => Directions.Eigenvectors(objective, diagonal, 0, 0)
        );
        Refused("[Directions.Eigenvectors] got 3 smallest and 3 largest", () => Directions.Eigenvectors(objective, diagonal, 3, 3));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e-150)]
    [InlineData(1e150)]
    public void A_trajectory_in_a_plane_is_explained_by_two_directions(double unit)
    {
        // An ellipse of half-axes 3 and 1 in the plane of two orthonormal vectors.
        var (a, b) = (new double[6], new double[6]);
        (a[1], a[4], b[0], b[5]) = (0.6, 0.8, -0.28, 0.96);
        Layers At(int i)
        {
            var (c, s) = (3 * Math.Cos(i * Math.PI / 10), Math.Sin(i * Math.PI / 10));
            var x = a.Zip(b, (u, v) => unit * (1 + (c * u) + (s * v))).ToArray();
            return new(Tensor.Of(x.AsSpan(0, 4), 2, 2), Tensor.Of(x.AsSpan(4)));
        }
        Layers[] points = [.. Enumerable.Range(0, 20).Select(At)];
        var plane = Trajectory.Principal(points, 2, new() { Threads = 2 });
        ReferenceData.AssertClose([0.9, 0.1], [.. plane.Explained], 1e-12, "shares");
        ReferenceData.AssertClose(a, Flat(plane.Directions[0]), 1e-12, "first");
        ReferenceData.AssertClose(b, Flat(plane.Directions[1]), 1e-12, "second");
        Assert.Equal(new double[2], plane.Coordinates[^2..]);
        var last = Flat(points[^1]);
        for (var i = 0; i < 20; i++)
        {
            var back = last.Select((value, j) => value + (plane.Coordinates[2 * i] * a[j]) + (plane.Coordinates[(2 * i) + 1] * b[j]));
            ReferenceData.AssertClose(
                [.. Flat(points[i]).Select(value => value / unit)],
                [.. back.Select(value => value / unit)],
                1e-12,
                "point"
            );
        }
        Refused(
            "[Trajectory.Principal] got points that span 2 dimensions; expected at least the 3 asked for",
            () => Trajectory.Principal(points, 3)
        );
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Refused("[Trajectory.Principal] got 1 points;", () => Trajectory.Principal([Point], 1));
        Refused("[Trajectory.Principal] got points that span 0 dimensions;", () => Trajectory.Principal([Point, Point, Point], 1));
        Refused("[Trajectory.Principal] got a number of directions of 0;", () => Trajectory.Principal([Point, Point], 0));
        Refused("[Trajectory.Principal] leaf", () => Trajectory.Principal([Tensor.Of([1.0]), Tensor.Of([1.0, 2])], 1));
        Refused("[Trajectory.Principal] got NaN", () => Trajectory.Principal([Tensor.Of([1.0]), Tensor.Of([double.NaN])], 1));
        Refused("[Directions.FilterNormalized] got NaN", () => Directions.FilterNormalized(Tensor.Full(double.NaN, [2, 2]), Key.Of(1)));
        Assert.Throws<ArgumentNullException>(() => Directions.FilterNormalized(Point, null!));
        Assert.Throws<ArgumentNullException>(() => Trajectory.Principal<Net>(null!, 1));
    }

    private static double[] Norms(Tensor x, params int[] axes) => Sqrt(Sum(Square(x), axes)).ToArray();

    private static double[] Flat(Layers w) => [.. w.First.ToArray(), .. w.Second.ToArray()];

    private static void Refused(string message, Func<object> make) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(make).Message, StringComparison.Ordinal);
}
