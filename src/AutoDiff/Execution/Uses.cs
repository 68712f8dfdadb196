namespace AutoDiff;

/// <summary>Which nodes of a graph only rename another, which are needed, how often each value is used, and which depend on an input.</summary>
internal sealed class Uses
{
    private readonly int[] _same;
    private readonly int[] _count;
    private readonly bool[] _varies;
    private readonly HashSet<int> _outputs = [];

    public Uses(Graph graph)
    {
        var count = graph.Nodes.Length;
        (_same, _count, _varies) = (new int[count], new int[count], new bool[count]);
        IsClosed = graph.Inputs.Length == 0;
        for (var id = 0; id < count; id++)
        {
            var renames = graph.Nodes[id] is Apply { Op.Facts.Arrangement: Arrangement.Same };
            _same[id] = renames ? _same[graph.Arguments(id)[0]] : id;
            _varies[id] = IsClosed || graph.Nodes[id] is Input;
            foreach (var argument in DataArguments(graph, id))
                _varies[id] |= _varies[argument];
        }
        foreach (var id in graph.Outputs)
        {
            _outputs.Add(_same[id]);
            _count[_same[id]]++;
        }
        for (var id = count - 1; id >= 0; id--)
        {
            if (!IsNeeded(id))
                continue;
            foreach (var argument in graph.Arguments(id))
                _count[_same[argument]]++;
        }
    }

    /// <summary>Whether the graph has no inputs: it is run once, so that computing what is constant beforehand would keep every value.</summary>
    public bool IsClosed { get; }

    /// <summary>The node whose value this node's value is.</summary>
    public int Same(int id) => _same[id];

    /// <summary>Whether an output depends on the node's value and the node has one of its own.</summary>
    public bool IsNeeded(int id) => _count[id] > 0;

    /// <summary>How many arguments and outputs the node's value is.</summary>
    public int Count(int id) => _count[id];

    /// <summary>Whether the node's value is an output.</summary>
    public bool IsOutput(int id) => _outputs.Contains(id);

    /// <summary>Whether the value depends on an input; true of every value of a graph without inputs.</summary>
    public bool Varies(int id) => _varies[id];

    public static bool IsElementwise(Tensor node) => node is Apply { Op.Facts.IsElementwise: true };

    /// <summary>The arguments whose values the node's value is made of.</summary>
    public static ReadOnlySpan<int> DataArguments(Graph graph, int id) =>
        graph.Nodes[id] is Apply { Op.Facts.IsMadeOfFirst: true } ? graph.Arguments(id)[..1] : graph.Arguments(id);
}
