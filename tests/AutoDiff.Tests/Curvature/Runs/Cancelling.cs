using AutoDiff.Curvature;

namespace AutoDiff.Tests.Curvature;

/// <summary>Cancels when told for the given time, counted from 0.</summary>
internal sealed class Cancelling(CancellationTokenSource source, int at) : IProgress<RunProgress>
{
    private int _told = -1;

    public void Report(RunProgress value)
    {
        if (Interlocked.Increment(ref _told) == at)
            source.Cancel();
    }
}
