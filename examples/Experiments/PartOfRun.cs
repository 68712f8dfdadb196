using AutoDiff.Curvature;

namespace AutoDiff.Examples.Experiments;

/// <summary>Tells an experiment's listener how far one part of it has come.</summary>
/// <param name="run">The experiment's run.</param>
/// <param name="from">The fraction of it that is done when the part begins.</param>
/// <param name="to">And when it ends.</param>
internal sealed class PartOfRun(ExperimentRun run, double from, double to) : IProgress<RunProgress>
{
    public void Report(RunProgress value)
    {
        if (double.IsFinite(value.Fraction))
            run.Progress?.Report(from + ((to - from) * value.Fraction));
    }
}
