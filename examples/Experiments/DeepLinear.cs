using System.Collections.Immutable;
using AutoDiff.Curvature;
using AutoDiff.Plots;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>Linear nets x·W₁·…·W_k at weights of zero (Kawaguchi 2016).</summary>
internal static class DeepLinear
{
    private const int Width = 3;
    private const int Deepest = 5;

    public static Experiment Experiment { get; } =
        new(
            "deep-linear",
            ["B"],
            "What do second derivatives tell of a deep linear net at weights of zero?",
            "Kawaguchi 2016, Deep Learning without Poor Local Minima (theorem 2.3): with one hidden layer every saddle of a linear net has a negative eigenvalue; "
                + "with more there are saddles whose Hessian has none. With three or more matrices the Hessian at the origin is zero: degenerate.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        var (from, to) = run.Key.Split();
        var (x, y) = (from.Normal([10, Width]), to.Normal([10, Width]));
        var (left, sigma, right) = Svd(MatMul(Transpose(x), y));
        var (u, v) = (left[.., 0].ToArray(), right[.., 0].ToArray());
        var steps = SurfacePlot.Steps(-2.5, -0.3, 45).Select(exponent => Math.Pow(10, exponent)).ToArray();
        var depths = Enumerable.Range(2, Deepest - 1).ToArray();
        var (origins, falls) = (new CriticalPoint<TreeList<Tensor>>[depths.Length], new LandscapeLine[depths.Length]);
        for (var i = 0; i < depths.Length; i++)
        {
            var origin = new TreeList<Tensor>([.. Enumerable.Repeat(Tensor.Zeros([Width, Width]), depths[i])]);
            // The loss without Mean(y²), which is all of it at the origin: no digits are lost to a difference.
            var excess = Objective.Of(
                (TreeList<Tensor> w) => w.Aggregate(x, MatMul) is var output ? Mean((output - (2 * y)) * output) : 0,
                origin
            );
            origins[i] = CriticalPoint.Classify((TreeList<Tensor> w) => Mean(Square(w.Aggregate(x, MatMul) - y)), origin);
            falls[i] = Landscape.Line(excess, origin, Downhill(depths[i], u, v), steps);
            run.Done((i + 1.0) / depths.Length);
        }
        // Mean(‖x·W₁·W₂ − y‖²) has the Hessian −2/30·(σ between each of three hidden units' weights): ±σ/15.
        ImmutableArray<double> shallow =
        [
            .. sigma
                .ToArray()
                .SelectMany(one => Enumerable.Repeat(2 * one / (10 * Width), Width))
                .SelectMany(one => new[] { -one, one })
                .Order(),
        ];
        return new()
        {
            Figures =
            [
                new(
                    "From three matrices on the origin is flat to second order, though the loss falls from there: the slower the deeper",
                    [Spectra(depths, origins), Falls(depths, falls)]
                ),
            ],
            Listings = [Table(depths, origins, falls)],
            Checks =
            [
                Check.Equal("2 matrices: kind", CriticalPointKind.Saddle, origins[0].Kind),
                Check.Equal("2 matrices: index", shallow.Length / 2, origins[0].Index),
                Check.Between(
                    "2 matrices: eigenvalues from ±(singular values)/15, in error bounds",
                    0,
                    1,
                    shallow
                        .Zip(origins[0].Eigenvalues, (a, b) => Math.Abs(a - b))
                        .Zip(origins[0].ErrorBounds, (d, bound) => d / bound)
                        .Max()
                ),
                .. depths
                    .Zip(origins)
                    .Skip(1)
                    .SelectMany(pair =>
                        new[]
                        {
                            Check.Equal($"{pair.First} matrices: kind", CriticalPointKind.Degenerate, pair.Second.Kind),
                            Check.Equal($"{pair.First} matrices: nullity", pair.First * Width * Width, pair.Second.Nullity),
                            Check.Equal($"{pair.First} matrices: largest |eigenvalue|", 0.0, pair.Second.Eigenvalues.Max(Math.Abs)),
                        }
                    ),
                .. depths.Zip(
                    falls,
                    (depth, fall) =>
                        Check.Near(
                            $"{depth} matrices: power of the step by which the loss falls",
                            depth,
                            Math.Log(fall.Losses[1] / fall.Losses[0]) / Math.Log(fall.Steps[1] / fall.Steps[0]),
                            0.01
                        )
                ),
            ],
        };
    }

    /// <summary>Weights of one path: from the data's first left singular vector through one unit of each layer to the first right one.</summary>
    private static TreeList<Tensor> Downhill(int depth, double[] u, double[] v)
    {
        var first = new double[Width];
        first[0] = 1;
        return new([
            .. Enumerable
                .Range(0, depth)
                .Select(layer => Outer(Tensor.Of(layer == 0 ? u : first), Tensor.Of(layer == depth - 1 ? v : first))),
        ]);
    }

    private static Panel Spectra(int[] depths, CriticalPoint<TreeList<Tensor>>[] origins) =>
        new(
            "Eigenvalues of the Hessian at the origin",
            new("matrices") { From = 1.5, To = Deepest + 0.5 },
            new("eigenvalue"),
            [
                .. depths.Zip(
                    origins,
                    (depth, origin) =>
                        new Mark.Scatter([.. origin.Eigenvalues.Select(_ => (double)depth)], origin.Eigenvalues)
                        {
                            Name = SurfacePlot.Name(origin.Kind),
                            Colour = origin.Kind == CriticalPointKind.Saddle ? 1 : 3,
                            Symbol = origin.Kind == CriticalPointKind.Saddle ? Symbol.Cross : Symbol.Square,
                        }
                ),
            ]
        );

    private static Panel Falls(int[] depths, LandscapeLine[] falls) =>
        new(
            "How far the loss falls along one path",
            new("step from the origin") { Scale = Scale.Log },
            new("loss lower by") { Scale = Scale.Log },
            [
                .. depths.Zip(
                    falls,
                    (depth, fall) => new Mark.Line(fall.Steps, [.. fall.Losses.Select(loss => -loss)]) { Name = $"{depth} matrices" }
                ),
            ]
        );

    private static Listing Table(int[] depths, CriticalPoint<TreeList<Tensor>>[] origins, LandscapeLine[] falls) =>
        new(
            "the origin by the number of matrices of 3 by 3",
            [
                "matrices",
                "parameters",
                "kind",
                "index",
                "nullity",
                "smallest eigenvalue",
                "largest",
                "loss there",
                "lower by, at a step of 0.5",
            ],
            [
                .. depths.Select(
                    (depth, i) =>
                        ImmutableArray.Create(
                            $"{depth}",
                            $"{origins[i].Size}",
                            SurfacePlot.Name(origins[i].Kind),
                            $"{origins[i].Index}",
                            $"{origins[i].Nullity}",
                            Check.Text(origins[i].Lowest.Value),
                            Check.Text(origins[i].Highest.Value),
                            Check.Text(origins[i].Loss),
                            Check.Text(-falls[i].Losses[^1])
                        )
                ),
            ]
        );
}
