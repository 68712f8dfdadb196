using System.Collections.Immutable;

namespace AutoDiff.Examples.Experiments;

/// <summary>Numbers as tables show them.</summary>
internal static class Cells
{
    /// <summary>A row of a table.</summary>
    public static ImmutableArray<string> Row(params ReadOnlySpan<string> cells) => [.. cells];

    /// <summary>A number with so many digits behind the point.</summary>
    public static string Fixed(double value, int digits) => value.ToString($"F{digits}", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A part of one in percent.</summary>
    public static string Percent(double part) => $"{100 * part:F1}";

    /// <summary>A mean with its standard error.</summary>
    public static string Mean(Nets.SampleSummary summary, int digits) =>
        $"{summary.Mean.ToString($"F{digits}")} ± {summary.StandardError.ToString($"F{digits}")}";
}
