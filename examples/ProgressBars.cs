using System.Collections.Concurrent;
using System.Diagnostics;
using Spectre.Console;

namespace AutoDiff.Examples;

/// <summary>A bar for each stage, from its first report on.</summary>
internal sealed class ProgressBars(ProgressContext context) : IProgress<JobProgress>
{
    private readonly ConcurrentDictionary<Stage, Lazy<ProgressTask>> _bars = new();

    public void Report(JobProgress value)
    {
        // Lazy: two threads that report at once must not add two bars.
        var bar = _bars.GetOrAdd(value.Stage, stage => new(() => context.AddTask(Name(stage), maxValue: 1))).Value;
        bar.Value = Math.Max(bar.Value, value.Fraction);
    }

    private static string Name(Stage stage) =>
        stage switch
        {
            Stage.StartSpectrum => "Eigenvalues at zero weights",
            Stage.StartDensity => "Density at zero weights",
            Stage.Adam => "Adam",
            Stage.Newton => "Newton",
            Stage.EndSpectrum => "Eigenvalues after training",
            Stage.EndDensity => "Density after training",
            Stage.Landscape => "Landscape",
            Stage.Find => "Critical points",
            _ => throw new UnreachableException(),
        };
}
