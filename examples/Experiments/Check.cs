using System.Globalization;

namespace AutoDiff.Examples.Experiments;

/// <summary>What was expected, held against what came out.</summary>
/// <param name="What">The number or statement.</param>
/// <param name="Expected">What the source, or a theorem, says.</param>
/// <param name="Measured">What came out here.</param>
/// <param name="Holds">Whether that is as expected.</param>
internal sealed record Check(string What, string Expected, string Measured, bool Holds)
{
    /// <summary>Why it does not hold, where that is known; shown only where it does not.</summary>
    public string? Reason { get; init; }

    /// <summary>A number within a distance of the expected one, with as many digits as that takes to see.</summary>
    public static Check Near(string what, double expected, double measured, double within) =>
        new(what, $"{Text(expected, within)} ± {Text(within)}", Text(measured, within), Math.Abs(measured - expected) <= within);

    /// <summary>A number between two others, these included.</summary>
    public static Check Between(string what, double low, double high, double measured) =>
        new(what, $"{Text(low)} to {Text(high)}", Text(measured), low <= measured && measured <= high);

    /// <summary>Exactly this.</summary>
    public static Check Equal<T>(string what, T expected, T measured)
        where T : notnull =>
        new(
            what,
            Convert.ToString(expected, CultureInfo.InvariantCulture)!,
            Convert.ToString(measured, CultureInfo.InvariantCulture)!,
            EqualityComparer<T>.Default.Equals(expected, measured)
        );

    /// <summary>A number above another.</summary>
    /// <param name="what">The number.</param>
    /// <param name="bound">The other.</param>
    /// <param name="measured">What came out.</param>
    /// <param name="of">What the other is, where its value does not tell.</param>
    public static Check Above(string what, double bound, double measured, string? of = null) =>
        new(what, $"above {Named(bound, of)}", Text(measured), measured > bound);

    /// <summary>A number below another.</summary>
    /// <inheritdoc cref="Above"/>
    public static Check Below(string what, double bound, double measured, string? of = null) =>
        new(what, $"below {Named(bound, of)}", Text(measured), measured < bound);

    /// <summary>A size that is at most a bound.</summary>
    public static Check AtMost(string what, double bound, double measured) =>
        new(what, $"at most {Text(bound)}", Text(measured), measured <= bound);

    /// <summary>At least one.</summary>
    public static Check Some(string what, int count) => new(what, "1 or more", $"{count}", count >= 1);

    /// <summary>A statement about all of several.</summary>
    public static Check All<T>(string what, IReadOnlyCollection<T> items, Func<T, bool> holds)
    {
        var count = items.Count(holds);
        return new(what, $"all {items.Count}", $"{count} of {items.Count}", items.Count > 0 && count == items.Count);
    }

    /// <summary>A number as tables show it: six digits, three where it is small, powers of ten as 1e-12.</summary>
    public static string Text(double value) =>
        value.ToString(
            Math.Abs(value) switch
            {
                > 0 and < 1e-4 => "0.##e0",
                >= 1e6 => "0.#####e0",
                _ => "G6",
            },
            CultureInfo.InvariantCulture
        );

    /// <summary>The same, with more decimals where a distance of some size is to be seen.</summary>
    private static string Text(double value, double within)
    {
        const int most = 5;
        var decimals = within > 0 ? Math.Clamp((int)Math.Ceiling(-Math.Log10(within)), 0, most) : 0;
        var text = Text(value);
        var shown = text.Contains('.', StringComparison.Ordinal) ? text.Length - text.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        return !double.IsFinite(value) || Math.Abs(value) is < 1e-3 or >= 1e6 || shown >= decimals
            ? text
            : value.ToString($"0.{new string('#', decimals)}", CultureInfo.InvariantCulture);
    }

    private static string Named(double value, string? of) => of is null ? Text(value) : $"{Text(value)}, {of}";
}
