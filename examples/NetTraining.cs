using AutoDiff.Curvature;
using AutoDiff.Optimization;
using static AutoDiff.Optimization.Training;
using static AutoDiff.Transforms;

namespace AutoDiff.Examples;

/// <summary>From a start to a point without gradient: Adam for the long way, Newton's method for the last digits.</summary>
public static class NetTraining
{
    public const int AdamSteps = 2000;
    public const double GradientTolerance = 1e-8;

    private const double LearningRate = 0.01;
    private const int MostNewtonSteps = 150;
    private const int StepsPerReport = 20;

    /// <summary>A fixed number of Adam steps on all rows.</summary>
    public static Mlp Adam(
        NetLoss loss,
        Mlp start,
        Batch rows,
        Precision precision,
        IProgress<JobProgress>? progress,
        CancellationToken cancellation
    )
    {
        var adam = Optimizers.Adam<Mlp>(Schedules.Cosine(LearningRate, steps: AdamSteps));
        var step = Compile(
            (State<Mlp, AdamState<Mlp>> state, Batch batch) => Step(adam, state, net => loss.Of(net, batch)),
            new CompileOptions { Precision = precision }
        );
        var steps = new Forward<FoldProgress<State<Mlp, AdamState<Mlp>>>>(
            progress,
            done => new(Stage.Adam, (double)done.Steps / AdamSteps)
        );
        return Fold(step, Init(adam, start), Enumerable.Repeat(rows, AdamSteps), steps, StepsPerReport, cancellation).Parameters;
    }

    /// <summary>How far something has come from 1 down to a tolerance, by its logarithm.</summary>
    internal static double Share(double measure, double tolerance) => Math.Clamp(Math.Log(measure) / Math.Log(tolerance), 0, 1);

    /// <summary>Newton's method until the gradient's norm is below <see cref="GradientTolerance"/>.</summary>
    public static NewtonResult<Mlp> Newton(
        Objective<Mlp> objective,
        Mlp start,
        int threads,
        IProgress<JobProgress>? progress,
        CancellationToken cancellation
    )
    {
        var steps = new Forward<RunProgress>(progress, step => new(Stage.Newton, Share(step.Measure, GradientTolerance)));
        return Curvature.Newton.Minimize(
            objective,
            start,
            new()
            {
                GradientTolerance = GradientTolerance,
                MaxIterations = MostNewtonSteps,
                Threads = threads,
                Progress = steps,
                Cancellation = cancellation,
            }
        );
    }
}
