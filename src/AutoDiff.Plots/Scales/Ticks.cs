using System.Collections.Immutable;
using System.Globalization;

namespace AutoDiff.Plots;

/// <summary>A number of an axis, and how it is written there.</summary>
internal readonly record struct Tick(double Value, string Label);

/// <summary>Round numbers, held as integers times powers of ten, so that value and label are exact.</summary>
internal static class Ticks
{
    private static readonly (double Seconds, string Unit, int[] Steps)[] Units =
    [
        (1, " s", [1, 2, 5, 10, 15, 30]),
        (60, " min", [1, 2, 5, 10, 15, 30]),
        (3600, " h", [1, 2, 3, 6, 12]),
    ];

    /// <summary>Those within a domain, in their order, at most one more than the count.</summary>
    public static ImmutableArray<Tick> Of(Domain domain, int count)
    {
        var lists = domain.Scale switch
        {
            Scale.LogScale => Logarithmic(domain, count),
            Scale.SymmetricLogScale scale => Symmetric(domain, scale.Threshold, count),
            Scale.TimeScale => [Times(domain.From, domain.To, count)],
            _ => [],
        };
        return lists
            .Select(Within)
            .Where(ticks => ticks.Length >= 2 && ticks.Length <= count + 1)
            .Append(Within(Decimals(domain.From, domain.To, count)))
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
        var parts = value.ToString("E3", CultureInfo.InvariantCulture).Replace(".", "", StringComparison.Ordinal).Split('E');
        return Text(long.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture) - 3);
    }

    private static IEnumerable<Tick> Decimals(double from, double to, int count, string unit = "", double size = 1)
    {
        var least = to / count - from / count;
        var power = (int)Math.Floor(Math.Log10(least));
        var step = Array.Find([1, 2, 5], digit => Number(digit, power) >= least * (1 - 1e-9)) is var found and > 0 ? found : 10;
        var first = (long)Math.Ceiling(from / Number(step, power));
        var top = Top(Math.Max(Math.Abs(from), Math.Abs(to)));
        return Enumerable
            .Range(0, count + 2)
            .Select(i => (first + i) * step)
            .Select(n => new Tick(Number(n, power) * size, n == 0 ? "0" : Text(n, power, top is < -3 or > 5) + unit));
    }

    private static IEnumerable<Tick> Times(double from, double to, int count)
    {
        var least = to / count - from / count;
        foreach (var (seconds, unit, steps) in Units)
            if (least > 0.5 && Array.Find(steps, step => step * seconds >= least) is var step and > 0)
            {
                var first = (long)Math.Ceiling(from / (step * seconds));
                return Enumerable
                    .Range(0, count + 2)
                    .Select(i => (first + i) * step)
                    .Select(n => new Tick(n * seconds, n == 0 ? "0" : Text(n, 0) + unit));
            }
        return least <= 0.5 ? Decimals(from * 1e3, to * 1e3, count, " ms", 1e-3) : Decimals(from / 86400, to / 86400, count, " d", 86400);
    }

    private static IEnumerable<IEnumerable<Tick>> Logarithmic(Domain domain, int count)
    {
        var (first, last) = (Top(domain.From), Top(domain.To));
        if (last - first <= count)
            yield return from power in Powers(first, last, 1)
            from digit in (int[])[1, 2, 5]
            select Of(digit, power);
        for (var stride = Math.Max(1, (last - first) / (count + 1)); stride <= last - first; stride++)
            yield return from power in Powers(first, last, stride)
            select Of(1, power);
    }

    private static IEnumerable<IEnumerable<Tick>> Symmetric(Domain domain, double threshold, int count)
    {
        var (first, last) = (Top(threshold), Top(Math.Max(Math.Abs(domain.From), Math.Abs(domain.To))));
        for (var stride = Math.Max(1, (last - first) / (count + 1)); stride <= last - first; stride++)
        {
            var powers = Powers(first, last, stride).Where(power => Number(1, power) >= threshold).ToArray();
            yield return [.. powers.Reverse().Select(power => Of(-1, power)), Of(0, 0), .. powers.Select(power => Of(1, power))];
        }
    }

    private static IEnumerable<int> Powers(int first, int last, int stride) =>
        Enumerable.Range(first, last - first + 1).Where(power => power % stride == 0);

    /// <summary>The power of ten of a number's first digit.</summary>
    private static int Top(double value) => value == 0 ? -324 : (int)Math.Floor(Math.Log10(value));

    private static Tick Of(long digits, int power) => new(Number(digits, power), Text(digits, power));

    private static double Number(long digits, int power) =>
        double.Parse(string.Create(CultureInfo.InvariantCulture, $"{digits}e{power}"), CultureInfo.InvariantCulture);

    private static string Text(long digits, int power, bool? scientific = null)
    {
        if (digits == 0)
            return "0";
        for (; digits % 10 == 0; power++)
            digits /= 10;
        var text = Math.Abs(digits).ToString(CultureInfo.InvariantCulture);
        var top = text.Length - 1 + power;
        var body =
            scientific ?? top is < -3 or > 5
                ? text[..1]
                    + (text.Length > 1 ? "." + text[1..] : "")
                    + (top < 0 ? "e−" : "e")
                    + Math.Abs(top).ToString(CultureInfo.InvariantCulture)
            : power >= 0 ? text + new string('0', power)
            : top >= 0 ? text.Insert(top + 1, ".")
            : "0." + new string('0', -top - 1) + text;
        return (digits < 0 ? "−" : "") + body;
    }
}
