using System.Collections.Immutable;
using AutoDiff.Curvature;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>A training whose loss is flat while its gradient is not: it bounces between a valley's walls.</summary>
internal static class LossAndGradient
{
    private const double Fast = 10;
    private const double Slow = 1;
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
                        Histories.Losses("Loss", ("rate 10", 0, fast), ("rate 1", 0, slow), ("10, then 1", steps, after)),
                        Histories.Gradients("Gradient", ("rate 10", 0, fast), ("rate 1", 0, slow), ("10, then 1", steps, after)),
                        Valley(net, middle, [.. pairs.Value.OrderByDescending(pair => pair.Value)], fast),
                    ]
                ),
            ],
            Checks =
            [
                new(
                    $"change of the loss within the last {Window} steps, of its largest",
                    "up to 0.001",
                    Check.Text(signs.LossTrend),
                    signs.LossTrend <= 1e-3
                ),
                new("the gradient then, of its largest", "above 0.01", Check.Text(signs.GradientShare), signs.GradientShare > 0.01),
                new(
                    "steps turn back: mean cosine between two that follow each other",
                    "-1 to -0.5",
                    Check.Text(signs.Turning),
                    signs.Turning <= -0.5
                ),
                new(
                    "rate x largest eigenvalue on the valley's floor, where a tenth of the rate leads",
                    "above 2: no rate beyond stays",
                    Check.Text(Fast * floor.Value[0].Value),
                    Fast * floor.Value[0].Value > 2
                ),
                Check.Equal("what the detector says of its last steps", PlateauVerdict.Oscillation, report.Verdict),
                Check.Equal("what the last point is", CriticalPointKind.NotCritical, kind),
                new(
                    "the loss falls on at a tenth of the rate",
                    $"below {Check.Text(fast[^Window..].Min(point => point.Loss))}",
                    Check.Text(after[^1].Loss),
                    after[^1].Loss < fast[^Window..].Min(point => point.Loss)
                ),
                new(
                    "and the gradient does become small, of its largest",
                    "up to 0.01",
                    Check.Text(after[^1].GradientNorm / fast.Max(point => point.GradientNorm)),
                    after[^1].GradientNorm <= 0.01 * fast.Max(point => point.GradientNorm)
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
            "The last steps at rate 10",
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
