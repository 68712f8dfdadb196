using System.Collections.Immutable;
using AutoDiff.Examples.Experiments;

namespace AutoDiff.Examples;

/// <summary>An answer as plain text: its tables, and what was expected against what came out.</summary>
internal static class AnswerText
{
    public static void Write(TextWriter output, Answer answer)
    {
        foreach (var listing in answer.Listings)
            Write(output, listing);
        if (answer.Checks.IsEmpty)
            return;
        Write(output, Verdicts(answer.Checks));
        foreach (var check in answer.Checks.Where(check => !check.Holds && check.Reason is not null))
            output.WriteLine($"NO {check.What}: {check.Reason}");
    }

    private static Listing Verdicts(ImmutableArray<Check> checks) =>
        new(
            "expected and measured",
            ["", "what", "expected", "measured"],
            [.. checks.Select(check => ImmutableArray.Create(check.Holds ? "yes" : "NO", check.What, check.Expected, check.Measured))]
        );

    private static void Write(TextWriter output, Listing listing)
    {
        var widths = listing.Columns.Select((column, i) => listing.Rows.Select(row => row[i].Length).Append(column.Length).Max()).ToArray();
        output.WriteLine(listing.Caption);
        output.WriteLine(Line(listing.Columns));
        foreach (var row in listing.Rows)
            output.WriteLine(Line(row));
        output.WriteLine();

        string Line(IEnumerable<string> cells) => string.Join("  ", cells.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd();
    }
}
