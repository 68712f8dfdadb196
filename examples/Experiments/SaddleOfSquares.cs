using System.Collections.Immutable;
using AutoDiff.Curvature;
using AutoDiff.Optimization;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>The saddle x² − y², and descent that stays on it unless something moves it off the axis.</summary>
internal static class SaddleOfSquares
{
    private const double Rate = 0.1;
    private const double Half = 1.5;
    private static readonly double[] _offsets = [1e-2, 1e-4, 1e-8];

    public static Experiment Experiment { get; } =
        new(
            "saddle-of-squares",
            ["15"],
            "What keeps gradient descent at a saddle, and what lets it go?",
            "The source on eight problems of training, section 4.1: of f = x^2 - y^2 the gradient at the origin is 0 and the Hessian's eigenvalues are 2 and -2, so it is a saddle; "
                + "descent stalls near it, and momentum or noise get it away.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        var loss = Objective.Of(ClassicalFunctions.SaddleOfSquares, Tensor.Zeros([2]));
        var origin = CriticalPoint.Classify(loss, Tensor.Zeros([2]));
        var descent = Optimizers.GradientDescent<Tensor>(Rate);
        var still = Path.Of(descent, ClassicalFunctions.SaddleOfSquares, Tensor.Of([Half, 0]), 200, cancellation: run.Cancellation);
        var shaken = Path.Of(
            Optimizers.PerturbedDescent<Tensor>(run.Key, Rate, radius: 1e-3, threshold: 1e-3, wait: 20),
            ClassicalFunctions.SaddleOfSquares,
            Tensor.Of([Half, 0]),
            150,
            cancellation: run.Cancellation
        );
        run.Done(0.5);
        var off = Array.ConvertAll(
            _offsets,
            offset => Path.Of(descent, ClassicalFunctions.SaddleOfSquares, Tensor.Of([Half, offset]), 110, cancellation: run.Cancellation)
        );
        var plane = SurfacePlot.Grid(loss, (-Half, Half), (-Half, Half), 60, run.Cancellation);
        run.Done(1);
        return new()
        {
            Figures =
            [
                new(
                    "Along x the surface is a valley, along y a ridge: on the ridge's line descent ends at the saddle",
                    [Surface(plane, origin, still, off[0], shaken), Departures(still, off, shaken)]
                ),
            ],
            Listings = [new("the origin", SurfacePlot.Columns, [SurfacePlot.Row("x^2 - y^2", origin)])],
            Checks =
            [
                Check.Near("smaller eigenvalue at the origin", -2, origin.Eigenvalues[0], 1e-12),
                Check.Near("larger eigenvalue at the origin", 2, origin.Eigenvalues[1], 1e-12),
                Check.Equal("kind of the origin", CriticalPointKind.Saddle, origin.Kind),
                Check.Equal("y of descent from (1.5, 0), after 200 steps", 0.0, still[^1][1]),
                Check.Near("x of it, by 1.5 times 0.8^200", 1, still[^1][0] / (Half * Math.Pow(1 - (2 * Rate), 200)), 1e-12),
                .. _offsets.Zip(
                    off,
                    (offset, path) => Check.Equal($"steps until |y| > 1 from (1.5, {Check.Text(offset)})", Departure(offset), Beyond(path))
                ),
                Check.Between("steps until |y| > 1 from (1.5, 0), with perturbations of length 0.001", 1, 150, Beyond(shaken)),
            ],
        };
    }

    private static Panel Surface(LandscapePlane plane, CriticalPoint<Tensor> origin, double[][] still, double[][] off, double[][] shaken) =>
        new(
            "x² − y² and where descent goes from x = 1.5",
            new("x") { From = -Half, To = Half },
            new("y") { From = -Half, To = Half },
            [
                new Mark.HeatMap(plane.X, plane.Y, plane.Losses),
                SurfacePlot.Contour(plane),
                Walk(still) with
                {
                    Name = "y = 0",
                    Colour = 0,
                },
                Walk(off) with
                {
                    Name = "y = 0.01",
                    Colour = 2,
                },
                Walk(shaken) with
                {
                    Name = "perturbed",
                    Colour = 3,
                },
                .. SurfacePlot.Marks([SurfacePlot.Place(origin)]),
            ]
        );

    private static Panel Departures(double[][] still, double[][][] off, double[][] shaken)
    {
        var shown = off[0].Length;
        return new(
            "Distance from the line y = 0: times 1.2 a step",
            new("steps"),
            new("|y|") { Scale = Scale.SymmetricLog(1e-9) },
            [
                Line("y = 0", still) with
                {
                    Colour = 0,
                },
                .. _offsets.Zip(off, (offset, path) => Line($"y = {Check.Text(offset)}", path)),
                Line("perturbed", shaken) with
                {
                    Colour = 3,
                },
            ]
        );

        Mark Line(string name, double[][] path)
        {
            ImmutableArray<double> y = [.. path.Take(shown).Select(at => Math.Abs(at[1])).TakeWhile(y => y <= 10)];
            return new Mark.Line([.. Enumerable.Range(0, y.Length).Select(i => (double)i)], y) { Name = name };
        }
    }

    /// <summary>The part of a path that is in the square.</summary>
    private static Mark.Path Walk(double[][] path)
    {
        double[][] inside = [.. path.TakeWhile(at => Math.Abs(at[1]) <= Half)];
        return new([.. inside.Select(at => at[0])], [.. inside.Select(at => at[1])]);
    }

    /// <summary>The first k for which offset·(1 + 2η)ᵏ exceeds 1.</summary>
    private static int Departure(double offset) => (int)Math.Floor(Math.Log(1 / offset) / Math.Log(1 + (2 * Rate))) + 1;

    private static int Beyond(double[][] path) => Array.FindIndex(path, at => Math.Abs(at[1]) > 1);
}
