namespace AutoDiff.Laws;

/// <summary>A statement that must hold of every case.</summary>
/// <typeparam name="TCase">What the law is about.</typeparam>
/// <param name="Name">A short name, unique among its fellows.</param>
/// <param name="Statement">The law as a formula or a sentence.</param>
/// <param name="Judge">Decides one case.</param>
public sealed record Law<TCase>(string Name, string Statement, Func<TCase, Verdict> Judge)
{
    /// <summary>A law of several parts: a case fails at the first part that does.</summary>
    public Law(string name, string statement, Func<TCase, IEnumerable<Verdict>> parts)
        : this(name, statement, example => Verdict.First(parts(example))) { }

    /// <summary>The same law of something that a case can be made from.</summary>
    public Law<TOther> On<TOther>(Func<TOther, TCase> view) => new(Name, Statement, other => Judge(view(other)));

    /// <summary>The same law of fewer cases: the others are discarded.</summary>
    public Law<TCase> When(Func<TCase, bool> applies, string reason) =>
        this with
        {
            Judge = example => applies(example) ? Judge(example) : new Verdict.Discarded(reason),
        };

    /// <summary>This law, and where it holds the other.</summary>
    public Law<TCase> And(Law<TCase> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(
            $"{Name} and {other.Name}",
            $"{Statement}; {other.Statement}",
            example => Judge(example) is var first and not Verdict.Holds ? first : other.Judge(example)
        );
    }

    /// <summary>Name and statement.</summary>
    public override string ToString() => $"{Name}: {Statement}";
}
