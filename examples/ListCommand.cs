using System.CommandLine;
using AutoDiff.Examples.Experiments;

namespace AutoDiff.Examples;

/// <summary>The command that names all experiments.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var command = new Command("list", "The experiments, a line each; each runs by its name.");
        command.SetAction(parse =>
        {
            foreach (var experiment in Catalogue.All)
                parse.InvocationConfiguration.Output.WriteLine(
                    $"{experiment.Name, -18} {string.Join(' ', experiment.Rows), -5} {experiment.Question}"
                );
        });
        return command;
    }
}
