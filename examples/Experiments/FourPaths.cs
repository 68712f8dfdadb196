using System.Collections.Immutable;
using AutoDiff.Optimization;
using AutoDiff.Plots;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>Four optimizers on a bowl that is much longer than wide.</summary>
internal static class FourPaths
{
    private const int Steps = 30;

    private static readonly Tensor Start = Tensor.Of([-7, 2]);

    public static Experiment Experiment { get; } =
        new(
            "four-paths",
            ["18"],
            "How do four optimizers cross x^2/20 + y^2?",
            "Techniques of learning, 1.1.2 to 1.1.6, figure 1.2: SGD goes a long way, since the gradient does not point to the minimum; by the picture alone AdaGrad seems the best, and none is best "
                + "everywhere. The text prints neither start nor rates: here (−7, 2), 30 steps, SGD 0.95, momentum 0.1, AdaGrad 1.5, Adam 0.3.",
            Run
        );

    private static Tensor Bowl(Tensor p) => (Square(p[0]) / 20) + Square(p[1]);

    private static Answer Run(ExperimentRun run)
    {
        (string Name, double[][] Path)[] ways =
        [
            ("SGD 0.95", Path.Of(Optimizers.GradientDescent<Tensor>(0.95), Bowl, Start, Steps, cancellation: run.Cancellation)),
            ("momentum 0.1", Path.Of(Optimizers.ClassicalMomentum<Tensor>(0.1), Bowl, Start, Steps, cancellation: run.Cancellation)),
            ("AdaGrad 1.5", Path.Of(Optimizers.AdaGrad<Tensor>(1.5), Bowl, Start, Steps, cancellation: run.Cancellation)),
            ("Adam 0.3", Path.Of(Optimizers.Adam<Tensor>(0.3), Bowl, Start, Steps, cancellation: run.Cancellation)),
        ];
        run.Done(1);
        var descent = ways[0].Path;
        double[] sides = [.. ways.Select(way => (double)Changes(way.Path))];
        double[] lengths = [.. ways.Select(way => way.Path.Zip(way.Path.Skip(1), Plane.Distance).Sum())];
        var nearest = ways.MinBy(way => Plane.Distance(way.Path[^1], [0, 0])).Name;
        return new()
        {
            Figures =
            [
                new(
                    "Thirty steps from (−7, 2) to the minimum at (0, 0)",
                    [
                        .. ways.Select(way =>
                            Plane.Panel(
                                way.Name,
                                Bowl,
                                (-8, 8),
                                (-4, 4),
                                [0.25, 0.5, 1, 2, 3, 4, 6, 8, 12, 16],
                                [
                                    [0.0, 0.0],
                                ],
                                (way.Name, way.Path)
                            )
                        ),
                    ]
                ),
            ],
            Listings =
            [
                new(
                    "where each is",
                    ["step", .. ways.Select(way => way.Name)],
                    [
                        .. new[] { 0, 1, 2, 5, 10, 20, 30 }.Select(i =>
                            ImmutableArray.Create([$"{i}", .. ways.Select(way => Plane.Text(way.Path[i], 3))])
                        ),
                    ]
                ),
            ],
            Checks =
            [
                Check.Equal("SGD: steps that change sides, of 30: a zigzag", Steps, Changes(descent)),
                Plane.Near(
                    "SGD: end, (−7·0.905³⁰, 2·(−0.9)³⁰)",
                    [-7 * Math.Pow(0.905, Steps), 2 * Math.Pow(-0.9, Steps)],
                    descent[^1],
                    1e-12
                ),
                Check.Near(
                    "SGD: degrees between its first step and the way to the minimum, by the gradient (x/10, 2y)",
                    Angle([0.7, -4], [7, -2]),
                    Angle(Step(descent[0], descent[1]), Step(descent[0], [0, 0])),
                    1e-9
                ),
                new(
                    "all others go a shorter way than SGD",
                    $"below {Check.Text(lengths[0])}",
                    string.Join(", ", lengths[1..].Select(Check.Text)),
                    lengths[1..].All(length => length < lengths[0])
                ),
                new(
                    "all others change sides less often than SGD",
                    $"below {sides[0]}",
                    string.Join(", ", sides[1..]),
                    sides[1..].All(side => side < sides[0])
                ),
                Check.Equal("nearest to the minimum after 30 steps, seemingly the best", "AdaGrad 1.5", nearest),
            ],
        };
    }

    private static double[] Step(double[] from, double[] to) => [to[0] - from[0], to[1] - from[1]];

    private static double Angle(double[] a, double[] b) =>
        Math.Abs(double.RadiansToDegrees(Math.Atan2((a[0] * b[1]) - (a[1] * b[0]), (a[0] * b[0]) + (a[1] * b[1]))));

    private static int Changes(double[][] path) => path.Zip(path.Skip(1), (a, b) => a[1] * b[1] < 0).Count(yes => yes);
}
