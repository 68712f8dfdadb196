using System.Collections.Immutable;
using System.Diagnostics;
using AutoDiff.Examples.Experiments;

namespace AutoDiff.Examples.Pages;

/// <summary>The part of a page that one experiment has.</summary>
internal static class ExperimentSection
{
    public static Html Of(ReportFacts facts, Entry entry)
    {
        var (experiment, ending) = (entry.Experiment, entry.Ending);
        var source = experiment.Source.Length == 0 ? default : Html.Of($"<p class=\"source\">{experiment.Source}</p>\n");
        return Html.Of(
            $"""
            <article id="{experiment.Name}" aria-labelledby="{experiment.Name}-title">
            <h3 id="{experiment.Name}-title">{experiment.Question}</h3>
            <p class="meta">{Rows(experiment.Rows)} {Verdict.Badge(ending)}</p>
            {source}{Shown(facts, experiment.Name, ending)}{Times(ending)}{Repeat(facts.Settings, experiment.Name, ending)}</article>

            """
        );
    }

    private static string Rows(ImmutableArray<string> rows) =>
        rows is ["ours"] ? "The library's own"
        : rows.Length == 1 ? $"Row {rows[0]}"
        : $"Rows {string.Join(", ", rows)}";

    private static Html Shown(ReportFacts facts, string name, Ending ending) =>
        ending switch
        {
            Ending.Finished { Result: var result } => Html.Join([
                .. result.Figures.Select((figure, i) => FigureBlock.Of(name, i + 1, figure)),
                TableBlock.Of(name, result.Checks),
                .. result.Checks.Where(check => !check.Holds).Select(Failure),
                .. result.Listings.Select((listing, i) => TableBlock.Of(name, i + 1, listing)),
                FigureBlock.Files(facts.FigureFolder, name, result.Figures),
            ]),
            Ending.Crashed crash => Html.Join([Words("failure", "It failed.", crash.Message), Notes(crash.Notes)]),
            Ending.NotRun absent => Html.Join([Words("absence", "Not run:", absent.Why), Notes(absent.Notes)]),
            _ => throw new UnreachableException(),
        };

    private static Html Failure(Check check) =>
        Words(
            check.Reason is null ? "failure" : "reason",
            "Does not come out:",
            $"{check.What}; expected {check.Expected}, measured {check.Measured}. {(check.Reason is { } reason ? $"Reason: {reason}" : "No reason is known.")}"
        );

    private static Html Words(string kind, string first, string rest) =>
        Html.Of($"<p class=\"note {kind}\"><strong>{first}</strong> {rest}</p>\n");

    private static Html Notes(ImmutableArray<string> notes) =>
        notes.IsEmpty ? default : Html.Of($"<p>What it said until then:</p>\n<pre tabindex=\"0\">{string.Join('\n', notes)}</pre>\n");

    private static Html Times(Ending ending) =>
        ending switch
        {
            Ending.Finished { FromCache: true, Result: var result } => Meta(
                $"From the cache: run on {ReportFacts.Text(result.When)} with the same settings, in {ReportFacts.Text(result.Seconds)}."
            ),
            Ending.Finished { Result: var result } => Meta(
                $"Run on {ReportFacts.Text(result.When)} in {ReportFacts.Text(result.Seconds)}."
            ),
            Ending.Crashed crash => Meta($"It ran for {ReportFacts.Text(crash.Seconds)}."),
            _ => default,
        };

    private static Html Meta(string words) => Html.Of($"<p class=\"meta\">{words}</p>\n");

    private static Html Repeat(ReportSettings settings, string name, Ending ending)
    {
        var usesData = ending is not Ending.Finished { Result.UsesData: false };
        return Html.Of(
            $"<p class=\"meta\">To repeat it alone:</p>\n<pre class=\"command copied\" tabindex=\"0\">{settings.Command(name, usesData)}</pre>\n"
        );
    }
}
