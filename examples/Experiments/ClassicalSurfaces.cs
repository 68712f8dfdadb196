using System.Collections.Immutable;
using AutoDiff.Curvature;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>All critical points of functions for which they are known, from random starts.</summary>
internal static class ClassicalSurfaces
{
    private const double MiddleRoot = 0.15673;

    private static readonly Surface[] _surfaces =
    [
        new("Rosenbrock", ClassicalFunctions.Rosenbrock, (-2, 2), (-1, 3), 0, 6, 2.5),
        new("Beale", ClassicalFunctions.Beale, (-1.5, 4.5), (-3, 1.8), 0, 0.5, 2.5),
        new("Himmelblau", ClassicalFunctions.Himmelblau, (-5, 5), (-5, 5), 0, 5, 2),
        new("Müller-Brown", ClassicalFunctions.MuellerBrown, (-1.6, 1.2), (-0.4, 2), -146.7, 12, 1.45),
        new("Styblinski-Tang", ClassicalFunctions.StyblinskiTang, (-4, 4), (-4, 4), -78.4, 6, 1.4),
        new("monkey saddle", ClassicalFunctions.MonkeySaddle, (-1, 1), (-1, 1), 0, 1, 1)
        {
            Levels = [-2, -1, -0.4, -0.1, 0, 0.1, 0.4, 1, 2],
            Same = 1e-3,
        },
    ];

    public static Experiment Experiment { get; } =
        new(
            "classical-functions",
            ["C"],
            "Does a search from random starts find every critical point of the classical functions?",
            "Rosenbrock 1960, Beale 1958, Himmelblau 1972, Mueller and Brown 1979, Styblinski and Tang 1990: points, values and eigenvalues are known, "
                + "in n dimensions 3^n points for the last. The monkey saddle's Hessian is zero.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        var found = new CriticalPoints<Tensor>[_surfaces.Length];
        var panels = new Panel[_surfaces.Length];
        for (var i = 0; i < _surfaces.Length; i++)
        {
            found[i] = Search(run, _surfaces[i], i);
            panels[i] = Panel(_surfaces[i], found[i], run.Cancellation);
            run.Done(0.3 * (i + 1) / _surfaces.Length);
        }
        var cubes = new CriticalPoints<Tensor>[run.IsWhole ? 6 : 5];
        for (var n = 1; n <= cubes.Length; n++)
        {
            // Three times as many points each time: all before are a third of what is left to do.
            var (from, to) = (Share(n - 1), Share(n));
            cubes[n - 1] = Cube(run, n, from, to);
            run.Note($"Styblinski-Tang in {n} dimensions: {cubes[n - 1].Points.Length} points");
            run.Done(to);

            double Share(int dimensions) => 0.3 + (0.7 * Math.Pow(3, dimensions - cubes.Length));
        }
        return new()
        {
            Figures =
            [
                new("Every critical point that random starts led to, by its certified kind", [.. panels]),
                new("Styblinski and Tang's function of more coordinates: how many points have each index", [Indices(cubes)])
                {
                    Columns = 1,
                },
            ],
            Listings = [Table(found), Counts(cubes)],
            Checks = [.. ClassicalChecks.Of(found), .. cubes.SelectMany(Checks)],
        };
    }

    private static CriticalPoints<Tensor> Search(ExperimentRun run, Surface surface, int number)
    {
        var (x, y, key) = (surface.X, surface.Y, run.Key.FoldIn((ulong)number));
        var starts = key.Split(run.IsWhole ? 1000 : 150)
            .Select(one => one.Uniform([2], Tensor.Of([x.From, y.From]), Tensor.Of([x.To, y.To])));
        return CriticalPoint.Find(
            surface.Function,
            [.. starts.Select(start => Transforms.Evaluate(start))],
            new()
            {
                Method = FindMethod.DampedNewton,
                SameDistance = surface.Same,
                Cancellation = run.Cancellation,
            }
        );
    }

    /// <summary>Styblinski and Tang's function of n coordinates, from uniform starts: some ten for each of its 3ⁿ points, so that to miss one is a matter of 3ⁿ·e⁻¹⁰.</summary>
    private static CriticalPoints<Tensor> Cube(ExperimentRun run, int n, double from, double to)
    {
        var count = 12 * (int)Math.Pow(3, n);
        var starts = run.Key.FoldIn(100 + (ulong)n).Uniform([count, n], -4, 4).ToArray();
        return CriticalPoint.Find(
            ClassicalFunctions.StyblinskiTang,
            [.. Enumerable.Range(0, count).Select(i => Tensor.Of(starts.AsSpan(i * n, n)))],
            new()
            {
                Method = FindMethod.DampedNewton,
                Progress = new PartOfRun(run, from, to),
                Cancellation = run.Cancellation,
            }
        );
    }

