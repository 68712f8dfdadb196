using System.Collections.Immutable;
using AutoDiff.Curvature;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>The error surface of a small net on planes through its critical points (LeeDL, figures 3.4 and 3.5).</summary>
internal static class ErrorSurfaces
{
    private const double Side = 0.05;

    public static Experiment Experiment { get; } =
        new(
            "error-surfaces",
            ["ours"],
            "What does a net's error surface look like at its minima and saddles?",
            "LeeDL, figures 3.4 and 3.5: the error surface of a net has minima and saddles, and what looks like a minimum along one line is a saddle where there are more. "
                + "Here of a net with nine weights on exclusive or, on planes through points whose kind and index are certified.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        var loss = Objective.Of(SmallNet.Loss, Tensor.Zeros([SmallNet.Size]));
        var found = SmallNet.Find(run, loss, 0, 0.7);
        run.Done(0.7);
        CriticalPoint<Tensor>[] points = [.. found.Points.Select(one => one.Point)];
        CriticalPoint<Tensor>[] minima = [.. points.Where(point => point.Kind == CriticalPointKind.Minimum)];
        var zero = CriticalPoint.Classify(loss, Tensor.Zeros([SmallNet.Size]));
        var first = Steepest(points, 1);
        var second = Steepest(points, 2);
        var planes = new (string Title, PlaneThrough Plane, CriticalPoint<Tensor>[] Shown, double Margin)[]
        {
            (
                "Two minima, and a saddle that looks like one here",
                PlaneThrough.Points(minima[0].Point, minima[1].Point, first.Point),
                [minima[0], minima[1], first],
                1
            ),
            (
                "All weights 0, and saddles of index 1 and 2",
                PlaneThrough.Points(zero.Point, second.Point, Lowest(points, zero).Point),
                [zero, second, Lowest(points, zero)],
                0.25
            ),
            (
                "A saddle's lowest and highest curvature",
                PlaneThrough.Points(first.Point, first.Point + first.Lowest.Vector, first.Point + first.Highest.Vector),
                [first],
                1.2
            ),
        };
        var placed = Array.ConvertAll(planes, one => Array.ConvertAll(one.Shown, one.Plane.Place));
        run.Done(0.8);
        return new()
        {
            Figures =
            [
                new(
                    "One surface of nine dimensions, by three planes through critical points and by the lines along a saddle's eigenvectors",
                    [
                        .. planes.Select((one, i) => one.Plane.Panel(one.Title, loss, placed[i], one.Margin, 9, run.Cancellation)),
                        Lines(loss, first),
                    ]
                ),
            ],
            Listings = [Table(found)],
            Checks =
            [
                Check.All("points whose index both counts confirm", points, point => point.IndexConfirmed),
                Check.Some("minima besides the lowest", minima.Length - 1),
                Check.Some("saddles of index 1", points.Count(point => point.Index == 1)),
                Check.Some("saddles of index 2", points.Count(point => point.Index == 2)),
                // Exclusive or has no correlation with one input or with none: at weights of zero only penalty and output bias count.
                Check.Near("smallest eigenvalue at weights 0: twice the penalty", 2 * SmallNet.Penalty, zero.Lowest.Value, 1e-12),
                Check.Near("largest: 2 more, the output's bias", 2 + (2 * SmallNet.Penalty), zero.Highest.Value, 1e-12),
                Check.AtMost(
                    "furthest loss where a point is drawn from the loss of the point",
                    1e-12,
                    planes
                        .Zip(placed)
                        .Max(pair => pair.Second.Max(one => Math.Abs(pair.First.Plane.Loss(loss, one.X, one.Y) - one.Point.Loss)))
                ),
                Check.Equal(
                    "points lower along the lowest curvature, either way: the saddles",
                    points.Count(point => point.Kind == CriticalPointKind.Saddle),
                    points.Count(point => Ends(loss, point, point.Lowest.Vector).All(end => end < point.Loss))
                ),
                Check.Equal(
                    "points higher along it, either way: the minima",
                    minima.Length,
                    points.Count(point => Ends(loss, point, point.Lowest.Vector).All(end => end > point.Loss))
                ),
                Check.Equal(
                    "lines through the saddle drawn last on which it looks like a minimum",
                    SmallNet.Size - 1,
                    Vectors(loss, first).Count(vector => Ends(loss, first, vector).All(end => end > first.Loss))
                ),
            ],
        };
    }

    /// <summary>The saddle of an index with the most negative eigenvalue.</summary>
    private static CriticalPoint<Tensor> Steepest(CriticalPoint<Tensor>[] points, int index) =>
        points.Where(point => point.Index == index).MinBy(point => point.Lowest.Value)
        ?? throw new RefusedException($"no saddle of index {index} was found from this seed's starts", null);

    /// <summary>The saddle of index 1 nearest to a minimum.</summary>
    private static CriticalPoint<Tensor> Lowest(CriticalPoint<Tensor>[] points, CriticalPoint<Tensor> minimum) =>
        points.Where(point => point.Index == 1).MinBy(point => TreeMath.Norm(point.Point - minimum.Point).Item())!;

    private static double[] Ends(Objective<Tensor> loss, CriticalPoint<Tensor> point, Tensor direction) =>
        [.. Landscape.Line(loss, point.Point, direction, [-Side, Side]).Losses];

    private static Tensor[] Vectors(Objective<Tensor> loss, CriticalPoint<Tensor> point)
    {
        var vectors = Ops.Eigh(Transforms.Hessian(SmallNet.Loss, point.Point)).Vectors;
        return [.. Enumerable.Range(0, loss.Size).Select(i => Transforms.Evaluate(vectors[.., i]))];
    }

    private static Panel Lines(Objective<Tensor> loss, CriticalPoint<Tensor> saddle)
    {
        var steps = SurfacePlot.Steps(-0.8, 0.8, 81);
        return new(
            $"The same saddle along each of its {SmallNet.Size} eigenvectors",
            new("step"),
            new("loss"),
            [
                .. Vectors(loss, saddle)
                    .Zip(
                        saddle.Eigenvalues,
                        (vector, value) =>
                            new Mark.Line([.. steps], Landscape.Line(loss, saddle.Point, vector, steps).Losses)
                            {
                                Name = value < 0 ? "downward" : "upward",
                                Colour = value < 0 ? 1 : 0,
                            }
                    ),
                new Mark.Scatter([0], [saddle.Loss])
                {
                    Symbol = Symbol.Cross,
                    Colour = 1,
                    Name = "saddle",
                },
            ]
        );
    }

    private static Listing Table(CriticalPoints<Tensor> found) =>
        new(
            "what searches from random starts and along trainings came to, alike ones counted once",
            ["loss", "kind", "index", "ends", "smallest eigenvalue", "largest", "error bound"],
            [
                .. found.Points.Select(one =>
                    ImmutableArray.Create(
                        Check.Text(one.Point.Loss),
                        SurfacePlot.Name(one.Point.Kind),
                        $"{one.Point.Index}",
                        $"{one.Count}",
                        Check.Text(one.Point.Lowest.Value),
                        Check.Text(one.Point.Highest.Value),
                        Check.Text(one.Point.ErrorBounds.Max())
                    )
                ),
            ]
        );
}
