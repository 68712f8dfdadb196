using System.Collections.Immutable;
using AutoDiff.Curvature;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>The error surface of a net of two weights (LeeDL, section 3.1.2, figure 3.4).</summary>
internal static class TwoWeights
{
    private const double Edge = 2;
    private const double Rounding = 1e-12;

    // Their products with 1/w are 1 in double precision too.
    private static readonly double[] _valley = [-2, -1, -0.5, 0.5, 1, 2];

    public static Experiment Experiment { get; } =
        new(
            "two-weights",
            ["1"],
            "Where is the loss of a net of two weights flat, and is it a saddle there?",
            "LeeDL, section 3.1.2 and figure 3.4, of L = (1 - w1 w2)^2: the origin is critical, its Hessian's eigenvalues are 2 and -2, so it is a saddle, "
                + "and along [1, 1] the loss gets lower. Two rows of other critical points are minima. The corners of [-2, 2]^2 are high.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        var loss = Objective.Of(ClassicalFunctions.TwoWeights, Tensor.Zeros([2]));
        var origin = Tensor.Zeros([2]);
        var hessian = Transforms.Hessian(ClassicalFunctions.TwoWeights, origin).ToArray();
        var saddle = CriticalPoint.Classify(loss, origin);
        var escape = Saddle.Escape(loss, saddle);
        var valley = Array.ConvertAll(_valley, w => CriticalPoint.Classify(loss, Tensor.Of([w, 1 / w])));
        run.Done(0.2);
        var found = CriticalPoint.Find(
            loss,
            Curvature.Starts.Normal(origin, run.Key, run.IsWhole ? 1000 : 100),
            new() { Cancellation = run.Cancellation }
        );
        run.Done(0.8);
        var plane = SurfacePlot.Grid(loss, (-Edge, Edge), (-Edge, Edge), 60, run.Cancellation);
        return new()
        {
            Figures =
            [
                new(
                    "A saddle at the origin between two valleys of minima. The valleys are level, so second derivatives alone leave the kind of their points open: degenerate",
                    [Surface(plane, found), Lines(loss, saddle, escape), Curvatures(valley)]
                )
                {
                    Columns = 3,
                },
            ],
            Listings = [Table(saddle, valley)],
            Checks = Checks(hessian, saddle, escape, valley, found, plane),
        };
    }

    private static Panel Surface(LandscapePlane plane, CriticalPoints<Tensor> found) =>
        new(
            "(1 − w₁w₂)² and what searches from random starts found",
            new("w₁") { From = -Edge, To = Edge },
            new("w₂") { From = -Edge, To = Edge },
            [
                new Mark.HeatMap(plane.X, plane.Y, plane.Losses),
                SurfacePlot.Contour(plane, [0.05, 0.25, 1, 2.25, 4, 9, 16]),
                .. SurfacePlot.Marks(
                    found
                        .Points.Select(one => SurfacePlot.Place(one.Point))
                        .Where(one => Math.Abs(one.X) <= Edge && Math.Abs(one.Y) <= Edge)
                ),
            ]
        );

    private static Panel Lines(Objective<Tensor> loss, CriticalPoint<Tensor> saddle, Escape<Tensor> escape)
    {
        var steps = SurfacePlot.Steps(-2, 2, 81);
        var (down, up) = (
            Landscape.Line(loss, saddle.Point, saddle.Lowest.Vector, steps),
            Landscape.Line(loss, saddle.Point, saddle.Highest.Vector, steps)
        );
        return new(
            "Through the saddle along both eigenvectors",
            new("step along a vector of length 1"),
            new("loss") { From = 0, To = 4 },
            [
                new Mark.Line(down.Steps, down.Losses) { Name = "[1, 1], λ = −2" },
                new Mark.Line(up.Steps, up.Losses) { Name = "[1, −1], λ = 2" },
                new Mark.Scatter([escape.Step], [escape.Loss]) { Name = "escape", Symbol = Symbol.Diamond },
            ]
        );
    }

