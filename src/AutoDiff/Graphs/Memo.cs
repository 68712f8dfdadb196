namespace AutoDiff;

/// <summary>What is known of a node's value.</summary>
internal sealed class Memo
{
    /// <summary>It was computed on the way to another, and not kept.</summary>
    public static readonly Memo Passed = new(null, null, []);

    /// <summary>It was so computed twice.</summary>
    public static readonly Memo PassedTwice = new(null, null, []);

    private readonly Hold[] _holds;

    private Memo(Constant? value, Tensor[]? arguments, Hold[] holds) => (Value, Arguments, _holds) = (value, arguments, holds);

    /// <summary>The value; null where it was not kept.</summary>
    public Constant? Value { get; }

    /// <summary>What the node has for arguments once it lets go of its own: the value.</summary>
    public Tensor[]? Arguments { get; }

    /// <summary>The derivatives still to be taken for which the node keeps its graph.</summary>
    public IEnumerable<Hold> Holds => _holds.Where(hold => hold.Lasts);

    public bool IsHeld => Array.Exists(_holds, hold => hold.Lasts);

    public static Memo Of(Constant value, Hold[] holds) => new(value, [value], holds);
}
