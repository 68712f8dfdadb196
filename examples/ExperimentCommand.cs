using System.CommandLine;
using AutoDiff.Examples.Experiments;

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
        var json = new Option<string?>("--json") { HelpName = "FILE", Description = "Write the results to a file for machines." };
        var command = new Command(experiment.Name, $"{experiment.Question} {experiment.Source}") { whole, data, seed, json };
        command.Hidden = true; // Some fifty of them: `list` names them.
        command.SetAction(
            (parse, cancellation) =>
            {
                var output = parse.InvocationConfiguration.Output;
                var answer = experiment.Run(
                    new(parse.GetValue(seed), parse.GetValue(whole), parse.GetValue(data), cancellation)
                    {
                        Output = output,
                        Notes = output.WriteLine,
                    }
                );
                cancellation.ThrowIfCancellationRequested();
                AnswerText.Write(output, answer);
                return Task.CompletedTask;
            }
        );
        return command;
    }
}
