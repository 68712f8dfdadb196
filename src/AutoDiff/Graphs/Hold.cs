namespace AutoDiff;

/// <summary>A derivative that is still to be taken; the token of barriers on which the nodes between it and its result are built.</summary>
/// <remarks>While it lasts such nodes keep their graph, even once their values are known. It ends once and for all when disposed, and they let go.</remarks>
internal class Hold : IDisposable
{
    private readonly Lock _ending = new();
    private List<Apply>? _nodes = [];

    /// <summary>Whether the derivative is still to be taken.</summary>
    public bool Lasts => Volatile.Read(ref _nodes) is not null;

    /// <summary>Notes a node of known value that keeps its graph until the end.</summary>
    public void Add(Apply node)
    {
        lock (_ending)
            _nodes?.Add(node);
    }

    /// <summary>Says that nothing will be differentiated through the nodes any more.</summary>
    public void Dispose()
    {
        List<Apply>? nodes;
        lock (_ending)
            (nodes, _nodes) = (_nodes, null);
        foreach (var node in nodes ?? [])
            node.LetGo();
    }
}
