namespace AutoDiff;

/// <summary>Nodes in the order in which they were added, and the position of each: what a walk knows of a graph. It ends when disposed.</summary>
/// <remarks>
/// A node carries one number, its position in the numbering that took it first; another that meets it meanwhile keeps its own in a table. So threads may
/// walk one graph at once and walks may nest, and what is usual costs a look at the node. The number says nothing by itself: it counts where the node is found there.
/// </remarks>
internal sealed class Numbering : IDisposable
{
    private Tensor[] _nodes = new Tensor[16]; // null where one was removed
    private Dictionary<Tensor, int>? _others; // the positions of nodes that another numbering took

    /// <summary>How many nodes were added.</summary>
    public int Count { get; private set; }

    /// <summary>The node at a position; it was not removed.</summary>
    public Tensor this[int position] => _nodes[position];

    /// <summary>The nodes, where none was removed.</summary>
    public ReadOnlySpan<Tensor> Nodes => _nodes.AsSpan(0, Count);

    /// <summary>The node's position, or a negative number.</summary>
    public int Of(Tensor node)
    {
        var position = node.Number - 1;
        if ((uint)position < (uint)Count && ReferenceEquals(_nodes[position], node))
            return position;
        return _others is not null && _others.TryGetValue(node, out position) ? position : -1;
    }

    /// <summary>Whether the node was added and not removed.</summary>
    public bool Contains(Tensor node) => Of(node) >= 0;

    /// <summary>Adds a node that is not there yet.</summary>
    public void Add(Tensor node)
    {
        if (Count == _nodes.Length)
            Array.Resize(ref _nodes, 2 * Count);
        _nodes[Count++] = node;
        if (Interlocked.CompareExchange(ref node.Number, Count, 0) != 0)
            (_others ??= new(ReferenceEqualityComparer.Instance)).Add(node, Count - 1);
    }

    /// <summary>Adds those of the nodes that are not there yet.</summary>
    public void UnionWith(IEnumerable<Tensor> nodes)
    {
        foreach (var node in nodes)
        {
            if (!Contains(node))
                Add(node);
        }
    }

    /// <summary>Removes the nodes at the positions from <paramref name="start"/> to before <paramref name="end"/>; the others keep theirs.</summary>
    public void Remove(int start, int end)
    {
        for (var position = start; position < end; position++)
        {
            if (_nodes[position] is not Tensor node)
                continue;
            if (_others is null || !_others.Remove(node))
                Volatile.Write(ref node.Number, 0);
            _nodes[position] = null!;
        }
    }

    /// <summary>Lets go of all nodes.</summary>
    public void Dispose()
    {
        Remove(0, Count);
        Count = 0;
    }
}