    private static Panel Panel(Surface surface, CriticalPoints<Tensor> found, CancellationToken cancellation)
    {
        var plane = SurfacePlot.Grid(Objective.Of(surface.Function, Tensor.Zeros([2])), surface.X, surface.Y, 80, cancellation);
        var levels = surface.Levels.IsDefault ? SurfacePlot.Levels(surface.Lowest, surface.First, surface.Ratio, 11) : surface.Levels;
        return new(
            surface.Name,
            new("x") { From = surface.X.From, To = surface.X.To },
            new("y") { From = surface.Y.From, To = surface.Y.To },
            [
                SurfacePlot.Contour(plane, [.. levels.Where(level => level < plane.Losses.Max())]),
                .. SurfacePlot.Marks(
                    found
                        .Points.Select(one => SurfacePlot.Place(one.Point))
                        .Where(one => surface.X.From <= one.X && one.X <= surface.X.To && surface.Y.From <= one.Y && one.Y <= surface.Y.To)
                ),
            ]
        );
    }

    private static Panel Indices(CriticalPoints<Tensor>[] cubes)
    {
        var n = cubes.Length;
        ImmutableArray<string> indices = [.. Enumerable.Range(0, n + 1).Select(index => $"{index}")];
        return new(
            $"{n} coordinates, {cubes[^1].Points.Length} critical points",
            new("index"),
            new("points"),
            [
                new Mark.Bar(indices, [.. Enumerable.Range(0, n + 1).Select(index => (double)OfIndex(cubes[^1], index))])
                {
                    Name = "found",
                },
                new Mark.Bar(indices, [.. Enumerable.Range(0, n + 1).Select(index => (double)Expected(n, index))]) { Name = "known" },
            ]
        );
    }

    private static Listing Table(CriticalPoints<Tensor>[] found) =>
        new(
            "critical points found, with the error bounds of their eigenvalues",
            SurfacePlot.Columns,
            [.. _surfaces.Zip(found).SelectMany(pair => pair.Second.Points.Select(one => SurfacePlot.Row(pair.First.Name, one.Point)))]
        );

    private static Listing Counts(CriticalPoints<Tensor>[] cubes) =>
        new(
            "Styblinski and Tang's function: points found by index",
            ["coordinates", "starts", "points", .. Enumerable.Range(0, cubes.Length + 1).Select(index => $"index {index}")],
            [
                .. cubes.Select(
                    (found, i) =>
                        ImmutableArray.Create([
                            $"{i + 1}",
                            $"{found.Iterations}",
                            $"{found.Points.Length}",
                            .. Enumerable.Range(0, cubes.Length + 1).Select(index => index > i + 1 ? "" : $"{OfIndex(found, index)}"),
                        ])
                ),
            ]
        );

    private static IEnumerable<Check> Checks(CriticalPoints<Tensor> found, int number)
    {
        var n = number + 1;
        yield return Check.Equal($"Styblinski-Tang, {n} coordinates: points", (int)Math.Pow(3, n), found.Points.Length);
        yield return Check.All(
            $"{n} coordinates: points with index = coordinates at 0.15673, nullity 0, confirmed",
            found.Points,
            one =>
                one.Point is { Nullity: 0, IndexConfirmed: true } point
                && point.Index == point.Point.ToArray().Count(x => Math.Abs(x - MiddleRoot) < 1e-5)
        );
        yield return Check.Equal(
            $"{n} coordinates: points by index k, each {n} over k times 2^({n}-k)",
            string.Join(' ', Enumerable.Range(0, n + 1).Select(index => Expected(n, index))),
            string.Join(' ', Enumerable.Range(0, n + 1).Select(index => OfIndex(found, index)))
        );
    }

    private static int OfIndex(CriticalPoints<Tensor> found, int index) => found.Points.Count(one => one.Point.Index == index);

    /// <summary>The number of points of an index: which coordinates are at the middle root, and which of two roots the others are at.</summary>
    private static int Expected(int n, int index)
    {
        var count = 1 << (n - index);
        for (var i = 0; i < index; i++)
            count = count * (n - i) / (i + 1);
        return count;
    }

    /// <summary>A function of two numbers, the rectangle it is shown on, and its contours' levels.</summary>
    private sealed record Surface(
        string Name,
        Func<Tensor, Tensor> Function,
        (double From, double To) X,
        (double From, double To) Y,
        double Lowest,
        double First,
        double Ratio
    )
    {
        public ImmutableArray<double> Levels { get; init; }

        /// <summary>How far apart ends of searches may be and count as one: more where the point is degenerate, which they come near slowly.</summary>
        public double Same { get; init; } = 1e-5;
    }
}
