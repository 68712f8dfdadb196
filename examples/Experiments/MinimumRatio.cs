using System.Collections.Immutable;
using System.Globalization;
using AutoDiff.Curvature;
using AutoDiff.Data;
using AutoDiff.Nets;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>Many small nets driven to critical points: loss against the share of positive eigenvalues (LeeDL, figure 3.6), with certified counts.</summary>
internal static class MinimumRatio
{
    // The first as the source has it; the others keep weights from growing for ever, so that more searches end.
    private static readonly double[] Decays = [0, 1e-3, 1e-2];

    private static readonly Activation[] Activations =
    [
        Activation.Tanh,
        Activation.Sigmoid,
        Activation.Softplus(),
        Activation.Gelu,
        Activation.Silu,
    ];

    public static Experiment Experiment { get; } =
        new(
            "minimum-ratio",
            ["2"],
            "Do nets get stuck in local minima, or at saddles?",
            "LeeDL, figure 3.6. Nets are trained until a critical point stops them, each a point of the figure: its loss against the share of positive eigenvalues. The share is at most about 0.5 to 0.6, so that none is a true local minimum; saddles are what is met.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        var nets = run.IsWhole ? 360 : 30;
        var points = new List<Met>();
        var (searches, failures) = (0, 0);
        for (var i = 0; i < nets; i++)
        {
            run.Done((double)i / nets);
            var (found, failed) = Search(run, i, run.Key.FoldIn((ulong)i));
            points.AddRange(found);
            searches += found.Sum(point => point.Count) + failed;
            failures += failed;
            if (run.IsWhole && (i + 1) % 60 == 0)
                run.Note(
                    $"{i + 1} nets: {points.Count} critical points, {points.Count(point => point.Kind == CriticalPointKind.Minimum)} minima"
                );
        }
        return Shown(nets, searches, failures, [.. points]);
    }

    /// <summary>A critical point of a net.</summary>
    /// <param name="Decay">The net's weight decay.</param>
    /// <param name="Point">The point.</param>
    /// <param name="Loss">Its loss, relative to that of the best constant answer.</param>
    /// <param name="Above">How far it is on the way from the net's lowest point up to that answer, 0 to 1.</param>
    /// <param name="Count">How many searches came to it.</param>
    private sealed record Met(double Decay, CriticalPoint<TensorMap> Point, double Loss, double Above, int Count)
    {
        public CriticalPointKind Kind => Point.Kind;

        /// <summary>The share of eigenvalues above 0 as computed, certain or not.</summary>
        public double Computed => (double)Point.Eigenvalues.Count(value => value > 0) / Point.Size;
    }

    /// <summary>A net of its own activation, width, data and weights, and the critical points that searches from four places along its training come to.</summary>
    private static (Met[] Found, int Failed) Search(ExperimentRun run, int number, Key key)
    {
        var keys = key.Split(3);
        var (decay, activation) = (Decays[number % 3], Activations[number / 3 % 5]);
        var (width, rows) = (2 + (number / 15 % 8), number % 2 == 0 ? 15 : 40);
        var teacher = Net.Of([2], new Dense(3), Activation.Tanh, new Dense(1));
        var weights = teacher.Init(keys[0]);
        var data = Toys.Teacher(x => teacher.Apply(weights, x), rows, 2, 0.1, keys[1]);
        var student = Net.Of([2], new Dense(width), activation, new Dense(1));
        var start = Transforms.Evaluate(student.Init(keys[2]));
        var objective = Objective.Of<TensorMap>(
            net => Losses.MeanSquared(student.Apply(net, data.Inputs), data.Targets) + Penalties.L2(net, decay),
            start
        );
        var found = CriticalPoint.Find(
            objective,
            Curvature.Starts.AlongDescent(objective, start, 4, 500, 0.1),
            new() { MaxIterations = run.IsWhole ? 1500 : 300, Cancellation = run.Cancellation }
        );
        var constant = Ops.Mean(Ops.Square(data.Targets - Ops.Mean(data.Targets))).Item();
        var lowest = found.Points.IsEmpty ? 0 : found.Points[0].Point.Loss;
        return (
            [
                .. found.Points.Select(one => new Met(
                    decay,
                    one.Point,
                    one.Point.Loss / constant,
                    (one.Point.Loss - lowest) / (constant - lowest),
                    one.Count
                )),
            ],
            found.Failures.Length
        );
    }

