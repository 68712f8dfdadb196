using System.Diagnostics;

namespace AutoDiff.Examples.Pages;

/// <summary>How an experiment ended, at a glance.</summary>
internal enum Glance
{
    /// <summary>All that was expected came out, or nothing was expected.</summary>
    CameOut,

    /// <summary>Some of it did not, for reasons that are stated.</summary>
    Explained,

    /// <summary>Some of it did not, and no reason is known.</summary>
    Failed,

    /// <summary>It did not run, or not to its end.</summary>
    NotRun,
}

/// <summary>How an experiment ended, in a mark and words.</summary>
/// <param name="Glance">The mark.</param>
/// <param name="Words">How, in a word or two.</param>
/// <param name="Why">What did not come out or why it did not run; null where nothing is amiss.</param>
internal sealed record Verdict(Glance Glance, string Words, string? Why = null)
{
    /// <summary>What an experiment's ending comes to.</summary>
    public static Verdict Of(Ending ending) =>
        ending switch
        {
            Ending.Finished { Result: { Checks.IsEmpty: true } } => new(Glance.CameOut, "ran, nothing to check"),
            Ending.Finished { Result: var result } when result.Held() == result.Checks.Length => new(Glance.CameOut, "came out"),
            Ending.Finished { Result: var result } => new(
                result.HasUnexplained() ? Glance.Failed : Glance.Explained,
                $"{result.Held()} of {result.Checks.Length} came out",
                NotAsStated(result)
            ),
            Ending.Crashed { Message: var message } => new(Glance.Failed, "failed", message),
            Ending.NotRun { Why: var why } => new(Glance.NotRun, "not run", why),
            _ => throw new UnreachableException(),
        };

    /// <summary>The first that does not hold, and how many more.</summary>
    private static string NotAsStated(Result result)
    {
        var failing = result.Checks.Where(check => !check.Holds).Select(check => check.What).ToArray();
        return $"not as stated: {failing[0]}{(failing.Length > 1 ? $", and {failing.Length - 1} more" : "")}";
    }

    /// <summary>An ending's mark and words, for those who see colours and those who do not.</summary>
    public static Html Badge(Ending ending)
    {
        var verdict = Of(ending);
        return Badge(verdict.Glance, verdict.Words);
    }

    /// <summary>A mark and words.</summary>
    public static Html Badge(Glance glance, string words)
    {
        var (mark, style) = glance switch
        {
            Glance.CameOut => ("✓", "good"),
            Glance.Explained => ("≈", "partly"),
            Glance.Failed => ("✗", "bad"),
            Glance.NotRun => ("–", "absent"),
        };
        return Html.Of($"<span class=\"badge {style}\"><span aria-hidden=\"true\">{mark}</span> {words}</span>");
    }
}
