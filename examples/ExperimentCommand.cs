using System.CommandLine;
using AutoDiff.Examples.Experiments;

namespace AutoDiff.Examples;

/// <summary>The command line of the experiments.</summary>
internal static class ExperimentCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("NAME")
        {
            Description = "Which one; a list of them where omitted.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        name.AcceptOnlyFromAmong([.. Experiment.All.Select(experiment => experiment.Name)]);
        var whole = new Option<bool>("--whole") { Description = "The sizes of the source, however long they take." };
        var data = new Option<string?>("--data") { HelpName = "FOLDER", Description = "Where the data files are." };
        var seed = new Option<ulong>("--seed") { Description = "The number that all draws come from.", DefaultValueFactory = _ => 1 };
        var command = new Command("experiment", "Questions of the sources, answered by running them.") { name, whole, data, seed };
        command.SetAction(
            (parse, cancellation) =>
            {
                var output = parse.InvocationConfiguration.Output;
                if (parse.GetValue(name) is { } chosen)
                {
                    var settings = new ExperimentRun(
                        output,
                        parse.GetValue(whole),
                        parse.GetValue(data),
                        parse.GetValue(seed),
                        cancellation
                    );
                    Experiment.All.Single(experiment => experiment.Name == chosen).Run(settings);
                    cancellation.ThrowIfCancellationRequested();
                    return Task.CompletedTask;
                }
                foreach (var experiment in Experiment.All)
                    output.WriteLine($"{experiment.Name, -12} {experiment.Question}");
                return Task.CompletedTask;
            }
        );
        return command;
    }
}
