using System.Collections.Immutable;
using AutoDiff.Optimization;

namespace AutoDiff.Examples.Experiments;

/// <summary>Gradient descent on a parabola, with a small rate and a large one.</summary>
internal static class DescentOneDimension
{
    private const int Steps = 15;

    public static Experiment Experiment { get; } =
        new(
            "descent-1d",
            ["22"],
            "How does gradient descent come down a parabola?",
            "Kneusel, Math for Deep Learning, figures 11-1 and 11-2: on 6x² − 12x + 3 from −0.9 at rate 0.03 ever shorter steps lead to 0.997648; from 0.75 at rate 0.15 each step passes the minimum, and "
                + "it takes longer. The book counts 14 steps between 15 plotted places; its number is that of 15 updates.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        var small = Walk(0.03, -0.9);
        var large = Walk(0.15, 0.75);
        run.Done(1);
        double[] lengths = [.. small.Zip(small.Skip(1), (a, b) => Math.Abs(b - a))];
        return new()
        {
            Figures =
            [
                new(
                    "Fifteen updates",
                    [Parabola.Panel("Rate 0.03 from −0.9", -1, 1.5, small), Parabola.Panel("Rate 0.15 from 0.75", 0.7, 1.3, large)]
                ),
            ],
            Listings =
            [
                new(
                    "6x² − 12x + 3, minimum at 1",
                    ["update", "rate 0.03", "rate 0.15"],
                    [.. Enumerable.Range(0, Steps + 1).Select(i => ImmutableArray.Create($"{i}", $"{small[i]:F6}", $"{large[i]:F6}"))]
                ),
            ],
            Checks =
            [
                Check.Near("rate 0.03: x after 15 updates", 0.997648, small[^1], 5e-7),
                Check.Equal(
                    "rate 0.03: updates shorter than the one before",
                    Steps - 1,
                    lengths.Zip(lengths.Skip(1), (a, b) => b < a).Count(yes => yes)
                ),
                Check.Equal(
                    "rate 0.15: updates that pass the minimum",
                    Steps,
                    large.Zip(large.Skip(1), (a, b) => (a - 1) * (b - 1) < 0).Count(yes => yes)
                ),
                Check.Near("rate 0.15: x after 15 updates, 1 − 0.25·(−0.8)¹⁵", 1 - (0.25 * Math.Pow(-0.8, Steps)), large[^1], 1e-12),
                new(
                    "rate 0.15 takes longer: the share of the distance left after 15 updates",
                    $"above {Check.Text(Left(small))}",
                    Check.Text(Left(large)),
                    Left(large) > Left(small)
                ),
            ],
        };

        double[] Walk(double rate, double start) =>
            [
                .. Path.Of(Optimizers.GradientDescent<Tensor>(rate), Parabola.Loss, start, Steps, cancellation: run.Cancellation)
                    .Select(x => x[0]),
            ];

        static double Left(double[] walk) => Math.Abs(walk[^1] - 1) / Math.Abs(walk[0] - 1);
    }
}
