using static System.Globalization.CultureInfo;

namespace AutoDiff.Plots;

/// <summary>A number of an axis, and how it is written there.</summary>
internal readonly record struct Tick(double Value, string Label);

/// <summary>Round numbers, held as integers times powers of ten, so that value and label are exact.</summary>
internal static class Ticks
{
    private const int Digits = 4; // of a number in words

    /// <summary>Units of time, from where each is taken, and how many of it are a step; beyond those, round numbers.</summary>
    private static readonly ImmutableArray<(double Seconds, string Name, int[] Steps)> Units =
    [
        (1e-3, " ms", []),
        (1, " s", [1, 2, 5, 10, 15, 30]),
        (60, " min", [1, 2, 5, 10, 15, 30]),
        (3600, " h", [1, 2, 3, 6, 12]),
        (86400, " d", [1]),
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

    /// <summary>Those at distinct values, in as few digits as tell them apart, four or more.</summary>
    public static ImmutableArray<Tick> At(ImmutableArray<double> values) =>
        Enumerable
            .Range(Digits, 17 - Digits + 1)
            .Select(digits => values.Select(value => new Tick(value, Text(value, digits))).ToImmutableArray())
            .First(ticks => ticks.DistinctBy(tick => tick.Label, StringComparer.Ordinal).Count() == ticks.Length);

    /// <summary>A number in at most so many digits.</summary>
    public static string Text(double value, int digits = Digits)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "NaN"
                : value > 0 ? "∞"
                : "−∞";
        var parts = value.ToString($"E{digits - 1}", InvariantCulture).Replace(".", "", StringComparison.Ordinal).Split('E');
        return Label(long.Parse(parts[0], InvariantCulture), int.Parse(parts[1], InvariantCulture) - digits + 1);
    }

    private static IEnumerable<Tick> Steps(Domain domain, int count)
    {
        var least = domain.To / count - domain.From / count;
        var (size, unit, steps) =
            domain.Scale is Scale.TimeScale ? Units.LastOrDefault(row => row.Seconds < 2 * least, Units[0]) : (1, "", []);
        var power = Top(least / size);
        var step = Array.Find([1, 2, 5, 10], digit => digit == 10 || Number(digit, power) * size >= least * (1 - 1e-9));
        if (Array.Find(steps, step => step * size >= least * (1 - 1e-9)) is var told and > 0)
            (step, power) = (told, 0);
        var first = Math.Ceiling(domain.From / size / Number(step, power));
        var isScientific = Top(Math.Max(Math.Abs(domain.From), Math.Abs(domain.To)) / size) is < -3 or > 5;
        return Enumerable
            .Range(0, count + 2)
            .Select(i => (long)(first + i) * step)
            .Select(n => new Tick(Number(n, power) * size, n == 0 ? "0" : Label(n, power, isScientific) + unit));
    }

    /// <summary>Multiples of powers of ten from a least one, on both sides of 0: first the densest.</summary>
    private static IEnumerable<IEnumerable<Tick>> Decades(Domain domain, double least, int count)
    {
        var nearest = Math.Max(least, Math.Max(domain.From, -domain.To)); // to 0
        var (first, last) = (Top(nearest), Top(Math.Max(Math.Abs(domain.From), Math.Abs(domain.To))));
        for (var stride = Math.Max(0, (last - first) / (count + 1)); stride <= last - first; stride++)
        {
            var above =
                from power in Enumerable.Range(first, last - first + 1)
                where power % Math.Max(1, stride) == 0
                from digit in stride == 0 ? [1, 2, 5] : (int[])[1]
                where Number(digit, power) >= least
                select (Digit: digit, Power: power);
            var below = domain.From < 0 ? above.Reverse().Select(tick => (Digit: -tick.Digit, tick.Power)) : [];
            yield return below
                .Append((Digit: 0, Power: 0))
                .Concat(above)
                .Select(tick => new Tick(Number(tick.Digit, tick.Power), Label(tick.Digit, tick.Power)));
        }
    }

    /// <summary>The power of ten of a number's first digit.</summary>
    private static int Top(double value) => (int)Math.Floor(Math.Log10(Math.Max(value, double.Epsilon)));

    private static double Number(long digits, int power) =>
        double.Parse(string.Create(InvariantCulture, $"{digits}e{power}"), InvariantCulture);

    private static string Label(long digits, int power, bool? isScientific = null)
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
