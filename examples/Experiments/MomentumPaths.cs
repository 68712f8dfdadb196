using System.Collections.Immutable;
using System.Numerics;
using AutoDiff.Optimization;

namespace AutoDiff.Examples.Experiments;

/// <summary>Momentum on the parabola and over two wells.</summary>
internal static class MomentumPaths
{
    private const int Steps = 50;
    private const double Rate = 0.09;
    private const double Coefficient = 0.8;

    public static Experiment Experiment { get; } =
        new(
            "momentum",
            ["25"],
            "How far does momentum go in the same steps?",
            "Kneusel, Math for Deep Learning, figures 11-6 and 11-7, table 11-2: on the parabola (momentum 0.8, rate 0.09, from 0.75) it passes the minimum, comes back and settles. Over two wells "
                + "(momentum 0.9) the way from (1.5, 1.5) winds into the deeper, that from (0.7, −0.2) passes the other minimum and returns.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        double[] line =
        [
            .. Path.Of(Optimizers.ClassicalMomentum<Tensor>(Rate, Coefficient), Parabola.Loss, 0.75, Steps, cancellation: run.Cancellation)
                .Select(x => x[0]),
        ];
        var winding = Path.Of(
            Optimizers.ClassicalMomentum<Tensor>(0.02),
            Wells.Loss,
            Tensor.Of([1.5, 1.5]),
            90,
            cancellation: run.Cancellation
        );
        var returning = Path.Of(
            Optimizers.ClassicalMomentum<Tensor>(0.1),
            Wells.Loss,
            Tensor.Of([0.7, -0.2]),
            25,
            cancellation: run.Cancellation
        );
        run.Done(1);
        var minima = Wells.Minima();
        double[] beyond = [.. returning.Select(p => (p[0] - minima[1][0]) - (p[1] - minima[1][1]))];
        return new()
        {
            Figures =
            [
                new(
                    "The first ten steps on the parabola; 90 and 25 steps over two wells",
                    [
                        Parabola.Panel("Momentum 0.8, rate 0.09", 0.6, 1.4, line[..11]),
                        Wells.Panel("Momentum 0.9", ("rate 0.02", winding), ("rate 0.1", returning)),
                    ]
                ),
            ],
            Listings =
            [
                new(
                    "on the parabola, minimum at 1",
                    ["step", "x"],
                    [
                        .. new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30, 40, 50 }.Select(i =>
                            ImmutableArray.Create($"{i}", $"{line[i]:F6}")
                        ),
                    ]
                ),
                new(
                    "over two wells, momentum 0.9",
                    ["start", "rate", "steps", "end"],
                    [
                        ["(1.5, 1.5)", "0.02", "90", Plane.Text(winding[^1], 5)],
                        ["(0.7, -0.2)", "0.1", "25", Plane.Text(returning[^1], 5)],
                    ]
                ),
            ],
            Checks =
            [
                Check.Above("parabola: it passes the minimum: the largest x of the first 10 steps", 1, line[..11].Max()),
                Check.Below(
                    "parabola: and comes back: the smallest x after that",
                    1,
                    line[Array.IndexOf(line, line[..11].Max())..11].Min()
                ),
                Check.AtMost(
                    "parabola: largest difference from 1 + Re(c·r^k), r² = (1 + μ − 12η)·r − μ",
                    1e-12,
                    line.Select((x, k) => Math.Abs(x - Swing(k))).Max()
                ),
                // |r| = √μ, so that at most |c|·μ^25 = 1.1e-3 is left.
                Check.AtMost("parabola: distance after 50 steps, by then settled", 1.1e-3, Math.Abs(line[^1] - 1)),
                Plane.Near("end from (1.5, 1.5) after 90 steps", [-0.9496, 0.9809], winding[^1], 5e-5),
                Plane.Near("end from (0.7, -0.2) after 25 steps", [0.8807, -0.9063], returning[^1], 5e-5),
                Check.Above("from (0.7, -0.2): how far it passes the minimum, along (1, −1)", 0, beyond.Max()),
                Check.Below("from (0.7, -0.2): where it ends, along (1, −1): it returned", beyond.Max(), beyond[^1], "the furthest"),
            ],
        };
    }

    /// <summary>The place after k steps in closed form: distances follow e(k+1) = (1 + μ − 12η)·e(k) − μ·e(k−1), whose roots are a pair of complex numbers.</summary>
    private static double Swing(int k)
    {
        const double first = 0.75 - 1;
        var sum = 1 + Coefficient - (12 * Rate);
        var root = new Complex(sum / 2, Math.Sqrt(Coefficient - (sum * sum / 4)));
        // e(0) = Re c and, the first step being of descent alone, e(1) = Re(c·r) = (1 − 12η)·e(0).
        var c = new Complex(first, ((root.Real * first) - ((1 - (12 * Rate)) * first)) / root.Imaginary);
        return 1 + (c * Complex.Pow(root, k)).Real;
    }
}
