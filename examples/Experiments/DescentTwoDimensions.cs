using System.Collections.Immutable;
using AutoDiff.Optimization;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>Gradient descent in a bowl and in a narrow one.</summary>
internal static class DescentTwoDimensions
{
    private const int Steps = 12;

    public static Experiment Experiment { get; } =
        new(
            "descent-2d",
            ["23"],
            "Which way does it take down a bowl, and down a narrow one?",
            "Kneusel, Math for Deep Learning, figures 11-3 and 11-4: in 6x² + 9y² − 12x − 14y + 3 three starts lead straight to the minimum; in 6x² + 40y² − 12x − 30y + 3 rate 0.02 goes from wall "
                + "to wall and still arrives, rate 0.01 is on the floor at once and then slow along it.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        Way[] wide = [Walk(9, 14, 0.02, [-0.5, 2.9]), Walk(9, 14, 0.02, [1.5, -0.8]), Walk(9, 14, 0.02, [2.7, 2.3])];
        Way[] narrow = [Walk(40, 30, 0.02, [-0.5, 2.3]), Walk(40, 30, 0.01, [2.3, 2.3])];
        run.Done(1);
        return new()
        {
            Figures =
            [
                new(
                    "Twelve updates, and lines of equal values",
                    [Panel("6x² + 9y² − 12x − 14y + 3", wide), Panel("6x² + 40y² − 12x − 30y + 3", narrow)]
                ),
            ],
            Listings =
            [
                Places("6x² + 9y² − 12x − 14y + 3, minimum at (1, 0.777778)", wide),
                Places("6x² + 40y² − 12x − 30y + 3, minimum at (1, 0.375)", narrow),
            ],
            Checks =
            [
                .. wide.Concat(narrow)
                    .Select(way => Plane.Near($"{way.Name}: end, by powers of 1 − 2aη", way.Expected, way.Path[^1], 1e-12)),
                .. wide.Select(way => Check.Equal($"{way.Name}: updates that go uphill", 0, way.Uphill)),
                Check.Equal($"narrow, {narrow[0].Name}: updates from wall to wall, of 12", Steps, narrow[0].Sides),
                Check.Between($"narrow, {narrow[0].Name}: distance from the minimum at the end: it arrives", 0, 0.1, narrow[0].Left),
                Check.Equal($"narrow, {narrow[1].Name}: updates from wall to wall", 0, narrow[1].Sides),
                Check.Between(
                    $"narrow, {narrow[1].Name}: height above the floor after 5 updates",
                    0,
                    1e-3,
                    Math.Abs(narrow[1].Path[5][1] - 0.375)
                ),
                Check.Between($"narrow, {narrow[1].Name}: distance left along it at the end, of 1.3", 0.2, 1.3, narrow[1].Left),
            ],
        };

        Way Walk(double curvature, double slope, double rate, double[] start)
        {
            var path = Path.Of(
                Optimizers.GradientDescent<Tensor>(rate),
                p => Bowl(p, curvature, slope),
                Tensor.Of(start),
                Steps,
                cancellation: run.Cancellation
            );
            return new(curvature, slope, rate, path);
        }
    }

    private static Tensor Bowl(Tensor p, double curvature, double slope) =>
        (6 * Square(p[0])) + (curvature * Square(p[1])) - (12 * p[0]) - (slope * p[1]) + 3;

    private static Plots.Panel Panel(string title, Way[] ways) =>
        Plane.Panel(
            title,
            p => Bowl(p, ways[0].Curvature, ways[0].Slope),
            (-1, 3),
            (-1, 3),
            [],
            [ways[0].Minimum],
            [.. ways.Select(way => (way.Name, way.Path))]
        );

    private static Listing Places(string caption, Way[] ways) =>
        new(
            caption,
            ["update", .. ways.Select(way => way.Name)],
            [
                .. Enumerable
                    .Range(0, Steps + 1)
                    .Select(i => ImmutableArray.Create([$"{i}", .. ways.Select(way => Plane.Text(way.Path[i], 6))])),
            ]
        );

    /// <summary>A walk down 6x² + ay² − 12x − by + 3.</summary>
    private sealed record Way(double Curvature, double Slope, double Rate, double[][] Path)
    {
        public string Name => $"{Rate} from {Plane.Text(Path[0], 1)}";

        public double[] Minimum => [1, Slope / (2 * Curvature)];

        /// <summary>Each coordinate's distance shrinks by itself.</summary>
        public double[] Expected =>
            [
                1 + ((Path[0][0] - 1) * Math.Pow(1 - (12 * Rate), Steps)),
                Minimum[1] + ((Path[0][1] - Minimum[1]) * Math.Pow(1 - (2 * Curvature * Rate), Steps)),
            ];

        public double Left => Plane.Distance(Path[^1], Minimum);

        public int Sides => Path.Zip(Path.Skip(1), (a, b) => (a[1] - Minimum[1]) * (b[1] - Minimum[1]) < 0).Count(yes => yes);

        public int Uphill => Path.Zip(Path.Skip(1), (a, b) => Value(b) > Value(a)).Count(yes => yes);

        private double Value(double[] p) => (6 * p[0] * p[0]) + (Curvature * p[1] * p[1]) - (12 * p[0]) - (Slope * p[1]) + 3;
    }
}
