namespace AutoDiff.Plots;

/// <summary>How numbers lie on an axis.</summary>
public abstract record Scale
{
    private Scale() { }

    /// <summary>Equal differences are equally far apart.</summary>
    public static Scale Linear { get; } = new LinearScale();

    /// <summary>Equal ratios are equally far apart; numbers that are not positive are not shown.</summary>
    public static Scale Log { get; } = new LogScale();

    /// <summary>Seconds, ticked in milliseconds, seconds, minutes, hours or days.</summary>
    public static Scale Time { get; } = new TimeScale();

    /// <summary>Linear between −threshold and threshold, logarithmic on both sides of it.</summary>
    /// <param name="threshold">Above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not a positive number.</exception>
    public static Scale SymmetricLog(double threshold) =>
        threshold > 0 && double.IsFinite(threshold)
            ? new SymmetricLogScale(threshold)
            : throw new ArgumentOutOfRangeException(
                nameof(threshold),
                threshold,
                "[Scale.SymmetricLog] got a threshold that is no positive number"
            );

    internal sealed record LinearScale : Scale;

    internal sealed record LogScale : Scale;

    internal sealed record TimeScale : Scale;

    internal sealed record SymmetricLogScale(double Threshold) : Scale;
}
