using System.Collections.Immutable;
using AutoDiff.Curvature;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>A training whose loss is flat while its gradient is not: it bounces between a valley's walls.</summary>
internal static class LossAndGradient
{
    // Above 2 / λ on the valley's floor, so that it cannot be kept, and not so far above that the steps no longer repeat.
    private const double Fast = 7;
    private const double Slow = Fast / 10;
    private const int Window = 400;

    public static Experiment Experiment { get; } =
        new(
            "loss-and-gradient",
            ["6"],
            "A loss that no longer falls: is the gradient zero then?",
            "LeeDL, figures 3.18 to 3.20. The loss falls and then stays where it is, but the norm of the gradient does not become small: the parameters jump back and forth between the walls of a valley, and no critical point is near. That plain descent comes to one takes special care.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        var (rows, hidden, steps) = run.IsWhole ? (2048, 24, 9000) : (256, 6, 3000);
        var net = new CloudNet(rows, hidden, 1e-3, run.Key.FoldIn(0));
        var start = net.Start(run.Key.FoldIn(1));
        var fast = net.Descend(run, start, Fast, steps);
        run.Done(0.3);
        var slow = net.Descend(run, start, Slow, steps);
        run.Done(0.6);
        var after = net.Descend(run, fast[^1].Point, Slow, steps);
        run.Done(0.9);
        var report = PlateauDetector.Examine(net.Objective, fast, new() { Window = Window, Cancellation = run.Cancellation });
        var signs = report.Signs;
        var kind = CriticalPoint.Classify(net.Objective, fast[^1].Point, new() { Cancellation = run.Cancellation }).Kind;
        var middle = Middle(net, fast);
        var pairs = Lanczos.Largest(net.Objective.Hessian(middle), 2, new() { Cancellation = run.Cancellation });
        var floor = Lanczos.Largest(
            net.Objective.Hessian(net.Objective.Ravel(after[^1].Point)),
            1,
            new() { Cancellation = run.Cancellation }
        );
        return new()
        {
            Figures =
            [
                new(
                    "Loss and gradient of the same steps, and the valley seen along its sharpest and its next direction.",
                    [
                        Histories.Losses("Loss", ("rate 7", 0, fast), ("rate 0.7", 0, slow), ("7, then 0.7", steps, after)),
                        Histories.Gradients("Gradient", ("rate 7", 0, fast), ("rate 0.7", 0, slow), ("7, then 0.7", steps, after)),
                        Valley(net, middle, [.. pairs.Value.OrderByDescending(pair => pair.Value)], fast),
                    ]
                )
                {
                    Columns = 3,
                },
            ],
            Checks =
            [
                Check.AtMost($"the loss is flat: its trend within the last {Window} steps, of its largest", 1e-3, signs.LossTrend),
                Check.Above("the gradient then, of its largest", 0.01, signs.GradientShare),
                Check.Between("steps turn back: mean cosine between two that follow each other", -1, -0.5, signs.Turning),
                // Descent leaves a minimum where the rate times the largest eigenvalue is above 2.
                Check.Above(
                    "rate x largest eigenvalue on the valley's floor, where a tenth of the rate leads",
                    2,
                    Fast * floor.Value[0].Value
                ),
                Check.Equal("what the detector says of its last steps", PlateauVerdict.Oscillation, report.Verdict),
                Check.Equal("what the last point is", CriticalPointKind.NotCritical, kind),
                Check.Below(
                    "the loss falls on at a tenth of the rate, below all of these steps",
                    fast[^Window..].Min(point => point.Loss),
                    after[^1].Loss
                ),
                Check.AtMost(
                    "and the gradient does become small, of its largest",
                    0.01,
                    after[^1].GradientNorm / fast.Max(point => point.GradientNorm)
                ),
            ],
        };
    }

    /// <summary>The middle between the last two points: on the valley's floor where they are on its walls.</summary>
    private static double[] Middle(CloudNet net, TrainingPoint<TensorMap>[] history)
    {
        var (last, before) = (net.Objective.Ravel(history[^1].Point), net.Objective.Ravel(history[^2].Point));
        return [.. last.Zip(before, (a, b) => (a + b) / 2)];
    }

    private static Panel Valley(CloudNet net, double[] middle, ImmutableArray<RitzPair> pairs, TrainingPoint<TensorMap>[] history)
    {
        const int steps = 12;
        const int grid = 41;
        var (x, y) = (Along(pairs[0]), Along(pairs[1]));
        var reach = 2 * x.Concat(y).Max(Math.Abs);
        double[] ticks = [.. Enumerable.Range(0, grid).Select(i => reach * ((2.0 * i / (grid - 1)) - 1))];
        var plane = Landscape.Plane(net.Objective, At(middle), At(pairs[0].Vector), At(pairs[1].Vector), ticks, ticks);
        return new(
            "The last steps at rate 7",
            new("along the sharpest direction"),
            new("along the next sharp one"),
            [new Mark.Contour(plane.X, plane.Y, plane.Losses), new Mark.Path([.. x], [.. y]) { Name = "12 steps", Colour = 0 }]
        );

        TensorMap At(IEnumerable<double> vector) => net.Objective.Unravel([.. vector]);

        double[] Along(RitzPair pair) =>
            [
                .. history[^steps..]
                    .Select(point => net.Objective.Ravel(point.Point).Select((value, i) => (value - middle[i]) * pair.Vector[i]).Sum()),
            ];
    }
}
