using System.Collections.Immutable;
using AutoDiff.Optimization;
using AutoDiff.Plots;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>Rates in a convex valley: fixed ones, one for each parameter, and ones that change.</summary>
internal static class Valley
{
    private const double Along = 0.1;
    private const double Across = 199.9;

    private static readonly Tensor Start = Tensor.Of([-40, 1]);

    public static Experiment Experiment { get; } =
        new(
            "valley",
            ["7"],
            "Why do rates want to differ, and to change?",
            "LeeDL, sections 3.3 and 3.4, figures 3.21 to 3.29: in a long valley descent at rate 1e-2 goes from wall to wall, at 1e-7 it has not arrived after 100,000 updates. AdaGrad nearly "
                + "arrives and explodes late, once its mean of squares across has become small; with a decaying rate it goes smoothly. A warm-up waits for the statistics. "
                + "The source gives the rates and not the bowl: the curvatures, 0.1 along and 199.9 across, and the start are ours and behave as its figures.",
            Run
        );

    private static Tensor Loss(Tensor p) => 0.5 * ((Along * Square(p[0])) + (Across * Square(p[1])));

    private static double Loss(double[] p) => 0.5 * ((Along * p[0] * p[0]) + (Across * p[1] * p[1]));

    private static Answer Run(ExperimentRun run)
    {
        var decay = Schedules.InverseTime(0.3, 0.003);
        var warm = Schedules.WarmUp(100, 0.1);
        var walks = 0;
        Way[] ways =
        [
            Walk("descent 1e-2", Optimizers.GradientDescent<Tensor>(1e-2), 500),
            Walk("descent 1e-7", Optimizers.GradientDescent<Tensor>(1e-7), 100_000, 1000),
            Walk("AdaGrad", Optimizers.AdaGrad<Tensor>(0.3, epsilon: 0, mean: true), 600),
            Walk("AdaGrad, decay", Optimizers.AdaGrad<Tensor>(decay, epsilon: 0, mean: true), 600),
            Walk("RMSProp", Optimizers.RmsProp<Tensor>(0.1), 600),
            Walk("RMSProp, warm-up", Optimizers.RmsProp<Tensor>(warm), 600),
            Walk("Adam", Optimizers.Adam<Tensor>(0.3), 600),
        ];
        var (wide, narrow, bare, smooth) = (ways[0].Path, ways[1].Path, ways[2].Path, ways[3].Path);
        return new()
        {
            Figures = [Paths(ways), Courses(ways, decay, warm)],
            Listings =
            [
                new(
                    "from (-40, 1), minimum at (0, 0); AdaGrad by the mean of squares, as the source writes it",
                    ["method", "updates", "w, along", "b, across", "loss"],
                    [.. ways.SelectMany(way => way.Rows)]
                ),
            ],
            Checks =
            [
                Check.Equal(
                    "1e-2: updates that end at the other wall, of 500",
                    500,
                    wide.Zip(wide.Skip(1), (a, b) => a[1] * b[1] < 0).Count(yes => yes)
                ),
                Check.Near("1e-2: across after 500 updates, (1 − 1e-2·199.9)^500", Math.Pow(0.999, 500), wide[^1][1], 1e-9),
                Check.Near(
                    "1e-7: across after 100,000 updates, (1 − 1e-7·199.9)^100000",
                    Math.Pow(1 - (1e-7 * Across), 1e5),
                    narrow[^1][1],
                    1e-9
                ),
                Check.Between("1e-7: along after 100,000 updates, from −40: not there", -40, -39.9, narrow[^1][0]),
                Check.Between("AdaGrad: furthest across from update 10 to 200, on the floor", 0, 1e-3, Furthest(bare[10..200])),
                Check.Between("AdaGrad: along at update 200, nearly there: a fifth of the way or less is left", -8, 8, bare[200][0]),
                Check.Above(
                    "AdaGrad: furthest across from 200 to 300: it explodes, further than where it began",
                    1,
                    Furthest(bare[200..300])
                ),
                Check.Between("AdaGrad: furthest across from 400 to 600: it comes back", 0, 0.2, Furthest(bare[400..])),
                Check.Equal("AdaGrad, decay: updates that lead further across", 0, smooth.Zip(smooth.Skip(1), Grows).Count(yes => yes)),
                Check.Between("AdaGrad, decay: along after 600 updates, arrived", -0.4, 0.4, smooth[^1][0]),
                Check.Near("RMSProp: longest update along, η/√(1 − α) where the mean square starts at 0", 1, Longest(ways[4].Path), 1e-6),
                // The rate is η from update 100 on, and the slope along does not grow.
                Check.Between(
                    "RMSProp, warm-up: longest update along, from η to η/√(1 − α¹⁰⁰)",
                    0.1,
                    0.1 / Math.Sqrt(1 - Math.Pow(0.99, 100)),
                    Longest(ways[5].Path)
                ),
            ],
        };

        Way Walk<S>(string name, Optimizer<Tensor, S> optimizer, int steps, int every = 1)
            where S : ITensorTree<S>
        {
            run.Done(walks / 7.0);
            return new(name, Path.Of(optimizer, Loss, Start, steps, every, cancellation: run.Cancellation), every, walks++);
        }

        // Once at the floor, to rounding, there is nothing to grow.
        static bool Grows(double[] a, double[] b) => Math.Abs(b[1]) > Math.Max(Math.Abs(a[1]), 1e-9);
        static double Furthest(double[][] path) => path.Max(p => Math.Abs(p[1]));
        static double Longest(double[][] path) => path.Zip(path.Skip(1), (a, b) => Math.Abs(b[0] - a[0])).Max();
    }

