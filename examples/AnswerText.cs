using System.Collections.Immutable;
using AutoDiff.Examples.Experiments;

namespace AutoDiff.Examples;

/// <summary>An answer as plain text, in ASCII and within 100 columns: its tables, and what was expected against what came out.</summary>
internal static class AnswerText
{
    /// <summary>The longest line, where no word is longer.</summary>
    public const int Width = 100;

    private const int Gap = 2;

    /// <param name="output">Where it is written.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="plot">Whether its figures are drawn, too, which takes more than ASCII.</param>
    public static void Write(TextWriter output, Answer answer, bool plot = false)
    {
        foreach (var listing in answer.Listings)
            Write(output, listing);
        if (plot)
            foreach (var figure in answer.Figures)
                output.WriteLine(PlotText.Of(figure, Width));
        if (answer.Checks.IsEmpty)
            return;
        Write(output, Verdicts(answer.Checks));
        foreach (var reason in Reasons(answer.Checks))
            output.WriteLine(string.Join('\n', Broken(AsciiText.Of(reason), Width)));
    }

    /// <summary>What was expected against what came out, a row each.</summary>
    public static Listing Verdicts(ImmutableArray<Check> checks) =>
        new(
            "expected and measured",
            ["", "what", "expected", "measured"],
            [.. checks.Select(check => ImmutableArray.Create(check.Holds ? "yes" : "NO", check.What, check.Expected, check.Measured))]
        );

    /// <summary>Why what does not hold does not, where that is known.</summary>
    public static IEnumerable<string> Reasons(ImmutableArray<Check> checks) =>
        checks.Where(check => check is { Holds: false, Reason: not null }).Select(check => $"NO {check.What}: {check.Reason}");

    private static void Write(TextWriter output, Listing listing)
    {
        string[][] rows = [.. listing.Rows.Prepend(listing.Columns).Select(row => row.Select(AsciiText.Of).ToArray())];
        var widths = Widths(rows);
        output.WriteLine(string.Join('\n', Broken(AsciiText.Of(listing.Caption), Width)));
        foreach (var row in rows)
        {
            var cells = row.Select((cell, i) => Broken(cell, widths[i])).ToArray();
            for (var line = 0; line < cells.Max(cell => cell.Count); line++)
                output.WriteLine(
                    string.Join(new string(' ', Gap), cells.Select((cell, i) => (line < cell.Count ? cell[line] : "").PadRight(widths[i])))
                        .TrimEnd()
                );
        }
        output.WriteLine();
    }

    /// <summary>Each column as wide as its longest cell; where all together are too wide, the widest gives way down to its longest word.</summary>
    private static int[] Widths(string[][] rows)
    {
        var columns = Enumerable.Range(0, rows[0].Length).ToArray();
        var widths = Array.ConvertAll(columns, i => rows.Max(row => row[i].Length));
        var words = Array.ConvertAll(columns, i => rows.Max(row => row[i].Split(' ').Max(word => word.Length)));
        while (widths.Sum() + (Gap * (widths.Length - 1)) > Width && columns.Where(i => widths[i] > words[i]).ToArray() is [_, ..] wide)
            widths[wide.MaxBy(i => widths[i])]--;
        return widths;
    }

    /// <summary>Lines of whole words, none of them longer than told unless a word is.</summary>
    private static List<string> Broken(string text, int width)
    {
        List<string> lines = [];
        text = text.Length > width ? text.Trim() : text;
        while (text.Length > width)
        {
            var end = text.LastIndexOf(' ', width);
            end = end > 0 ? end : text.IndexOf(' ', StringComparison.Ordinal);
            if (end <= 0)
                break;
            lines.Add(text[..end].TrimEnd());
            text = text[(end + 1)..].TrimStart();
        }
        return [.. lines, text];
    }
}
