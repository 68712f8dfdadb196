namespace AutoDiff.Laws;

/// <summary>What a law says of one case.</summary>
public abstract record Verdict
{
    private Verdict() { }

    /// <summary>Whether the law does not fail.</summary>
    public bool IsHeld => this is not Fails;

    /// <summary>The first verdict that is not <see cref="Holds"/>, or else that; later ones are then not computed.</summary>
    public static Verdict First(IEnumerable<Verdict> verdicts)
    {
        ArgumentNullException.ThrowIfNull(verdicts);
        return verdicts.FirstOrDefault(verdict => verdict is not Holds) ?? new Holds();
    }

    /// <summary>The case obeys the law.</summary>
    public sealed record Holds : Verdict;

    /// <summary>The case breaks the law.</summary>
    /// <param name="Message">What was measured, by how much it is off, and what was allowed.</param>
    public sealed record Fails(string Message) : Verdict;

    /// <summary>The law says nothing of the case.</summary>
    /// <param name="Reason">Why not.</param>
    public sealed record Discarded(string Reason) : Verdict;
}
