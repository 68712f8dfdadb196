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
    Find,
}

/// <summary>How far a part has come, from 0 to 1.</summary>
public readonly record struct JobProgress(Stage Stage, double Fraction);

/// <summary>Joins the steps of a classification into one stage.</summary>
internal sealed class SpectrumProgress(IProgress<JobProgress>? target, Stage stage) : IProgress<RunProgress>
{
    private static readonly ImmutableArray<string> Steps = ["Hessian", "eigenvalues", "inertia"];
    private static readonly double EigenTolerance = new EigenOptions().Tolerance;

    public void Report(RunProgress value) => target?.Report(new(stage, Fraction(value)));

    private static double Fraction(RunProgress value)
    {
        // Lanczos's iteration does not know its end, but how small its residuals are.
        var (step, fraction) = double.IsNaN(value.Fraction)
            ? ("eigenvalues", NetTraining.Share(value.Measure, EigenTolerance))
            : (value.Stage, value.Fraction);
        return (Math.Max(0, Steps.IndexOf(step)) + fraction) / Steps.Length;
    }
}

/// <summary>Turns one kind of progress into another at once, on the thread that reports.</summary>
internal sealed class Forward<T>(IProgress<JobProgress>? target, Func<T, JobProgress> convert) : IProgress<T>
{
    public void Report(T value) => target?.Report(convert(value));
}
