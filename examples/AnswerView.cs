using System.Collections.Immutable;
using System.Globalization;
using AutoDiff.Examples.Experiments;
using Spectre.Console;

namespace AutoDiff.Examples;

/// <summary>An answer, and the work towards it, on a terminal.</summary>
internal static class AnswerView
{
    /// <summary>Runs the work behind a bar with the time that has gone and that is left; what is written meanwhile stands above it.</summary>
    public static Task<T> WithBar<T>(IAnsiConsole console, string name, Func<IProgress<double>, Task<T>> work) =>
        console
            .Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new ElapsedTimeColumn(),
                new RemainingTimeColumn()
            )
            .StartAsync(context => work(new BarProgress(context.AddTask(Markup.Escape(name), maxValue: 1))));

    public static void WriteQuestion(IAnsiConsole console, Experiment experiment)
    {
        console.MarkupLineInterpolated($"[bold]{experiment.Question}[/]");
        console.MarkupLineInterpolated($"[grey]{experiment.Source}[/]");
        console.WriteLine();
    }

    public static void Write(IAnsiConsole console, Answer answer)
    {
        foreach (var listing in answer.Listings)
            Write(console, listing);
        foreach (var figure in answer.Figures)
            console.WriteLine(PlotText.Of(figure, Math.Clamp(console.Profile.Width - 1, 1, AnswerText.Width)));
        if (answer.Checks.IsEmpty)
            return;
        Write(console, AnswerText.Verdicts(answer.Checks));
        foreach (var reason in AnswerText.Reasons(answer.Checks))
            console.MarkupLineInterpolated($"[red]{reason[..2]}[/]{reason[2..]}");
    }

    private static void Write(IAnsiConsole console, Listing listing)
    {
        var table = new Table().Title($"[bold]{Markup.Escape(listing.Caption)}[/]").Border(TableBorder.Rounded);
        for (var i = 0; i < listing.Columns.Length; i++)
        {
            var column = new TableColumn($"[grey]{Markup.Escape(listing.Columns[i])}[/]");
            table.AddColumn(listing.Rows.All(row => IsNumber(row[i])) ? column.RightAligned() : column);
        }
        foreach (var row in listing.Rows)
            table.AddRow([.. row.Select(Coloured)]);
        console.Write(table);
        console.WriteLine();
    }

    private static bool IsNumber(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static string Coloured(string cell) =>
        cell switch
        {
            "yes" => "[green]yes[/]",
            "NO" => "[red]NO[/]",
            _ => Markup.Escape(cell),
        };

    private sealed class BarProgress(ProgressTask bar) : IProgress<double>
    {
        public void Report(double value) => bar.Value = Math.Max(bar.Value, value);
    }
}
