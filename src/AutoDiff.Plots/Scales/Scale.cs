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
            : throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "[Scale.SymmetricLog] got no positive finite threshold");

    /// <summary>Where a number lies, equal lengths looking equal; not finite where it is not shown.</summary>
    internal virtual double Forward(double value) => value / 2; // half, so that the difference of any two is finite

    /// <summary>The number at a place; infinite beyond all numbers.</summary>
    protected virtual double Inverse(double place) => 2 * place;

    /// <summary>The finite number nearest to a place.</summary>
    internal double Number(double place) => Math.Clamp(Inverse(place), -double.MaxValue, double.MaxValue);

    /// <summary>What is shown on either side of data that are all at a place.</summary>
    internal virtual double Room(double place) => Math.Abs(place) < 1e-290 ? 0.5 : Math.Abs(place) / 2;

    internal sealed record LinearScale : Scale;

    internal sealed record TimeScale : Scale;

    internal sealed record LogScale : Scale
    {
        internal override double Forward(double value) => value > 0 ? Math.Log10(value) : double.NaN;

        protected override double Inverse(double place) => Math.Max(double.Epsilon, Math.Pow(10, place));

        internal override double Room(double place) => 0.5;
    }

    internal sealed record SymmetricLogScale(double Threshold) : Scale
    {
        private readonly double _shift = 1 - Math.Log10(Threshold);

        internal override double Forward(double value) =>
            Math.Abs(value) <= Threshold ? value / Threshold : Math.CopySign(_shift + Math.Log10(Math.Abs(value)), value);

        protected override double Inverse(double place) =>
            Math.Abs(place) <= 1 ? place * Threshold : Math.CopySign(Math.Pow(10, Math.Abs(place) - _shift), place);

        internal override double Room(double place) => 0.5;
    }
}
