using System.Globalization;
using Spectre.Console;

namespace AutoDiff.Examples.Pages;

/// <summary>A report's progress on a terminal: a bar for the experiment under way, one for all.</summary>
internal sealed class ReportBars : IProgress<ReportStep>
{
    private readonly ProgressTask _all;
    private readonly ProgressTask _one;

    private ReportBars(ProgressContext context) => (_all, _one) = (context.AddTask("all"), context.AddTask("the first"));

    /// <summary>Does the work behind the bars.</summary>
    public static Task<T> Around<T>(IAnsiConsole console, Func<IProgress<ReportStep>, Task<T>> work) =>
        console
            .Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(context => work(new ReportBars(context)));

    public void Report(ReportStep value)
    {
        _all.MaxValue = value.Of;
        _all.Value = value.Number - 1 + value.Fraction;
        _all.Description = value.SecondsLeft is { } seconds ? $"all, {Left(Math.Floor(seconds) + 1)} left" : "all";
        _one.MaxValue = 1;
        _one.Value = value.Fraction;
        _one.Description = Markup.Escape($"{value.Number} of {value.Of}: {value.Name}");
    }

    private static string Left(double seconds) =>
        seconds < 60 ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s") : ReportFacts.Text(seconds);
}