    private static Answer Shown(int nets, int searches, int failures, ImmutableArray<Met> points)
    {
        var (saddles, minima) = (Of(CriticalPointKind.Saddle), Of(CriticalPointKind.Minimum));
        var certain = saddles.Where(point => point.Point.Nullity == 0).ToArray();
        var rank = Statistics.Spearman([.. certain.Select(point => point.Point.MinimumRatio)], [.. certain.Select(point => point.Loss)]);
        var plain = points.Where(point => point.Decay == 0).ToArray();
        var largest = plain.Select(point => point.Computed).DefaultIfEmpty(double.NaN).Max();
        var high = minima.Count(point => point.Above > 0.5);
        var sizes = minima.Select(point => point.Point.Size).ToArray();
        return new()
        {
            Figures =
            [
                new(
                    "Each point a critical point of a net; the further to the right, the more it looks like a minimum. The source's nets have no weight decay.",
                    [
                        Scatter(
                            "Signs that are certain",
                            point => point.Point.MinimumRatio,
                            [.. points.Select(point => point.Kind).Distinct().Order().Select(kind => (kind.ToString(), Of(kind)))]
                        ),
                        Scatter(
                            "Signs as computed",
                            point => point.Computed,
                            [.. Decays.Select(decay => (Name(decay), points.Where(point => point.Decay == decay).ToArray()))]
                        ),
                    ]
                ),
            ],
            Listings =
            [
                new(
                    $"{nets} nets, {searches} searches, {searches - failures} of them to a critical point",
                    ["weight decay", "points", "saddles", "minima", "undecided", "certain ratios", "ratios as computed"],
                    [.. Decays.Select(decay => Row(decay, [.. points.Where(point => point.Decay == decay)]))]
                ),
            ],
            Checks =
            [
                Check.Between("the largest minimum ratio of nets without weight decay, signs as computed", 0.5, 0.6, largest) with
                {
                    Reason =
                        $"{plain.Length} points, of ratios {string.Join(", ", plain.Select(point => point.Computed).Order().Select(ratio => ratio.ToString("F2", CultureInfo.InvariantCulture)))}; the source names neither its nets nor which eigenvalues it takes for zero",
                },
                Check.Equal(
                    "true local minima of nets without weight decay",
                    0,
                    plain.Count(point => point.Kind == CriticalPointKind.Minimum)
                ),
                Check.Equal("true local minima of nets with weight decay", 0, minima.Count(point => point.Decay > 0)) with
                {
                    Reason =
                        $"{minima.Length} points are minima by all their {sizes.Order().FirstOrDefault()} to {sizes.Order().LastOrDefault()} eigenvalues, each above 0 by more than its error: the penalty bends the loss upwards along what the data leave open",
                },
                Check.Above("saddles are what is met: more than minima", minima.Length, saddles.Length),
                new(
                    "rank correlation of loss and ratio, of saddles with no undecided sign",
                    "below 0",
                    string.Create(CultureInfo.InvariantCulture, $"{rank.Statistic:F3}, p {rank.PValue:0e+0}"),
                    rank.Statistic < 0
                ),
                Check.Equal("minima more than half way up from a net's lowest point to the best constant answer", 0, high),
                // The loss is a parabola in the output's bias.
                Check.All("points of a positive eigenvalue, by the output's bias", points, point => point.Point.Positive >= 1),
                Check.All(
                    "counts that factorizations confirm, of the points with no undecided sign",
                    [.. points.Where(point => point.Point.Nullity == 0)],
                    point => point.Point.IndexConfirmed
                ),
            ],
        };

        Met[] Of(CriticalPointKind kind) => [.. points.Where(point => point.Kind == kind)];
    }

    private static Panel Scatter(string title, Func<Met, double> ratio, ImmutableArray<(string Name, Met[] Points)> groups) =>
        new(
            title,
            new("positive of all eigenvalues") { From = 0, To = 1 },
            new("loss / best constant's") { From = 0 },
            [
                .. groups.Select(
                    (group, i) =>
                        new Mark.Scatter([.. group.Points.Select(ratio)], [.. group.Points.Select(point => point.Loss)])
                        {
                            Name = group.Name,
                            Colour = i,
                            Symbol = (Symbol)i,
                            Labels =
                            [
                                .. group.Points.Select(point =>
                                    $"{point.Point.Positive} positive, {point.Point.Index} negative, {point.Point.Nullity} undecided"
                                ),
                            ],
                        }
                ),
            ]
        );

    private static string Name(double decay) => decay == 0 ? "no decay" : $"decay {Check.Text(decay)}";

    private static ImmutableArray<string> Row(double decay, Met[] points) =>
        [
            Name(decay),
            $"{points.Length}",
            $"{points.Count(point => point.Kind == CriticalPointKind.Saddle)}",
            $"{points.Count(point => point.Kind == CriticalPointKind.Minimum)}",
            $"{points.Count(point => point.Point.Nullity > 0)}",
            Range(points.Select(point => point.Point.MinimumRatio)),
            Range(points.Select(point => point.Computed)),
        ];

    private static string Range(IEnumerable<double> values) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{values.DefaultIfEmpty(double.NaN).Min():F2} to {values.DefaultIfEmpty(double.NaN).Max():F2}"
        );
}
