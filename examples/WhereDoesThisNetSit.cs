using AutoDiff.Curvature;
using static AutoDiff.Transforms;

namespace AutoDiff.Examples;

/// <summary>The main job: a net at zero weights and after training, and what kind of point of its loss each is.</summary>
public static class WhereDoesThisNetSit
{
    private const double Spread = 0.1;

    /// <exception cref="RefusedException">The net does not fit into memory, or training leaves the range of numbers.</exception>
    public static Report Run(
        JobOptions options,
        DataSet data,
        IProgress<JobProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var setting = Setting.Of(options, data);
        var loss = new NetLoss(options.Activation, options.L2);
        Tensor Total(Mlp net) => loss.Of(net, data.Rows);
        CurvatureOptions Curvature(Stage stage)
        {
            var steps = new SpectrumProgress(progress, stage);
            return new()
            {
                Threads = options.Threads,
                GradientTolerance = NetTraining.GradientTolerance,
                MostDense = options.MostDense,
                MostFactored = options.MostFactored,
                Ends = new() { Progress = steps },
                Progress = steps,
                Cancellation = cancellation,
            };
        }

        var bias = OutputBias.Optimum([.. data.Counts.Select(count => (double)count / setting.Rows)], options.L2);
        var origin = Mlp.Zeros(setting.Widths).WithOutputBias(Tensor.Of(bias.AsSpan()));
        var objective = Objective.Of(Total, origin);
        var start = CriticalPoint.Classify(objective, origin, Curvature(Stage.StartSpectrum));

        var startDensity = Density(start, Stage.StartDensity);

        var leaves = start.Index > 0 && start.Kind != CriticalPointKind.NotCritical;
        var lower = leaves ? Saddle.Escape(objective, start, new() { Cancellation = cancellation }) : null;

        // An eigenvector moves all hidden units in proportion; without the seed's noise some may never part.
        var away = Evaluate((lower?.Point ?? origin).Perturbed(Key.Of(options.Seed), Spread));
        var precision = options.SinglePrecision ? Precision.Single : Precision.Double;
        var trained = NetTraining.Adam(loss, away, data.Rows, precision, progress, cancellation);
        if (!double.IsFinite(Total(trained).Item()))
            throw new RefusedException($"training ran off to a loss of {Total(trained).Item()}; scale the features or raise --l2");
        var settled = NetTraining.Newton(objective, trained, options.Threads, progress, cancellation);
        if (double.IsNaN(settled.Decrement))
            throw new RefusedException("training ended where the gradient or the Hessian is not finite; scale the features or raise --l2");

        var end = CriticalPoint.Classify(objective, settled.Point, Curvature(Stage.EndSpectrum));
        var endDensity = Density(end, Stage.EndDensity);
        var landscape = options.Landscape is { } plane
            ? LandscapeReport.Of(objective, end, plane, Key.Of(options.Seed), Run(Stage.Landscape, step => step.Fraction))
            : null;
        var found =
            options.Find > 0
                ? FindReport.Of(
                    objective,
                    away,
                    end.Point,
                    Math.Max(start.Highest.Value, end.Highest.Value),
                    options,
                    net => loss.Accuracy(net, data.Rows),
                    Run(Stage.Find, step => step.Fraction)
                )
                : null;
        return new(
            setting,
            PointReport.Of(start, loss.Accuracy(start.Point, data.Rows)),
            Expectation.Of(options, data.Rows, OutputBias.Softmax(bias.AsSpan()), start),
            EscapeReport.Of(lower),
            TrainingReport.Of(Spread, Total(away).Item(), Total(trained).Item(), settled),
            PointReport.Of(end, loss.Accuracy(end.Point, data.Rows))
        )
        {
            StartDensity = startDensity,
            EndDensity = endDensity,
            Landscape = landscape,
            Found = found,
        };

        DensityReport? Density(CriticalPoint<Mlp> point, Stage stage) =>
            options.Density ? DensityReport.Of(objective, point, Key.Of(options.Seed), Run(stage, DensityReport.Fraction)) : null;

        RunOptions Run(Stage stage, Func<RunProgress, double> fraction) =>
            new()
            {
                Threads = options.Threads,
                Progress = new Forward<RunProgress>(progress, step => new(stage, fraction(step))),
                Cancellation = cancellation,
            };
    }
}
