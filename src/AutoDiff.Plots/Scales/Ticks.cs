using static System.Globalization.CultureInfo;

namespace AutoDiff.Plots;

/// <summary>A number of an axis, and how it is written there.</summary>
internal readonly record struct Tick(double Value, string Label);

/// <summary>Round numbers, held as integers times powers of ten, so that value and label are exact.</summary>
internal static class Ticks
{
    private static readonly ImmutableArray<(double Seconds, string Unit)> Units =
    [
        (1e-3, " ms"),
        (1, " s"),
        (60, " min"),
        (3600, " h"),
        (86400, " d"),
    ];

    /// <summary>Those within a domain, in their order, at most one more than the count.</summary>
    public static ImmutableArray<Tick> Of(Domain domain, int count)
    {
        var lists = domain.Scale switch
        {
            Scale.LogScale => Decades(domain, domain.From, count),
            Scale.SymmetricLogScale scale => Decades(domain, scale.Threshold, count),
            _ => [],
        };
        return lists
            .Select(Within)
            .Where(ticks => ticks.Length >= 2 && ticks.Length <= count + 1)
            .Append(Within(Steps(domain, count)))
            .First();

        ImmutableArray<Tick> Within(IEnumerable<Tick> ticks) =>
            [.. ticks.Where(tick => domain.From <= tick.Value && tick.Value <= domain.To).DistinctBy(tick => tick.Value)];
    }

    /// <summary>A number in at most four digits.</summary>
    public static string Text(double value)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "NaN"
                : value > 0 ? "∞"
                : "−∞";
        var parts = value.ToString("E3", InvariantCulture).Replace(".", "", StringComparison.Ordinal).Split('E');
        return Text(long.Parse(parts[0], InvariantCulture), int.Parse(parts[1], InvariantCulture) - 3);
    }

    private static IEnumerable<Tick> Steps(Domain domain, int count)
    {
        var least = domain.To / count - domain.From / count;
        var (size, unit) = domain.Scale is Scale.TimeScale ? Units.LastOrDefault(row => row.Seconds <= 2 * least, Units[0]) : (1, "");
        var power = Top(least / size);
        var step = Array.Find([1, 2, 5, 10], digit => digit == 10 || Number(digit, power) * size >= least * (1 - 1e-9));
        var first = Math.Ceiling(domain.From / size / Number(step, power));
        var isScientific = Top(Math.Max(Math.Abs(domain.From), Math.Abs(domain.To)) / size) is < -3 or > 5;
        return Enumerable
            .Range(0, count + 2)
            .Select(i => (long)(first + i) * step)
            .Select(n => new Tick(Number(n, power) * size, n == 0 ? "0" : Text(n, power, isScientific) + unit));
    }

    /// <summary>Multiples of powers of ten from a least one, on both sides of 0: first the densest.</summary>
    private static IEnumerable<IEnumerable<Tick>> Decades(Domain domain, double least, int count)
    {
        var nearest = Math.Max(least, Math.Max(domain.From, -domain.To)); // to 0
        var (first, last) = (Top(nearest), Top(Math.Max(Math.Abs(domain.From), Math.Abs(domain.To))));
        for (var stride = Math.Max(0, (last - first) / (count + 1)); stride <= last - first; stride++)
        {
            var powers = Enumerable.Range(first, last - first + 1).Where(power => power % Math.Max(1, stride) == 0);
            var above = powers.SelectMany(power =>
                (stride == 0 ? [1L, 2L, 5L] : (long[])[1]).Select(digit => (Digit: digit, Power: power))
            );
            var shown = above.Where(tick => Number(tick.Digit, tick.Power) >= least).ToArray();
            var below = domain.From < 0 ? shown.Reverse().Select(tick => (-tick.Digit, tick.Power)) : [];
            yield return from tick in below.Append((0, 0)).Concat(shown)
            select new Tick(Number(tick.Item1, tick.Item2), Text(tick.Item1, tick.Item2));
        }
    }

    /// <summary>The power of ten of a number's first digit.</summary>
    private static int Top(double value) => (int)Math.Floor(Math.Log10(Math.Max(value, double.Epsilon)));

    private static double Number(long digits, int power) =>
        double.Parse(string.Create(InvariantCulture, $"{digits}e{power}"), InvariantCulture);

    private static string Text(long digits, int power, bool? isScientific = null)
    {
        if (digits == 0)
            return "0";
        for (; digits % 10 == 0; power++)
            digits /= 10;
        var text = Math.Abs(digits).ToString(InvariantCulture);
        var top = text.Length - 1 + power;
        var body =
            isScientific ?? top is < -3 or > 5 ? Fraction(text, 1) + (top < 0 ? "e−" : "e") + Math.Abs(top).ToString(InvariantCulture)
            : power >= 0 ? text + new string('0', power)
            : Fraction(new string('0', Math.Max(0, -top)) + text, Math.Max(0, top) + 1);
        return digits < 0 ? "−" + body : body;
    }

    private static string Fraction(string digits, int whole) => digits.Length > whole ? digits.Insert(whole, ".") : digits;
}
