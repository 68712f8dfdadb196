namespace AutoDiff.Plots;

/// <summary>The numbers that an axis shows, all finite, the first below the last.</summary>
internal sealed record Domain(Scale Scale, double From, double To)
{
    private const double Margin = 0.03; // beyond the data, of their length
    private const double Narrowest = 2e-6; // of the numbers themselves: what labels of seven digits tell apart
    private readonly double _start = Scale.Forward(From);
    private readonly double _length = Scale.Forward(To) - Scale.Forward(From);

    /// <summary>From the least of the numbers to the greatest and a little beyond, but not beyond one of the ends.</summary>
    /// <exception cref="ArgumentException">The axis has ends that it cannot have.</exception>
    public static Domain Of(Axis axis, IEnumerable<double> numbers, params IEnumerable<double> ends)
    {
        var scale = axis.Scale;
        if (!IsShown(axis.From ?? 1) || !IsShown(axis.To ?? 1) || axis.From >= axis.To)
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"[Axis {axis.Label}] got From {axis.From}, To {axis.To}; expected From < To, both on its scale"
                )
            );
        double[] shown = [.. numbers.Where(IsShown)];
        var (low, high) = shown is [] ? (double.MaxValue, double.MinValue) : (shown.Min(), shown.Max());
        (low, high) = (axis.From ?? low, axis.To ?? high);
        if (low > high) // nothing to show, or all of it beyond the end that is told
            (low, high) =
                (axis.From ?? axis.To) is { } told ? (told, told)
                : scale is Scale.LogScale ? (1, 10)
                : (0, 1);
        var (start, end) = (scale.Forward(low), scale.Forward(high));
        var room = scale.Room(Math.Max(Math.Abs(start), Math.Abs(end)));
        var isPoint = end - start <= Narrowest * room;
        return new(
            scale,
            axis.From ?? (isPoint || !ends.Contains(low) ? Math.Min(low, scale.Number(start - Beyond())) : low),
            axis.To ?? (isPoint || !ends.Contains(high) ? Math.Max(high, scale.Number(end + Beyond())) : high)
        );

        bool IsShown(double number) => double.IsFinite(scale.Forward(number));

        double Beyond() => isPoint ? room : Margin * (end - start);
    }

    /// <summary>Where a number lies: 0 at the start, 1 at the end; not finite where the scale does not show it.</summary>
    public double Place(double value) => (Scale.Forward(value) - _start) / _length;

    /// <summary>Round numbers within, in their order, at most one more than the count.</summary>
    public ImmutableArray<Tick> Ticks(int count) => Plots.Ticks.Of(this, count);
}
