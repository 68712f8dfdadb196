namespace AutoDiff.Properties;

internal static partial class KnownOps
{
    /// <summary>By tests/AutoDiff.Tests/Reference/signals.py; no part of a result is small beside the signal.</summary>
    private static IEnumerable<KnownOp> Fourier() =>
        [
            new(
                new Op.Fft(false),
                [Tensor.Of([8, 1, -0.5, 7, 0.5, 1.5], 2, 3)],
                Tensor.Of([8.5, 6.883974596215562, 8.61602540378444, 9.0, 4.700961894323342, 7.299038105676658], 2, 3)
            ),
            new(
                new Op.Fft(true),
                [Tensor.Of([8, 1, -0.5, 7, 0.5, 1.5], 2, 3)],
                Tensor.Of([8.5, 8.61602540378444, 6.883974596215562, 9.0, 7.299038105676658, 4.700961894323342], 2, 3)
            ),
            new(new Op.Fft(false), [Tensor.Of([3, NaN], 2, 1)], Tensor.Of([NaN, NaN], 2, 1)),
        ];
}
