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
            var names = Catalogue.All.Max(experiment => experiment.Name.Length);
            var rows = Catalogue.All.Max(experiment => Rows(experiment).Length);
            foreach (var experiment in Catalogue.All)
                parse.InvocationConfiguration.Output.WriteLine(
                    $"{experiment.Name.PadRight(names)}  {Rows(experiment).PadRight(rows)}  {experiment.Question}"
                );
        });
        return command;
    }

    private static string Rows(Experiment experiment) => string.Join(' ', experiment.Rows);
}
