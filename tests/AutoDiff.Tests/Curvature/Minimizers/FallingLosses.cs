using AutoDiff.Curvature;

namespace AutoDiff.Tests.Curvature;

/// <summary>Whether the losses it is told of never rise by more than their rounding.</summary>
internal sealed class FallingLosses : IProgress<RunProgress>
{
    private double _last = double.PositiveInfinity;

    public bool Fall { get; private set; } = true;

    public int Told { get; private set; }

    public void Report(RunProgress value)
    {
        Fall &= value.Loss <= _last + (1e-13 * Math.Abs(value.Loss)) + 1e-20;
        (_last, Told) = (value.Loss, Told + 1);
    }
}