    private static Panel Curvatures(CriticalPoint<Tensor>[] valley)
    {
        var w = SurfacePlot.Steps(0.4, 2.5, 100);
        var points = valley.Where(point => point.Point[0].Item() > 0).ToArray();
        ImmutableArray<double> at = [.. points.Select(point => point.Point[0].Item())];
        return new(
            "Eigenvalues along w₁w₂ = 1",
            new("w₁"),
            new("eigenvalue"),
            [
                new Mark.Line([.. w], [.. w.Select(Steep)]) { Name = "2(w₁² + w₂²)" },
                new Mark.Scatter(at, [.. points.Select(point => point.Eigenvalues[1])]) { Name = "larger" },
                new Mark.Scatter(at, [.. points.Select(point => point.Eigenvalues[0])]) { Name = "smaller", Symbol = Symbol.Square },
            ]
        );
    }

    private static Listing Table(CriticalPoint<Tensor> saddle, CriticalPoint<Tensor>[] valley) =>
        new(
            "the origin, and points of the valley",
            SurfacePlot.Columns,
            [SurfacePlot.Row("origin", saddle), .. valley.Select(point => SurfacePlot.Row("w1 w2 = 1", point))]
        );

    private static ImmutableArray<Check> Checks(
        double[] hessian,
        CriticalPoint<Tensor> saddle,
        Escape<Tensor> escape,
        CriticalPoint<Tensor>[] valley,
        CriticalPoints<Tensor> found,
        LandscapePlane plane
    )
    {
        var direction = escape.Direction.ToArray();
        var last = plane.X.Length - 1;
        double[] corners = [plane[0, 0], plane[0, last], plane[last, 0], plane[last, last]];
        var highest = plane.Losses.IndexOf(plane.Losses.Max());
        double[] top = [plane.X[highest % plane.X.Length], plane.Y[highest / plane.X.Length]];
        return
        [
            Check.Equal("length of the gradient at the origin", 0.0, saddle.GradientNorm),
            Check.Equal("Hessian at the origin", "0, -2, -2, 0", string.Join(", ", hessian)),
            Check.Near("smaller eigenvalue at the origin", -2, saddle.Eigenvalues[0], Rounding),
            Check.Near("larger eigenvalue at the origin", 2, saddle.Eigenvalues[1], Rounding),
            Check.Equal("kind of the origin", CriticalPointKind.Saddle, saddle.Kind),
            Check.Equal("index of the origin", 1, saddle.Index),
            Check.Near("w1 : w2 of the way out", 1, direction[0] / direction[1], 1e-12),
            Check.Near("loss lower by, along it", 1, escape.Decrease, 1e-10),
            .. valley.Select(point =>
                Check.Near(
                    $"larger eigenvalue at w1 = {Check.Text(point.Point[0].Item())} on w1 w2 = 1",
                    Steep(point.Point[0].Item()),
                    point.Eigenvalues[1],
                    Rounding
                )
            ),
            Check.Near(
                "furthest smaller eigenvalue from 0 there",
                0,
                valley.MaxBy(point => Math.Abs(point.Eigenvalues[0]))!.Eigenvalues[0],
                Rounding
            ),
            Check.All(
                "eigenvalues there within their error bounds of 0 and 2 (w1^2 + w2^2)",
                valley,
                point =>
                    Math.Abs(point.Eigenvalues[0]) <= point.ErrorBounds[0]
                    && Math.Abs(point.Eigenvalues[1] - Steep(point.Point[0].Item())) <= point.ErrorBounds[1]
            ),
            Check.Equal(
                "points there of index 0 and nullity 1, loss 0",
                valley.Length,
                valley.Count(point => (point.Index, point.Nullity, point.Loss) == (0, 1, 0))
            ),
            Check.Equal(
                "critical points found that are neither the origin nor on w1 w2 = 1",
                0,
                found.Points.Count(one => !IsOrigin(one.Point) && Math.Abs((one.Point.Point[0] * one.Point.Point[1]).Item() - 1) > 1e-6)
            ),
            Check.Equal("saddles found, the origin alone", 1, found.Points.Count(one => one.Point.Kind == CriticalPointKind.Saddle)),
            new("highest place of the square", "a corner", Plane.Text(top, 0), top.All(w => Math.Abs(w) == Edge)),
            Check.Above("loss at the lowest corner, the saddle's is 1", 1, corners.Min()),
        ];
    }

    private static bool IsOrigin(CriticalPoint<Tensor> point) => point.Point.ToArray().All(w => Math.Abs(w) < 1e-6);

    private static double Steep(double w) => 2 * ((w * w) + (1 / (w * w)));
}
