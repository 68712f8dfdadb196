using System.Collections.Immutable;
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
        if (!section.Spectrum.IsEmpty)
        {
            console.MarkupLine("[grey]  spectrum, by half decades[/]");
            console.Write(Bars(section.Spectrum));
        }
        console.WriteLine();
    }

    private static Grid Bars(ImmutableArray<SpectrumBin> spectrum)
    {
        var grid = new Grid().AddColumns(new GridColumn().RightAligned(), new GridColumn().RightAligned(), new GridColumn().NoWrap());
        var most = spectrum.Max(bin => bin.Count);
        foreach (var bin in spectrum)
            grid.AddRow(ReportText.Range(bin), $"{bin.Count}", $"[{Colour(bin)}]{new string('█', ReportText.Bar(bin.Count, most))}[/]");
        return grid;
    }

    private static string Colour(SpectrumBin bin) =>
        bin.High <= 0 ? "red"
        : bin.Low >= 0 ? "green"
        : "yellow";
}
