using System.Globalization;
using Spectre.Console;

namespace AutoDiff.Benchmarks;

/// <summary>Tables on standard output, as Markdown, so that they can be kept as they are.</summary>
internal static class Terminal
{
    private const int RedirectedWidth = 200;

    public static void Say(string text) => Console.WriteLine(text);

    /// <summary>Writes a table; its first columns, as many as are names, are left-aligned, the others right-aligned.</summary>
    public static void Write(int names, string[] columns, IEnumerable<string[]> rows)
    {
        var table = new Table().Border(TableBorder.Markdown);
        for (var i = 0; i < columns.Length; i++)
            table.AddColumn(
                new TableColumn(Markup.Escape(columns[i])) { NoWrap = true, Alignment = i < names ? Justify.Left : Justify.Right }
            );
        foreach (var row in rows)
            table.AddRow(Array.ConvertAll(row, Markup.Escape));
        var console = AnsiConsole.Create(new() { ColorSystem = ColorSystemSupport.NoColors });
        if (Console.IsOutputRedirected)
            console.Profile.Width = RedirectedWidth;
        console.Write(table);
    }

    /// <summary>A number to three digits, or none where there is none.</summary>
    public static string Number(double? value) =>
        value switch
        {
            null => "",
            0 => "0",
            >= 1000 or <= -1000 => value.Value.ToString("N0", CultureInfo.InvariantCulture),
            >= 100 => value.Value.ToString("0", CultureInfo.InvariantCulture),
            >= 10 => value.Value.ToString("0.0", CultureInfo.InvariantCulture),
            >= 1 => value.Value.ToString("0.00", CultureInfo.InvariantCulture),
            _ => value.Value.ToString("0.000", CultureInfo.InvariantCulture),
        };
}
