using System.Collections.Immutable;
using System.Text;
using AutoDiff.Examples.Experiments;

namespace AutoDiff.Examples.Pages;

/// <summary>Runs experiments and writes the page.</summary>
/// <param name="Experiments">The experiments.</param>
/// <param name="Settings">What they are told.</param>
/// <param name="Target">The page's path.</param>
/// <param name="Page">Where the page goes.</param>
/// <param name="Figures">Where the figures' files go that the page links to; null where the page is no file.</param>
/// <param name="Json">Where the results for machines go, if anywhere.</param>
/// <param name="Cache">Results of earlier runs; null to run all anew.</param>
internal sealed record ReportJob(
    ImmutableArray<Experiment> Experiments,
    ReportSettings Settings,
    string Target,
    OutputFile Page,
    FigureFiles? Figures,
    OutputFile? Json,
    ResultCache? Cache
)
{
    /// <summary>What the page says it ran on.</summary>
    public Surroundings Surroundings { get; init; } = Surroundings.Here();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Runs all, says on the way what ended, and writes the page even when cancelled.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var begun = Time.GetTimestamp();
        var runner = new ReportRunner(Settings, Surroundings, Cache, Time);
        var console = ReferenceEquals(output, Console.Out) ? TerminalView.Detect() : null;
        var entries = console is null
            ? await runner
                .RunAsync(Experiments, null, entry => output.WriteLine(ReportTable.Line(entry)), cancellation)
                .ConfigureAwait(false)
            : await ReportBars.Around(console, bars => runner.RunAsync(Experiments, bars, null, cancellation)).ConfigureAwait(false);

        // What is done is written even when cancelled; files before the page, so that its links lead to them at any moment.
        var unwritten = Figures is null ? null : await WriteFiguresAsync(Figures, entries).ConfigureAwait(false);
        var facts = new ReportFacts(Settings, Surroundings, Time.GetUtcNow(), Time.GetElapsedTime(begun).TotalSeconds)
        {
            FigureFolder = Figures is null || unwritten is not null ? null : System.IO.Path.GetFileName(FigureFiles.Beside(Target)),
        };
        await Page.WriteAsync(Encoding.UTF8.GetBytes(ReportPage.Of(facts, entries)), CancellationToken.None).ConfigureAwait(false);
        if (unwritten is null)
            Figures?.Keep(Files(entries).ToHashSet());
        if (Json is not null)
            await Json.WriteAsync(ReportData.Of(facts, entries), CancellationToken.None).ConfigureAwait(false);
        output.WriteLine();
        ReportTable.Write(output, entries);
        output.WriteLine();
        output.WriteLine(System.IO.Path.GetFullPath(Target));
        if (runner.CacheProblem is { } problem)
            error.WriteLine($"results could not be kept: {problem}");
        if (unwritten is not null)
            throw unwritten;
        if (cancellation.IsCancellationRequested)
        {
            error.WriteLine("cancelled");
            return CommandLine.Cancelled;
        }
        return entries.Any(entry => Verdict.Of(entry.Ending).Glance == Glance.Failed) ? CommandLine.Unexpected : CommandLine.Done;
    }

    /// <summary>Writes the files of all figures, or says why that cannot be.</summary>
    private static async Task<RefusedException?> WriteFiguresAsync(FigureFiles files, ImmutableArray<Entry> entries)
    {
        try
        {
            foreach (var (name, figures) in Drawn(entries))
                await files.WriteAsync(name, figures, CancellationToken.None).ConfigureAwait(false);
            return null;
        }
        catch (RefusedException problem)
        {
            return problem;
        }
    }

    private static IEnumerable<string> Files(ImmutableArray<Entry> entries) =>
        Drawn(entries).SelectMany(one => FigureFiles.Of(one.Name, one.Figures)).SelectMany(panel => panel.Files).Select(file => file.Name);

    private static IEnumerable<(string Name, ImmutableArray<DrawnFigure> Figures)> Drawn(ImmutableArray<Entry> entries) =>
        from entry in entries
        let finished = entry.Ending as Ending.Finished
        where finished is not null
        select (entry.Experiment.Name, finished.Result.Figures);
}
