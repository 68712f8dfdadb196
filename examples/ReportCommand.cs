using System.Collections.Immutable;
using System.CommandLine;
using AutoDiff.Examples.Experiments;
using AutoDiff.Examples.Pages;

namespace AutoDiff.Examples;

/// <summary>The command that runs all experiments and writes one page of what comes out.</summary>
internal static class ReportCommand
{
    /// <summary>The command over a list of experiments.</summary>
    public static Command Create(ImmutableArray<Experiment> experiments)
    {
        var only = new Option<string?>("--only") { HelpName = "ROWS", Description = "Only these rows or experiments, as in 2,18,valley." };
        var quick = new Option<bool>("--quick") { Description = "Sizes that end within seconds, in place of the sources'." };
        var (data, seed) = (ExperimentCommand.Data(), ExperimentCommand.Seed());
        var target = new Option<string>("--output")
        {
            HelpName = "FILE",
            Description =
                "The page to write; one that is there is replaced whole. Its figures' data go to a folder beside it, as in report-figures.",
            DefaultValueFactory = _ => "report.html",
        };
        var json = new Option<string?>("--json") { HelpName = "FILE", Description = "Write the results to a file for machines, too." };
        var cache = new Option<string?>("--cache")
        {
            HelpName = "FOLDER",
            Description = $"Where results are kept, so that no run is repeated; {ResultCache.StandardFolder()} where omitted.",
        };
        var anew = new Option<bool>("--no-cache") { Description = "Run all anew, and keep nothing." };
        var command = new Command(
            "report",
            $"Run all experiments and write one page of what comes out. Exit code {CommandLine.Done}: it came out, or the reason is stated; "
                + $"{CommandLine.Unexpected}: a check failed without a known reason, or an experiment failed; {CommandLine.Refused}: refused; "
                + $"{CommandLine.Cancelled}: cancelled, the page holds what was done."
        )
        {
            only,
            quick,
            data,
            seed,
            target,
            json,
            cache,
            anew,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(anew) && result.GetValue(cache) is not null)
                result.AddError("--no-cache: got --cache, too; expected one of them");
        });
        command.SetAction(
            (parse, cancellation) =>
            {
                var path = parse.GetRequiredValue(target);
                var chosen = Only.Of(experiments, parse.GetValue(only));
                var page = OutputFile.At(path, "--output");
                var job = new ReportJob(
                    chosen,
                    new(parse.GetValue(seed), !parse.GetValue(quick), ExperimentCommand.ExistingFolder(parse.GetValue(data))),
                    path,
                    page,
                    page.IsFile ? FigureFiles.In(FigureFiles.Beside(path), "--output") : null,
                    parse.GetValue(json) is { } machines ? OutputFile.At(machines) : null,
                    parse.GetValue(anew) ? null : ResultCache.In(parse.GetValue(cache) ?? ResultCache.StandardFolder())
                );
                return job.RunAsync(parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error, cancellation);
            }
        );
        return command;
    }
}
