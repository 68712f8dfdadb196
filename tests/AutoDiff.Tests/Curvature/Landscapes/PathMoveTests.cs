using AutoDiff.Curvature;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Curvature;

public class PathMoveTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Where_nothing_curves_down_an_image_climbs_a_quarter_of_the_way_to_its_neighbour(double slope)
    {
        var objective = Objective.Of((Tensor p) => slope * Sum(p), Tensor.Zeros([1]));
        var images = new PathImages(
            [
                [-1],
                [0],
                [1],
            ],
            [-slope, 0, slope],
            [
                [slope],
                [slope],
                [slope],
            ]
        );
        var move = new PathMove<Tensor>(objective, 0.1);
        move.Begin(
            images,
            [
                [],
                [1],
                [],
            ]
        );
        Assert.Equal(slope / 4, move.Up(images, 1, [1]));
    }
}
