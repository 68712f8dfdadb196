using AutoDiff.Curvature;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Curvature;

public class LandscapeTests
{
    private static readonly Tensor Diagonal = Tensor.Of([1.0, -2, 3, 10, 0.5]);
    private static readonly Tensor At = Tensor.Of([0.3, -1, 2, 0.1, 0.7]);

    private static Tensor Quadratic(Tensor x) => 0.5 * Sum(Diagonal * Square(x));

    [Fact]
    public void On_a_line_a_quadratic_is_a_parabola()
    {
        var objective = Objective.Of(Quadratic, At);
        var direction = Tensor.Of([1.0, 1, 0, -1, 2]);
        var line = Landscape.Line(objective, At, direction, [-2, -0.5, 0, 1, 3]);
        // f = 7.1435 and slope 0.3 + 2 − 1 + 0.7, curvature 1 − 2 + 10 + 2.
        Assert.Equal(new[] { -2, -0.5, 0, 1, 3 }, line.Steps);
        for (var i = 0; i < 5; i++)
            Assert.Equal(
                objective.Value(At.ToArray()) + (line.Steps[i] * 2) + (5.5 * line.Steps[i] * line.Steps[i]),
                line.Losses[i],
                1e-12
            );
        Assert.Equal(0, line.NotFinite);
    }

    [Fact]
    public void Between_two_points_the_ends_are_theirs_to_the_bit()
    {
        var objective = Objective.Of(Surfaces.MuellerBrown, Tensor.Zeros([2]));
        var (a, b) = (Tensor.Of([-0.558223, 1.441726]), Tensor.Of([0.623499, 0.028038]));
        var line = Landscape.Between(objective, a, b, [0, 0.5, 1, 1.5]);
        Assert.Equal(objective.Value(a.ToArray()), line.Losses[0]);
        Assert.Equal(objective.Value(b.ToArray()), line.Losses[2]);
        Assert.Equal(objective.Value([(a[0].Item() + b[0].Item()) / 2, (a[1].Item() + b[1].Item()) / 2]), line.Losses[1], 1e-10);
    }

    [Fact]
    public void A_plane_is_a_grid_of_rows()
    {
        var objective = Objective.Of(Surfaces.Himmelblau, Tensor.Zeros([2]));
        double[] x = [-1, 0, 2];
        double[] y = [0, 0.5];
        foreach (var threads in new[] { 1, 3 })
        {
            var plane = Landscape.Plane(
                objective,
                Tensor.Of([1.0, 2]),
                Tensor.Of([1.0, 0]),
                Tensor.Of([0.0, -1]),
                x,
                y,
                new() { Threads = threads }
            );
            Assert.Equal(6, plane.Losses.Length);
            for (var row = 0; row < 2; row++)
            {
                for (var column = 0; column < 3; column++)
                    Assert.Equal(objective.Value([1 + x[column], 2 - y[row]]), plane[row, column]);
            }
        }
    }

    [Fact]
    public void Losses_that_are_not_finite_stay_and_are_counted()
    {
        var objective = Objective.Of((Tensor x) => Sum(Log(x)), Tensor.Zeros([1]));
        var line = Landscape.Line(objective, Tensor.Zeros([1]), Tensor.Of([1.0]), [-1, 0, 1]);
        Assert.Equal([double.NaN, double.NegativeInfinity, 0], line.Losses);
        Assert.Equal(2, line.NotFinite);
        var plane = Landscape.Plane(objective, Tensor.Zeros([1]), Tensor.Of([1.0]), Tensor.Of([1.0]), [-1, 2], [0, 1]);
        Assert.Equal([double.NaN, Math.Log(2), double.NegativeInfinity, objective.Value([3])], plane.Losses);
        Assert.Equal(2, plane.NotFinite);
        var sphere = Landscape.Sphere(objective, Tensor.Of([1.0]), [0.5, 2], new() { Directions = 40 });
        Assert.Equal(0, sphere[0].NotFinite);
        Assert.InRange(sphere[1].NotFinite, 5, 35);
        Assert.Equal((objective.Value([3]), objective.Value([3]), 0), (sphere[1].Min, sphere[1].Mean, sphere[1].StandardError));
        var nothing = Landscape.Sphere(objective, Tensor.Of([-9.0]), [1])[0];
        Assert.Equal((100, double.NaN, double.NaN, double.NaN), (nothing.NotFinite, nothing.Mean, nothing.Min, nothing.Quantiles[2]));
    }

