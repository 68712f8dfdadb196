using AutoDiff.Curvature;
using AutoDiff.Examples.Experiments;
using AutoDiff.Plots;

namespace AutoDiff.Tests.Examples;

/// <summary>Surfaces and their points are drawn where they are, and as what they are.</summary>
public sealed class SurfacePlotTests
{
    /// <summary>(x² − 1)² + (y − 3)²: minima at (±1, 3), a saddle of loss 1 at (0, 3).</summary>
    private static Tensor Loss(Tensor p) => Ops.Square(Ops.Square(p[0]) - 1) + Ops.Square(p[1] - 3);

    private static CriticalPoint<Tensor> At(double x, double y) => CriticalPoint.Classify(Loss, Tensor.Of([x, y]));

    [Fact]
    public void StepsHaveBothEndsAndLevelsRise()
    {
        Assert.Equal([-1, -0.5, 0, 0.5, 1], SurfacePlot.Steps(-1, 1, 5));
        Assert.Equal([-8, -4, 8], SurfacePlot.Levels(-10, 2, 3, 3));
    }

    [Fact]
    public void PointsStandAtTheirCoordinatesByKind()
    {
        var marks = SurfacePlot
            .Marks([SurfacePlot.Place(At(1, 3)), SurfacePlot.Place(At(-1, 3)), SurfacePlot.Place(At(0, 3))])
            .Cast<Mark.Scatter>()
            .ToArray();
        Assert.Equal(["minimum", "saddle, index 1"], marks.Select(mark => mark.Name));
        Assert.Equal([Symbol.Circle, Symbol.Cross], marks.Select(mark => mark.Symbol));
        Assert.Equal([1, -1], marks[0].X);
        Assert.Equal([3, 3], marks[0].Y);
        Assert.Equal((0, 3), (marks[1].X[0], marks[1].Y[0]));
        Assert.Equal(["saddle, index 1: 1"], marks[1].Labels);
        Assert.Equal(["f", "(0, 3)", "1", "saddle", "1"], SurfacePlot.Row("f", At(0, 3))[..5]);
    }

    [Fact]
    public void APlaneHoldsItsThreePointsByDistance()
    {
        var plane = PlaneThrough.Points(Tensor.Of([1, 1, 0]), Tensor.Of([1, 4, 0]), Tensor.Of([3, 2, 0]));
        Assert.Equal([0, 1, 0], plane.First);
        Assert.Equal([1, 0, 0], plane.Second);
        var loss = Objective.Of(Loss, Tensor.Zeros([2]));
        var flat = PlaneThrough.Points(Tensor.Of([1.0, 3]), Tensor.Of([0.0, 3]), Tensor.Of([1.0, 5]));
        var saddle = flat.Place(At(0, 3));
        Assert.Equal((1, 0), (saddle.X, saddle.Y));
        Assert.Equal(1, flat.Loss(loss, saddle.X, saddle.Y), 1e-12);
        var panel = flat.Panel("plane", loss, [saddle], 1, 3, TestContext.Current.CancellationToken);
        var contour = Assert.Single(panel.Marks.OfType<Mark.Contour>());
        // A quarter of the grid lies between each two of three levels.
        Assert.All(
            contour.Levels.Index(),
            level => Assert.Equal((level.Index + 1) / 4.0, contour.Values.Count(value => value < level.Item) / 6400.0, 0.01)
        );
    }
}
