using static AutoDiff.Ops;

namespace AutoDiff.Tests;

public sealed class InterpolationTests
{
    /// <summary>Each place is sought among the points: compared with all of them these would be more numbers than an array can hold.</summary>
    [Fact]
    public void Many_places_among_many_points_are_found()
    {
        const int points = 60_001;
        var xp = Tensor.Range(points);
        var x = Tensor.Linspace(0, points - 1, 60_000);
        Assert.Equal(
            x.ToArray(),
            Interpolate(x, xp, xp).ToArray().AsEnumerable(),
            (place, value) => Math.Abs(place - value) <= 1e-11 * place
        );
        Assert.Equal(Enumerable.Repeat(1.0, 59_999), Transforms.Grad(places => Sum(Interpolate(places, xp, xp)), x).ToArray()[..^1]);
    }

    [Fact]
    public void NaN_is_interpolated_to_NaN_and_zeros_of_either_sign_are_one_place()
    {
        var (xp, fp) = (Tensor.Of([-1, 0.0, 2]), Tensor.Of([3, 5.0, 9]));
        Assert.Equal(
            [double.NaN, 5, 5, 3, 9],
            Interpolate(Tensor.Of([double.NaN, 0.0, -0.0, double.NegativeInfinity, double.PositiveInfinity]), xp, fp).ToArray()
        );
        Assert.Equal(2, Transforms.Grad(x => Interpolate(x, xp, fp), Tensor.Of(-0.0)).Item());
        Assert.Equal(2, Transforms.Grad(x => Interpolate(x, Tensor.Of([-1, -0.0, 2]), fp), Tensor.Of(0.0)).Item());
    }
}
