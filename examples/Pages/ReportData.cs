using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using AutoDiff.Examples.Experiments;

namespace AutoDiff.Examples.Pages;

/// <summary>A report for machines.</summary>
/// <param name="Library">The library's version.</param>
/// <param name="Runtime">The version of .NET.</param>
/// <param name="Processor">What it ran on.</param>
/// <param name="System">The operating system.</param>
/// <param name="Seed">The number that all draws come from.</param>
/// <param name="Whole">Whether the sizes are those of the sources.</param>
/// <param name="When">When it was written.</param>
/// <param name="Seconds">How long it took, with what came from the cache.</param>
/// <param name="Experiments">Its experiments.</param>
internal sealed record ReportData(
    string Library,
    string Runtime,
    string Processor,
    string System,
    ulong Seed,
    bool Whole,
    DateTimeOffset When,
    double Seconds,
    ImmutableArray<ReportedExperiment> Experiments
)
{
    /// <summary>The report's text.</summary>
    public static byte[] Of(ReportFacts facts, ImmutableArray<Entry> entries) =>
        [
            .. JsonSerializer.SerializeToUtf8Bytes(
                new(
                    facts.Surroundings.Library,
                    facts.Surroundings.Runtime,
                    facts.Surroundings.Processor,
                    facts.Surroundings.System,
                    facts.Settings.Seed,
                    facts.Settings.IsWhole,
                    facts.When,
                    facts.Seconds,
                    [.. entries.Select(ReportedExperiment.Of)]
                ),
                ReportDataJson.Default.ReportData
            ),
            (byte)'\n',
        ];
}

/// <summary>An experiment for machines.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rows">The rows it answers.</param>
/// <param name="Question">Its question.</param>
/// <param name="Source">What the source says.</param>
/// <param name="Outcome">finished, failed or notRun.</param>
/// <param name="Message">Why it failed or did not run; null where it finished.</param>
/// <param name="FromCache">Whether the result is from the cache.</param>
/// <param name="When">When it ended; null where it did not finish.</param>
/// <param name="Seconds">How long it ran; null where it did not.</param>
/// <param name="Checks">What was expected against what came out.</param>
/// <param name="Listings">Its tables.</param>
/// <param name="Figures">Its figures' data and specifications.</param>
internal sealed record ReportedExperiment(
    string Name,
    ImmutableArray<string> Rows,
    string Question,
    string Source,
    string Outcome,
    string? Message,
    bool FromCache,
    DateTimeOffset? When,
    double? Seconds,
    ImmutableArray<Check> Checks,
    ImmutableArray<Listing> Listings,
    ImmutableArray<ReportedFigure> Figures
)
{
    public static ReportedExperiment Of(Entry entry) =>
        entry.Ending switch
        {
            Ending.Finished(var result, var fromCache) => Bare(entry, "finished", null) with
            {
                FromCache = fromCache,
                When = result.When,
                Seconds = result.Seconds,
                Checks = result.Checks,
                Listings = result.Listings,
                Figures = [.. result.Figures.Select(ReportedFigure.Of)],
            },
            Ending.Crashed crash => Bare(entry, "failed", crash.Message) with { Seconds = crash.Seconds },
            Ending.NotRun absent => Bare(entry, "notRun", absent.Why),
            _ => throw new UnreachableException(),
        };

    private static ReportedExperiment Bare(Entry entry, string outcome, string? message)
    {
        var experiment = entry.Experiment;
        return new(
            experiment.Name,
            experiment.Rows,
            experiment.Question,
            experiment.Source,
            outcome,
            message,
            false,
            null,
            null,
            [],
            [],
            []
        );
    }
}

/// <summary>A figure for machines.</summary>
internal sealed record ReportedFigure(string Caption, ImmutableArray<ReportedPanel> Panels)
{
    public static ReportedFigure Of(DrawnFigure figure) =>
        new(figure.Caption, [.. figure.Panels.Select(panel => new ReportedPanel(panel.Title, panel.Csv, panel.VegaLite))]);
}

/// <summary>A panel for machines: its data, and a specification that draws them.</summary>
internal sealed record ReportedPanel(string Title, string Csv, string VegaLite);

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReportData))]
internal sealed partial class ReportDataJson : JsonSerializerContext;
