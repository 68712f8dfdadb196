using System.Collections.Immutable;
using AutoDiff.Curvature;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>Panels of what was noted along trainings.</summary>
internal static class Histories
{
    private const int MostPoints = 1000;

    /// <summary>Losses by step.</summary>
    public static Panel Losses(string title, params (string Name, int First, TrainingPoint<TensorMap>[] Points)[] runs) =>
        new(title, new("steps"), new("loss") { From = 0 }, Lines(runs, point => point.Loss));

    /// <summary>Gradients' norms by step, on a logarithmic axis.</summary>
    public static Panel Gradients(string title, params (string Name, int First, TrainingPoint<TensorMap>[] Points)[] runs) =>
        new(title, new("steps"), new("norm of the gradient") { Scale = Scale.Log }, Lines(runs, point => point.GradientNorm));

    private static ImmutableArray<Mark> Lines(
        (string Name, int First, TrainingPoint<TensorMap>[] Points)[] runs,
        Func<TrainingPoint<TensorMap>, double> value
    ) => [.. runs.Select((run, i) => Line(run, value) with { Colour = i })];

    private static Mark.Line Line(
        (string Name, int First, TrainingPoint<TensorMap>[] Points) run,
        Func<TrainingPoint<TensorMap>, double> value
    )
    {
        // An odd stride, so that a loss that goes up and down at each step shows both.
        var stride = (run.Points.Length / MostPoints) | 1;
        var kept = Enumerable.Range(0, run.Points.Length).Where(i => i % stride == 0).ToArray();
        return new([.. kept.Select(i => (double)(run.First + i))], [.. kept.Select(i => value(run.Points[i]))]) { Name = run.Name };
    }
}
