namespace AutoDiff;

/// <summary>Which nodes of a graph are computed together, which only rename another, and which need not be computed.</summary>
internal sealed class Fusion
{
    /// <summary>The most operations of one fused step: longer chains gain nothing and need many registers.</summary>
    private const int MostInstructions = 64;

    private const int Unused = -1;
    private const int Several = -2;

    private readonly int[] _same;
    private readonly int[] _group;
    private readonly bool[] _needed;
    private readonly bool[] _varies;
    private readonly List<List<int>> _members = [];

    public Fusion(Graph graph)
    {
        var count = graph.Nodes.Length;
        (_same, _group, _needed, _varies) = (new int[count], new int[count], new bool[count], new bool[count]);
        // A graph without inputs is run once: computing it beforehand would keep every value.
        var closed = graph.Inputs.Length == 0;
        for (var id = 0; id < count; id++)
        {
            var renames = graph.Nodes[id] is Apply { Op: Op.Map(Unary.Identity or Unary.StopGradient) or Op.Barrier or Op.Custom };
            _same[id] = renames ? _same[graph.Arguments(id)[0]] : id;
            _varies[id] = closed || graph.Nodes[id] is Input;
            foreach (var argument in DataArguments(graph, id))
                _varies[id] |= _varies[argument];
        }
        foreach (var id in graph.Outputs)
        {
            _needed[_same[id]] = true;
            Outputs.Add(_same[id]);
        }
        Assign(graph);
    }

    /// <summary>The nodes whose values are outputs.</summary>
    public HashSet<int> Outputs { get; } = [];

    /// <summary>The node whose value this node's value is.</summary>
    public int Same(int id) => _same[id];

    /// <summary>Whether an output depends on the node's value.</summary>
    public bool Needed(int id) => _needed[id];

    /// <summary>Whether the value depends on an input; true of every value of a graph without inputs.</summary>
    public bool Varies(int id) => _varies[id];

    /// <summary>The elementwise nodes, ascending, that are computed together where <paramref name="id"/> is the last of them; null for other nodes.</summary>
    public List<int>? GroupEndingAt(int id)
    {
        if (_group[id] < 0)
            return null;
        var members = _members[_group[id]];
        return members[^1] == id ? members : null;
    }

    /// <summary>The group of an elementwise node; negative for other nodes.</summary>
    public int GroupOf(int id) => _group[id];

    /// <summary>The arguments whose values the node's value is made of.</summary>
    public static ReadOnlySpan<int> DataArguments(Graph graph, int id) =>
        graph.Nodes[id] is Apply { Op: Op.Barrier or Op.Custom } ? graph.Arguments(id)[..1] : graph.Arguments(id);

    /// <summary>From the last node back: a node joins the group of its users where they are all in one.</summary>
    private void Assign(Graph graph)
    {
        var users = new int[graph.Nodes.Length];
        Array.Fill(users, Unused);
        Array.Fill(_group, Unused);
        for (var id = users.Length - 1; id >= 0; id--)
        {
            if (!_needed[id] || _same[id] != id || graph.Nodes[id] is not Apply apply)
                continue;
            if (apply.Op is Op.Map or Op.Zip or Op.Select)
                _group[id] = Join(graph, id, users[id]);
            foreach (var argument in graph.Arguments(id))
            {
                var source = _same[argument];
                _needed[source] = true;
                users[source] = (users[source] == Unused || users[source] == _group[id]) && _group[id] >= 0 ? _group[id] : Several;
            }
        }
        foreach (var members in _members)
            members.Reverse();
    }

    private int Join(Graph graph, int id, int group)
    {
        if (group >= 0 && _members[group].Count < MostInstructions)
        {
            var root = _members[group][0];
            if (_varies[root] == _varies[id] && graph.Nodes[root].Shape.Equals(graph.Nodes[id].Shape))
            {
                _members[group].Add(id);
                return group;
            }
        }
        _members.Add([id]);
        return _members.Count - 1;
    }
}
