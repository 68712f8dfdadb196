using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;

namespace AutoDiff.Examples.Pages;

/// <summary>A report as lines of text, in ASCII.</summary>
internal static class ReportTable
{
    /// <summary>One experiment's name, what came of it, and seconds.</summary>
    public static string Line(Entry entry) => $"{entry.Experiment.Name, -24} {Words(entry.Ending)}{Suffix(entry.Ending)}";

    /// <summary>All: rows, names, checks that hold of all, seconds.</summary>
    public static void Write(TextWriter output, ImmutableArray<Entry> entries)
    {
        ImmutableArray<string[]> lines =
        [
            ["row", "experiment", "checks", "seconds"],
            .. entries.Select(entry =>
                (string[])[string.Join(' ', entry.Experiment.Rows), entry.Experiment.Name, Checks(entry.Ending), Seconds(entry.Ending)]
            ),
        ];
        int[] widths = [.. Enumerable.Range(0, 4).Select(i => lines.Max(line => line[i].Length))];
        foreach (var line in lines)
            output.WriteLine(
                $"{line[0].PadRight(widths[0])}  {line[1].PadRight(widths[1])}  {line[2].PadRight(widths[2])}  {line[3].PadLeft(widths[3])}".TrimEnd()
            );
    }

    private static string Words(Ending ending)
    {
        if (ending is Ending.Finished { Result: var result })
            return result.Checks.Length > 0 && result.Held() == result.Checks.Length ? "ok" : Checks(ending);
        var verdict = Verdict.Of(ending);
        return AsciiText.Of($"{verdict.Words}: {verdict.Why}".ReplaceLineEndings(" "));
    }

    private static string Suffix(Ending ending) =>
        ending switch
        {
            Ending.Finished { FromCache: true } => ", cached",
            Ending.Finished or Ending.Crashed => $", {Seconds(ending)} s",
            _ => "",
        };

    private static string Checks(Ending ending) =>
        ending switch
        {
            Ending.Finished { Result: var result } => $"{result.Held()} of {result.Checks.Length}",
            Ending.Crashed => "failed",
            Ending.NotRun => "not run",
            _ => throw new UnreachableException(),
        };

    private static string Seconds(Ending ending) =>
        ending switch
        {
            Ending.Finished { Result: var result } => result.Seconds.ToString("0.0", CultureInfo.InvariantCulture),
            Ending.Crashed crash => crash.Seconds.ToString("0.0", CultureInfo.InvariantCulture),
            _ => "",
        };
}
