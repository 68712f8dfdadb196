using Spectre.Console;

namespace AutoDiff.Examples;

/// <summary>A report, and the work towards it, on a terminal.</summary>
public static class TerminalView
{
    /// <summary>The console where standard output is a terminal that moves its cursor; null where plain text is due.</summary>
    public static IAnsiConsole? Detect()
    {
        if (Console.IsOutputRedirected)
            return null;
        // no-color.org: any value but the empty one turns colour off.
        var plain = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var console = AnsiConsole.Create(new() { ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect });
        return console.Profile.Capabilities.Ansi ? console : null;
    }

    /// <summary>Runs the work behind progress bars.</summary>
    public static Task<T> WithBars<T>(IAnsiConsole console, Func<IProgress<JobProgress>, Task<T>> work) =>
        console
            .Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new ElapsedTimeColumn()
            )
            .StartAsync(context => work(new ProgressBars(context)));

    public static void Write(IAnsiConsole console, Report report)
    {
        foreach (var section in Sections.Of(report))
            Write(console, section);
    }

    private static void Write(IAnsiConsole console, Section section)
    {
        var table = new Table()
            .Title($"[bold]{Markup.Escape(section.Title)}[/]")
            .Border(TableBorder.Rounded)
            .HideHeaders()
            .AddColumns("", "");
        foreach (var line in section.Lines)
            table.AddRow($"[grey]{Markup.Escape(line.Name)}[/]", Markup.Escape(line.Value));
        console.Write(table);
        foreach (var picture in section.Pictures)
        {
            console.MarkupLineInterpolated($"[grey]  {picture.Caption}[/]");
            console.Write(Rows(picture));
        }
        foreach (var line in section.Map)
            console.WriteLine($"  |{line}|");
        console.WriteLine();
    }

    private static Grid Rows(Bars picture)
    {
        var grid = new Grid().AddColumns(new GridColumn().RightAligned(), new GridColumn().RightAligned(), new GridColumn().NoWrap());
        foreach (var row in picture.Rows)
            grid.AddRow(ReportText.Range(row), row.Amount, $"[{Colour(row)}]{new string('█', picture.Length(row))}[/]");
        return grid;
    }

    private static string Colour(Bar row) =>
        row.High <= 0 ? "red"
        : row.Low >= 0 ? "green"
        : "yellow";
}
