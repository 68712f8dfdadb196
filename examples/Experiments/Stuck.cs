using System.Collections.Immutable;
using System.Globalization;
using AutoDiff.Curvature;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>Whether a training that does not get on sits at a saddle: told from its history, confirmed by the Hessian, and left along it.</summary>
internal static class Stuck
{
    private const double Rate = 0.2;
    private const int Every = 10;

    // Of the training that bounces: above 2 / λ in its valley, and not so far above that the steps no longer repeat.
    private const double Bouncing = 7;
    private const int Window = 400;

    public static Experiment Experiment { get; } =
        new(
            "stuck",
            ["14"],
            "Is a training that does not get on stuck at a saddle?",
            "Eight problems of training, 4.3. Three signs tell it: the loss does not fall though it is far from 0, the norm of the gradient is about zero over many steps, and the parameters hover about one place. Eigenvalues of both signs make it certain; there is a way on then.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        var (rows, hidden, steps) = run.IsWhole ? (2048, 24, 1500) : (256, 6, 600);
        var net = new CloudNet(rows, hidden, 0, run.Key.FoldIn(0));
        var plain = net.Descend(run, Start(net, run.Key.FoldIn(1)), Rate, steps);
        run.Done(0.3);
        var options = new PlateauOptions { Cancellation = run.Cancellation };
        var early = PlateauDetector.Examine(net.Objective, plain[..options.Window], options);
        var (at, report) = Detected(run, net, plain, options);
        run.Done(0.5);
        if (report is null)
            return new() { Checks = [new("the detector finds the training at a saddle", "within the run", "never", false)] };
        var saddle = report.Critical!;
        var escape = Saddle.Escape(net.Objective, saddle, new RunOptions { Cancellation = run.Cancellation });
        var escaped = net.Descend(run, escape.Point, Rate, steps - at);
        run.Done(0.7);
        var other = new CloudNet(rows, hidden, 1e-3, run.Key.FoldIn(0));
        var bouncing = other.Descend(run, other.Start(run.Key.FoldIn(1)), Bouncing, run.IsWhole ? 9000 : 3000);
        var not = PlateauDetector.Examine(other.Objective, bouncing, options with { Window = Window });
        run.Done(0.95);
        var half = saddle.Loss / 2;
        var (late, soon) = (First(plain, half), First(escaped, half));
        return new()
        {
            Figures =
            [
                new(
                    "A training that is stuck at a saddle, and last one whose loss is as flat and that is not.",
                    [
                        Histories.Losses("At a saddle: loss", ("descent", 0, plain), ("left along the Hessian", at, escaped)),
                        Histories.Gradients("At a saddle: gradient", ("descent", 0, plain), ("left along the Hessian", at, escaped)),
                        Eigenvalues(saddle),
                        Histories.Losses("Not at one: loss", ("rate 7", 0, bouncing)),
                        Histories.Gradients("Not at one: gradient", ("rate 7", 0, bouncing)),
                    ]
                )
                {
                    Columns = 3,
                },
            ],
            Listings =
            [
                new(
                    $"the detector's signs over the last {options.Window} steps, {Window} at rate 7, and its verdict",
                    ["training", "step", "change of the loss", "gradient", "drift", "turning", "verdict"],
                    [Row("begins", options.Window, early), Row("stuck", at, report), Row("rate 7", bouncing.Length, not)]
                ),
            ],
            Checks =
            [
                new("at its beginning it is not stuck", "some sign is missing", Words(early), !early.Suspected),
                new($"stuck at step {at}: loss flat, gradient about zero, parameters hover", "all three", Words(report), report.Suspected),
                Check.Near(
                    "the loss there, that of the best constant answer: ln 4, far from 0",
                    Math.Log(CloudNet.Classes),
                    plain[at - 1].Loss,
                    1e-3
                ),
                Check.Equal("the verdict of the Hessian", PlateauVerdict.Saddle, report.Verdict),
                Check.Equal("what the critical point is", CriticalPointKind.Saddle, saddle.Kind),
                Check.Equal("its negative eigenvalues: two for each unit", Expected(net).Index, saddle.Index),
                Check.Near("its lowest eigenvalue, from the classes' means", Expected(net).Eigenvalues[0], saddle.Lowest.Value, 1e-6),
                Check.Above("how far the loss falls along the lowest eigenvector", 0, escape.Decrease),
                Check.Below("steps until the loss is half, from there; fewer than descent takes without it", late - at, soon),
                new(
                    "another training's loss is flat, but its gradient is not small: not stuck",
                    "flat, not small",
                    Words(not),
                    not is { LossIsFlat: true, GradientIsSmall: false }
                ),
                Check.Equal("what the detector says of it", PlateauVerdict.Oscillation, not.Verdict),
            ],
        };
    }

    /// <summary>Weights of 1e-8, and biases that favour one class: the loss falls first, to the saddle at weights of zero.</summary>
    private static TensorMap Start(CloudNet net, Key key)
    {
        var start = Transforms.Evaluate(TreeMath.Scale(1e-8, net.Start(key)));
        return start.With("layers.2.bias", Tensor.Of([1, 0, 0, -1], CloudNet.Classes));
    }

    /// <summary>The first of every ten steps at which the detector names a saddle.</summary>
    private static (int Step, PlateauReport<TensorMap>? Report) Detected(
        ExperimentRun run,
        CloudNet net,
        TrainingPoint<TensorMap>[] history,
        PlateauOptions options
    )
    {
        for (var step = options.Window; step <= history.Length; step += Every)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            var report = PlateauDetector.Examine(net.Objective, history[..step], options);
            if (report.Verdict == PlateauVerdict.Saddle)
                return (step, report);
        }
        return (history.Length, null);
    }

    /// <summary>What the Hessian at weights of zero is by hand.</summary>
    private static ClosedForm Expected(CloudNet net) =>
        ClosedForm.Of(
            new(net.Data.Inputs, net.Data.OneHot(CloudNet.Classes).Targets),
            [.. Enumerable.Repeat(1.0 / CloudNet.Classes, CloudNet.Classes)],
            1,
            net.Hidden,
            0
        );

    private static int First(TrainingPoint<TensorMap>[] history, double below)
    {
        var first = Array.FindIndex(history, point => point.Loss < below);
        return first < 0 ? history.Length : first;
    }

    private static Panel Eigenvalues(CriticalPoint<TensorMap> point) =>
        new(
            "Hessian where it is stuck",
            new("eigenvalue's number, ascending"),
            new("eigenvalue"),
            [new Mark.Scatter([.. Enumerable.Range(1, point.Eigenvalues.Length).Select(i => (double)i)], point.Eigenvalues)]
        );

    private static string Words(PlateauReport<TensorMap> report) =>
        string.Join(
            ", ",
            report.LossIsFlat ? "flat" : "not flat",
            report.GradientIsSmall ? "small" : "not small",
            report.Hovers ? "hovers" : "moves"
        );

    private static ImmutableArray<string> Row(string name, int step, PlateauReport<TensorMap> report) =>
        [
            name,
            step.ToString(CultureInfo.InvariantCulture),
            Number(report.Signs.LossTrend),
            Number(report.Signs.GradientShare),
            Number(report.Signs.Drift),
            report.Signs.Turning.ToString("F2", CultureInfo.InvariantCulture),
            report.Verdict.ToString(),
        ];

    private static string Number(double value) => value.ToString("0.0e+0", CultureInfo.InvariantCulture);
}
