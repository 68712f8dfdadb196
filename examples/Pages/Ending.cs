using System.Collections.Immutable;
using AutoDiff.Examples.Experiments;

namespace AutoDiff.Examples.Pages;

/// <summary>An experiment of a report, and how it ended.</summary>
internal sealed record Entry(Experiment Experiment, Ending Ending);

/// <summary>How an experiment ended.</summary>
internal abstract record Ending
{
    private Ending() { }

    /// <summary>With a result.</summary>
    /// <param name="Result">The result.</param>
    /// <param name="FromCache">Whether an earlier run of the same settings gave it.</param>
    public sealed record Finished(Result Result, bool FromCache) : Ending;

    /// <summary>With an exception.</summary>
    /// <param name="Message">What it says.</param>
    /// <param name="Seconds">How long it ran.</param>
    /// <param name="Notes">What it said came out until then.</param>
    public sealed record Crashed(string Message, double Seconds, ImmutableArray<string> Notes) : Ending;

    /// <summary>Not at all, or not to its end.</summary>
    /// <param name="Why">What it lacked, or that it was cancelled.</param>
    /// <param name="Notes">What it said came out until then.</param>
    public sealed record NotRun(string Why, ImmutableArray<string> Notes) : Ending;
}
