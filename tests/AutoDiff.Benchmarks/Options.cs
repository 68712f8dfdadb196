using System.CommandLine;

namespace AutoDiff.Benchmarks;

/// <summary>Options that several commands have.</summary>
internal static class Options
{
    public static Option<int> Rounds(int count) => Count("--rounds", count, "Turns of each side.");

    public static Option<string?> Json() => new("--json") { HelpName = "FILE", Description = "A file for the figures." };

    public static Option<int> Count(string name, int value, string description) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}
