using AutoDiff.Curvature;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>A plane in the space of a net's weights that holds certain points, with an orthonormal pair of axes.</summary>
/// <param name="Origin">Where both coordinates are 0 [n].</param>
/// <param name="First">The first axis [n].</param>
/// <param name="Second">The second [n].</param>
internal sealed record PlaneThrough(double[] Origin, double[] First, double[] Second)
{
    /// <summary>The plane of three points that are not on one line, the second on the first axis.</summary>
    public static PlaneThrough Points(Tensor origin, Tensor first, Tensor second)
    {
        var (o, a, b) = (origin.ToArray(), first.ToArray(), second.ToArray());
        var d = Unit(Difference(a, o));
        var e = Difference(b, o);
        var along = Dot(e, d);
        return new(o, d, Unit([.. e.Zip(d, (x, y) => x - (along * y))]));
    }

    /// <summary>A critical point of the plane with its coordinates.</summary>
    public PlacedPoint Place(CriticalPoint<Tensor> point)
    {
        var way = Difference(point.Point.ToArray(), Origin);
        return new(Dot(way, First), Dot(way, Second), point);
    }

    /// <summary>The loss of the point at some coordinates.</summary>
    public double Loss(Objective<Tensor> loss, double x, double y) =>
        loss.Value([.. Origin.Select((o, i) => o + (x * First[i]) + (y * Second[i]))]);

    /// <summary>Contours around some of the plane's critical points, and these.</summary>
    /// <param name="title">The panel's.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="points">The points.</param>
    /// <param name="margin">How much is shown around them.</param>
    /// <param name="levels">How many contours.</param>
    /// <param name="cancellation">Ends it early.</param>
    public Panel Panel(
        string title,
        Objective<Tensor> loss,
        PlacedPoint[] points,
        double margin,
        int levels,
        CancellationToken cancellation
    )
    {
        var x = (From: points.Min(one => one.X) - margin, To: points.Max(one => one.X) + margin);
        var y = (From: points.Min(one => one.Y) - margin, To: points.Max(one => one.Y) + margin);
        var plane = Landscape.Plane(
            loss,
            Tensor.Of(Origin),
            Tensor.Of(First),
            Tensor.Of(Second),
            SurfacePlot.Steps(x.From, x.To, 80),
            SurfacePlot.Steps(y.From, y.To, 80),
            new() { Cancellation = cancellation }
        );
        // As many points of the grid between each two levels: a surface's small differences show beside its large ones.
        var sorted = plane.Losses.Order().ToArray();
        return new(
            title,
            new("distance in weights") { From = x.From, To = x.To },
            new("distance in weights") { From = y.From, To = y.To },
            [
                SurfacePlot.Contour(plane, [.. Enumerable.Range(1, levels).Select(i => sorted[i * (sorted.Length - 1) / (levels + 1)])]),
                .. SurfacePlot.Marks(points),
            ]
        );
    }

    private static double[] Difference(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];

    private static double[] Unit(double[] x)
    {
        var norm = Math.Sqrt(Dot(x, x));
        return [.. x.Select(value => value / norm)];
    }

    private static double Dot(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();
}