    [Fact]
    public void On_a_sphere_the_mean_shows_the_trace()
    {
        var objective = Objective.Of(Quadratic, At);
        var sphere = Landscape.Sphere(objective, At, [0, 0.1, 2], new() { Directions = 4000, Quantiles = [0, 0.5, 1] });
        var loss = objective.Value(At.ToArray());
        Assert.Equal((loss, 0, loss, loss), (sphere[0].Mean, sphere[0].StandardError, sphere[0].Min, sphere[0].Max));
        foreach (var ring in sphere.Skip(1))
        {
            var mean = loss + (ring.Radius * ring.Radius * 12.5 / 10);
            Assert.InRange(Math.Abs(ring.Mean - mean) / ring.StandardError, 0, 4);
            Assert.Equal((ring.Min, ring.Max), (ring.Quantiles[0], ring.Quantiles[2]));
            Assert.InRange(ring.Quantiles[1], ring.Min, ring.Max);
        }
        // At the origin the variance over a sphere is r⁴/4·(2n·Σλ² − 2(Σλ)²)/(n²(n + 2)).
        var centre = Landscape.Sphere(objective, Tensor.Zeros([5]), [2], new() { Directions = 4000 })[0];
        var variance = 4 * ((10 * 114.25) - (2 * 12.5 * 12.5)) / (25 * 7);
        Assert.Equal(Math.Sqrt(variance / 4000), centre.StandardError, 0.1 * Math.Sqrt(variance / 4000));
        Assert.InRange(centre.Min, -4, -3);
        Assert.InRange(centre.Max, 19, 20);
    }

    [Fact]
    public void On_a_round_bowl_every_direction_is_the_same()
    {
        var objective = Objective.Of((Tensor x) => 3 * Sum(Square(x)), Tensor.Zeros([7]));
        foreach (var ring in Landscape.Sphere(objective, Tensor.Zeros([7]), [1, 1e-100, 1e100], new() { Directions = 9 }))
        {
            Assert.Equal(1, ring.Min / (3 * ring.Radius * ring.Radius), 1e-14);
            Assert.Equal(1, ring.Max / (3 * ring.Radius * ring.Radius), 1e-14);
        }
    }

    [Fact]
    public void Spheres_are_the_same_on_any_number_of_threads_and_follow_the_key()
    {
        var objective = Objective.Of(Surfaces.Himmelblau, Tensor.Zeros([2]));
        SphereLosses Ring(int threads, ulong seed) =>
            Landscape.Sphere(objective, Tensor.Of([3.0, 2]), [0.5], new() { Threads = threads, Key = Key.Of(seed) })[0];
        Assert.Equal((Ring(1, 1).Mean, Ring(1, 1).Max), (Ring(3, 1).Mean, Ring(3, 1).Max));
        Assert.NotEqual(Ring(1, 1).Mean, Ring(1, 2).Mean);
    }

    [Fact]
    public void Progress_is_told_and_cancellation_heard()
    {
        var objective = Objective.Of(Quadratic, At);
        using var source = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            Landscape.Line(
                objective,
                At,
                At,
                [.. Enumerable.Range(0, 100)],
                new()
                {
                    Progress = new Cancelling(source, 10),
                    Cancellation = source.Token,
                    Threads = 1,
                }
            )
        );
        Assert.ThrowsAny<OperationCanceledException>(() =>
            Landscape.Sphere(objective, At, [1], new() { Cancellation = new(canceled: true) })
        );
        Assert.ThrowsAny<OperationCanceledException>(() =>
            Landscape.Plane(objective, At, At, At, [1], [1], new() { Cancellation = new(canceled: true) })
        );
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        var objective = Objective.Of(Quadratic, At);
        Refused("[Landscape.Line] got a direction of zeros;", () => Landscape.Line(objective, At, Tensor.Zeros([5]), [0]));
        Refused("[Landscape.Line] got no steps;", () => Landscape.Line(objective, At, At, []));
        Refused("[Landscape.Line] got NaN at position 1 of the steps;", () => Landscape.Line(objective, At, At, [0, double.NaN]));
        Refused(
            "[Landscape.Between] got Infinity at position 0 of a point;",
            () => Landscape.Between(objective, At * double.PositiveInfinity, At, [0])
        );
        Refused("[Landscape.Plane] leaf", () => Landscape.Plane(objective, At, At, Tensor.Of([1.0]), [0], [0]));
        Refused("[Landscape.Sphere] got a radius -1;", () => Landscape.Sphere(objective, At, [-1]));
        Refused("[SphereOptions] got a number of directions of 0;", () => new SphereOptions { Directions = 0 });
        Refused("[SphereOptions] got a quantile of 1.5;", () => new SphereOptions { Quantiles = [1.5] });
        Refused("[SphereOptions] got no quantiles;", () => new SphereOptions { Quantiles = default });
        Assert.Throws<ArgumentNullException>(() => Landscape.Line<Tensor>(null!, At, At, [0]));
        Assert.Throws<ArgumentNullException>(() => Landscape.Plane(objective, At, At, At, [0], null!));
    }

    private static void Refused(string message, Func<object> make) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(make).Message, StringComparison.Ordinal);
}
