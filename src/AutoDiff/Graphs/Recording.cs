namespace AutoDiff;

/// <summary>The nodes that this thread builds from here until it is disposed of.</summary>
internal sealed class Recording : IDisposable
{
    [ThreadStatic]
    private static Recording? _innermost;

    private readonly Recording? _outer = _innermost;
    private readonly HashSet<Tensor> _made = new(ReferenceEqualityComparer.Instance);

    public Recording() => _innermost = this;

    /// <summary>Adds a node to the recordings that are open.</summary>
    public static void Add(Tensor node)
    {
        for (var open = _innermost; open is not null; open = open._outer)
            open._made.Add(node);
    }

    /// <summary>Adds nodes that belong to what is built.</summary>
    public void UnionWith(IEnumerable<Tensor> nodes) => _made.UnionWith(nodes);

    /// <summary>Whether a node was built meanwhile.</summary>
    public bool Contains(Tensor node) => _made.Contains(node);

    public void Dispose() => _innermost = _outer;
}
