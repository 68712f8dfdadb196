using System.Collections.Immutable;

namespace AutoDiff.Examples.Pages;

/// <summary>A report as one HTML file that needs nothing else: no network, no script.</summary>
internal static class ReportPage
{
    private const string Title = "The sources' figures and tables, computed anew";

    /// <summary>The page; but for times and dates the same for the same results.</summary>
    public static string Of(ReportFacts facts, ImmutableArray<Entry> entries)
    {
        var chapters = Chapter.Of(entries);
        var page = Html.Of(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="color-scheme" content="light dark" />
            <title>AutoDiff: {Title}</title>
            <style>
            {Html.Trusted(InlineSvg.Styles(Pictures(entries)))}{Html.Trusted(Style())}</style>
            </head>
            <body>
            <a class="skip" href="#page-experiments">Skip to the experiments</a>
            <header>
            <h1>{Title}</h1>
            <p class="lead">AutoDiff is a library for automatic differentiation, optimization and curvature in C#. Here it answers the questions of books and papers about training: each section shows what the source says should come out, what came out, and the command that repeats it.</p>
            {Facts(facts)}
            </header>
            <nav aria-labelledby="page-contents">
            <h2 id="page-contents">Contents</h2>
            <p>{Tally(entries)}</p>
            {Html.Join(chapters.Select(Contents))}</nav>
            <main id="page-experiments">
            {Html.Join(chapters.Select((chapter, i) => Body(facts, chapter, i + 1)))}</main>
            </body>
            </html>

            """
        );
        return page.ToString();
    }

    private static IEnumerable<string> Pictures(ImmutableArray<Entry> entries) =>
        entries
            .Select(entry => entry.Ending)
            .OfType<Ending.Finished>()
            .SelectMany(ending => ending.Result.Figures)
            .SelectMany(figure => figure.Panels)
            .Select(panel => panel.Svg);

    private static string Style()
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream("page.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static Html Facts(ReportFacts facts)
    {
        (string Name, string Value)[] rows =
        [
            ("Library", $"AutoDiff {Short(facts.Surroundings.Library)}"),
            ("Runtime", facts.Surroundings.Runtime),
            ("Processor", facts.Surroundings.Processor),
            ("System", facts.Surroundings.System),
            ("Written", ReportFacts.Text(facts.When)),
            ("Seed", $"{facts.Settings.Seed}"),
            ("Sizes", facts.Settings.IsWhole ? "whole: those of the sources" : "quick: smaller ones, that end within seconds"),
            ("Total time", ReportFacts.Text(facts.Seconds)),
        ];
        return Html.Of(
            $"""
            <dl class="facts">
            {Html.Join(rows.Select(row => Html.Of($"<div><dt>{row.Name}</dt><dd>{row.Value}</dd></div>\n")))}</dl>
            """
        );
    }

    /// <summary>A version with the commit it was built from as its first seven digits, as Git shows it.</summary>
    private static string Short(string version) =>
        version.IndexOf('+', StringComparison.Ordinal) is >= 0 and var plus && version.Length > plus + 8 ? version[..(plus + 8)] : version;

    private static string Tally(ImmutableArray<Entry> entries)
    {
        var glances = entries.Select(entry => Verdict.Of(entry.Ending).Glance).ToLookup(glance => glance);
        (Glance Glance, string Words)[] words =
        [
            (Glance.CameOut, "came out"),
            (Glance.Explained, "came out in part, with the reason stated"),
            (Glance.Failed, "failed, or came out in part without a known reason"),
            (Glance.NotRun, "not run"),
        ];
        var parts = words.Where(word => glances[word.Glance].Any()).Select(word => $"{glances[word.Glance].Count()} {word.Words}");
        return $"Of {entries.Length} {(entries.Length == 1 ? "experiment" : "experiments")}: {string.Join("; ", parts)}.";
    }

    private static Html Contents(Chapter chapter) =>
        Html.Of(
            $"""
            <h3>{chapter.Title} <span class="rows">{chapter.Rows}</span></h3>
            <ul class="contents">
            {Html.Join(chapter.Entries.Select(Contents))}</ul>

            """
        );

    private static Html Contents(Entry entry)
    {
        var why = Verdict.Of(entry.Ending).Why is { } words ? Html.Of($" <span class=\"why\">{words}</span>") : default;
        return Html.Of(
            $"""<li><span class="row">{RowsOf(entry)}</span> <a href="#{entry.Experiment.Name}">{entry.Experiment.Question}</a> <span class="verdict">{Verdict.Badge(entry.Ending)}{why}</span></li>{"\n"}"""
        );
    }

    private static string RowsOf(Entry entry) => string.Join(", ", entry.Experiment.Rows);

    private static Html Body(ReportFacts facts, Chapter chapter, int number) =>
        Html.Of(
            $"""
            <section aria-labelledby="page-chapter-{number}">
            <h2 id="page-chapter-{number}">{chapter.Title}</h2>
            {Html.Join(chapter.Entries.Select(entry => ExperimentSection.Of(facts, entry)))}</section>

            """
        );
}
