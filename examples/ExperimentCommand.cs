using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using AutoDiff.Examples.Experiments;
using AutoDiff.Examples.Pages;
using Spectre.Console;

namespace AutoDiff.Examples;

/// <summary>The command line of one experiment, which is its name.</summary>
internal static class ExperimentCommand
{
    public static Option<bool> Whole() => new("--whole") { Description = "The sizes of the source, however long they take." };

    public static Option<string?> Data() =>
        new("--data") { HelpName = "FOLDER", Description = "The folder that holds the folders mnist and fashion-mnist." };

    public static Option<ulong> Seed() => StrictOption.Whole("--seed", 1UL, 0UL, ulong.MaxValue, "The number that all draws come from.");

    public static Command Create(Experiment experiment)
    {
        var (whole, data, seed) = (Whole(), Data(), Seed());
        var json = new Option<string?>("--json")
        {
            HelpName = "FILE",
            Description = "Write checks, tables, the figures' data, settings and versions to a file for machines.",
        };
        var figures = new Option<string?>("--figures")
        {
            HelpName = "FOLDER",
            Description = "Write each figure's panels there: as SVG, as a Vega-Lite specification, and their data as CSV.",
        };
        var plot = new Option<bool>("--plot")
        {
            Description = "Draw the figures in characters, too, where it is no terminal that is written to.",
        };
        var command = new Command(
            experiment.Name,
            $"{experiment.Question} {experiment.Source} Exit code {CommandLine.Done}: done; {CommandLine.Unexpected}: something came out that was not "
                + $"expected and has no known reason; {CommandLine.Refused}: refused, with the reason; {CommandLine.Cancelled}: cancelled."
        )
        {
            whole,
            data,
            seed,
            json,
            figures,
            plot,
        };
        command.Hidden = true; // Some fifty of them: `list` names them.
        command.SetAction(
            (parse, cancellation) =>
            {
                var run = new ExperimentRun(
                    parse.GetValue(seed),
                    parse.GetValue(whole),
                    ExistingFolder(parse.GetValue(data)),
                    cancellation
                );
                var file = parse.GetValue(json) is { } target ? OutputFile.At(target) : null;
                var folder = parse.GetValue(figures) is { } path ? FigureFiles.In(path) : null;
                return RunAsync(experiment, run, file, folder, parse.GetValue(plot), parse.InvocationConfiguration.Output);
            }
        );
        return command;
    }

    /// <summary>The same folder, or none.</summary>
    /// <exception cref="RefusedException">There is no such folder.</exception>
    public static string? ExistingFolder(string? data) =>
        data is null || Directory.Exists(data) ? data : throw new RefusedException($"--data {data}: there is no such folder");

    private static async Task<int> RunAsync(
        Experiment experiment,
        ExperimentRun run,
        OutputFile? json,
        FigureFiles? figures,
        bool plot,
        TextWriter output
    )
    {
        var watch = Stopwatch.StartNew();
        var console = ReferenceEquals(output, Console.Out) ? TerminalView.Detect() : null;
        if (console is not null)
            AnswerView.WriteQuestion(console, experiment);
        var answer = console is null
            ? await WorkAsync(null).ConfigureAwait(false)
            : await AnswerView.WithBar(console, experiment.Name, WorkAsync).ConfigureAwait(false);
        var time = watch.Elapsed;
        if (json is not null)
            await json.WriteAsync(AnswerJson.Of(experiment, run, answer, time), run.Cancellation).ConfigureAwait(false);
        if (figures is not null)
            await figures.WriteAsync(experiment.Name, Drawing.Of(answer.Figures), run.Cancellation).ConfigureAwait(false);
        if (console is null)
            AnswerText.Write(output, answer, plot);
        else
        {
            AnswerView.Write(console, answer);
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[grey]{time.TotalSeconds:0.0} s[/]");
        }
        return answer.Checks.All(check => check.Holds || check.Reason is not null) ? CommandLine.Done : CommandLine.Unexpected;

        // On a thread that is left behind when cancelled: work that is long in asking for the token must not keep anyone waiting.
        Task<Answer> WorkAsync(IProgress<double>? progress) =>
            Interruptible.Run(() => experiment.Run(run with { Progress = progress, Notes = Note }), run.Cancellation);

        void Note(string line)
        {
            if (run.Cancellation.IsCancellationRequested)
                return;
            lock (watch)
                if (console is null)
                    output.WriteLine(AsciiText.Of(line));
                else
                    console.WriteLine(line);
        }
    }
}
