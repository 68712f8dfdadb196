using System.Collections.Immutable;
using AutoDiff.Examples.Experiments;

namespace AutoDiff.Examples.Pages;

/// <summary>Picks experiments by name, or by the rows they answer.</summary>
internal static class Only
{
    /// <summary>Those that are named, in the order of all; all where nothing is said.</summary>
    /// <exception cref="RefusedException">A name stands for none.</exception>
    public static ImmutableArray<Experiment> Of(ImmutableArray<Experiment> all, string? only)
    {
        if (only is null)
            return all;
        var names = only.Split(',', StringSplitOptions.TrimEntries);
        foreach (var name in names)
            if (!all.Any(experiment => IsNamed(experiment, name)))
                throw new RefusedException(
                    $"--only {only}: got {(name.Length == 0 ? "an empty name" : $"\"{name}\"")}; expected rows or names, with commas between them: "
                        + string.Join(' ', all.SelectMany(experiment => experiment.Rows).Distinct())
                        + " or "
                        + string.Join(' ', all.Select(experiment => experiment.Name))
                );
        return [.. all.Where(experiment => names.Any(name => IsNamed(experiment, name)))];
    }

    private static bool IsNamed(Experiment experiment, string name) =>
        name == experiment.Name || experiment.Rows.Contains(name, StringComparer.OrdinalIgnoreCase);
}
