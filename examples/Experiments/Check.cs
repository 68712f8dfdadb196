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

    /// <summary>Exactly this.</summary>
    public static Check Equal<T>(string what, T expected, T measured)
        where T : notnull =>
        new(
            what,
            Convert.ToString(expected, CultureInfo.InvariantCulture)!,
            Convert.ToString(measured, CultureInfo.InvariantCulture)!,
            EqualityComparer<T>.Default.Equals(expected, measured)
        );

    /// <summary>A number as tables show it.</summary>
    public static string Text(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