    private static Figure Paths(Way[] ways)
    {
        return new(
            "The way from (−40, 1) to the minimum at (0, 0), by method and rate",
            [
                Panel("Descent, 1e-2: each ninth of 500 updates", ways[0] with { Path = [.. ways[0].Path.Where((_, i) => i % 9 == 0)] }),
                Panel("Descent, 1e-7: 100,000 updates", ways[1]),
                Panel("AdaGrad: explodes late", ways[2]),
                Panel("AdaGrad with decay: smooth", ways[3]),
                Panel("RMSProp, with and without warm-up", ways[4], ways[5]),
                Panel("Adam", ways[6]),
            ]
        );

        static Panel Panel(string title, params Way[] ways)
        {
            var (x, y) = ((-42.0, 6.0), (-2.0, 2.0));
            return new(
                title,
                new("w, along the valley") { From = x.Item1, To = x.Item2 },
                new("b, across") { From = y.Item1, To = y.Item2 },
                [
                    Plane.Contour(Loss, x, y, [2, 10, 25, 50, 100, 200, 300]),
                    .. ways.Select(way => Plane.Walk(way.Name, way.Path, x, y) with { Colour = way.Colour }),
                    Plane.Crosses("minimum", [0, 0]),
                ]
            );
        }
    }

    private static Figure Courses(Way[] ways, Schedule decay, Schedule warm) =>
        new(
            "By update: the loss, AdaGrad across the valley, the rates, and RMSProp's first updates",
            [
                new(
                    "Loss",
                    new("update") { Scale = Scale.Log },
                    new("loss") { Scale = Scale.Log, From = 1e-8 },
                    [
                        .. ways.Select(way =>
                            Plane.BySteps(way.Name, way.Path.Skip(1).Select(Loss), way.Every, way.Every) with
                            {
                                Colour = way.Colour,
                            }
                        ),
                    ]
                ),
                new(
                    "AdaGrad: distance across",
                    new("update"),
                    new("|b|") { Scale = Scale.Log, From = 1e-12 },
                    [
                        .. ways[2..4]
                            .Select(way => Plane.BySteps(way.Name, way.Path.Select(p => Math.Abs(p[1]))) with { Colour = way.Colour }),
                    ]
                ),
                new(
                    "Rates that change",
                    new("update"),
                    new("rate"),
                    [
                        .. new[] { ("AdaGrad, decay", decay, 3), ("RMSProp, warm-up", warm, 5) }.Select(rate =>
                            Plane.BySteps(rate.Item1, At(rate.Item2)) with
                            {
                                Colour = rate.Item3,
                            }
                        ),
                    ]
                ),
                new(
                    "RMSProp: length of an update along",
                    new("update"),
                    new("change of w"),
                    [
                        .. ways[4..6]
                            .Select(way =>
                                Plane.BySteps(way.Name, way.Path.Zip(way.Path.Skip(1), (a, b) => Math.Abs(b[0] - a[0])).Take(200), 1) with
                                {
                                    Colour = way.Colour,
                                }
                            ),
                    ]
                ),
            ]
        );

    private static IEnumerable<double> At(Schedule rate) => Enumerable.Range(0, 600).Select(i => rate.At(i).Item());

    /// <summary>A method's way, a point for each so many updates.</summary>
    private sealed record Way(string Name, double[][] Path, int Every, int Colour)
    {
        /// <summary>Where it is at a third of the way, halfway and at the end.</summary>
        public IEnumerable<ImmutableArray<string>> Rows =>
            new[] { (Path.Length - 1) / 3, (Path.Length - 1) / 2, Path.Length - 1 }.Select(i =>
                ImmutableArray.Create(Name, $"{i * Every}", $"{Path[i][0]:F5}", $"{Path[i][1]:F5}", Check.Text(Loss(Path[i])))
            );
    }
}
