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

    /// <summary>A number within a distance of the expected one.</summary>
    public static Check Near(string what, double expected, double measured, double within) =>
        new(what, $"{Text(expected)} ± {Text(within)}", Text(measured), Math.Abs(measured - expected) <= within);

    /// <summary>A number between two others, these included.</summary>
    public static Check Between(string what, double low, double high, double measured) =>
        new(what, $"{Text(low)} to {Text(high)}", Text(measured), low <= measured && measured <= high);

    /// <summary>A number above another.</summary>
    public static Check Above(string what, double bound, double measured) =>
        new(what, $"above {Text(bound)}", Text(measured), measured > bound);

    /// <summary>A number below another.</summary>
    public static Check Below(string what, double bound, double measured) =>
        new(what, $"below {Text(bound)}", Text(measured), measured < bound);

    /// <summary>A size that is at most a bound.</summary>
    public static Check AtMost(string what, double bound, double measured) =>
        new(what, $"at most {Text(bound)}", Text(measured), measured <= bound);

    /// <summary>A statement about all of several.</summary>
    public static Check All<T>(string what, IReadOnlyCollection<T> items, Func<T, bool> holds)
    {
        var count = items.Count(holds);
        return new(what, $"all {items.Count}", $"{count} of {items.Count}", items.Count > 0 && count == items.Count);
    }

    /// <summary>Exactly this.</summary>
    public static Check Equal<T>(string what, T expected, T measured)
        where T : notnull =>
        new(
            what,
            Convert.ToString(expected, CultureInfo.InvariantCulture)!,
            Convert.ToString(measured, CultureInfo.InvariantCulture)!,
            EqualityComparer<T>.Default.Equals(expected, measured)
        );

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
}
