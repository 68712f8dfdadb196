using System.Collections.Immutable;
using AutoDiff.Curvature;

namespace AutoDiff.Examples;

/// <summary>The parts of the work that take time, in order.</summary>
public enum Stage
{
    StartSpectrum,
    StartDensity,
    Adam,
    Newton,
    EndSpectrum,
    EndDensity,
    Landscape,
}

/// <summary>How far a part has come, from 0 to 1.</summary>
public readonly record struct JobProgress(Stage Stage, double Fraction);

/// <summary>Joins the steps of a classification into one stage.</summary>
internal sealed class SpectrumProgress(IProgress<JobProgress>? target, Stage stage) : IProgress<RunProgress>
{
    private static readonly ImmutableArray<string> Steps = ["Hessian", "eigenvalues", "inertia"];

    public void Report(RunProgress value) =>
        target?.Report(new(stage, (Math.Max(0, Steps.IndexOf(value.Stage)) + value.Fraction) / Steps.Length));
}

/// <summary>Turns one kind of progress into another at once, on the thread that reports.</summary>
internal sealed class Forward<T>(IProgress<JobProgress>? target, Func<T, JobProgress> convert) : IProgress<T>
{
    public void Report(T value) => target?.Report(convert(value));
}
