using AutoDiff.Curvature;

namespace AutoDiff.Tests.Curvature;

/// <summary>Whether the losses it is told of never rise by more than the rounding of the largest of them.</summary>
internal sealed class FallingLosses : IProgress<RunProgress>
{
    private double _last = double.PositiveInfinity;
    private double _largest;

    public bool Fall { get; private set; } = true;

    public int Told { get; private set; }

    public void Report(RunProgress value)
    {
        _largest = Math.Max(_largest, Math.Abs(value.Loss));
        Fall &= value.Loss <= _last + (2e-14 * _largest);
        (_last, Told) = (value.Loss, Told + 1);
    }
}
