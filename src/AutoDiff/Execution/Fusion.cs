namespace AutoDiff;

/// <summary>Which elementwise nodes of a graph are computed together.</summary>
internal sealed class Fusion
{
    /// <summary>The most operations of one fused step: longer chains gain nothing and need many registers.</summary>
    private const int MostInstructions = 64;

    // 1 − y² is two; a longer chain is cheaper to store.
    private const int MostRepeated = 2;

    private const int Unused = -1;
    private const int Several = -2;
    private const int Repeated = -3;

    private readonly Graph _graph;
    private readonly Uses _uses;
    private readonly ProductAdditions _additions;
    private readonly int[] _group;
    private readonly List<List<int>> _members = [];

    public Fusion(Graph graph, Uses uses, ProductAdditions additions)
    {
        (_graph, _uses, _additions, _group) = (graph, uses, additions, new int[graph.Nodes.Length]);
        Array.Fill(_group, Unused);
        Assign();
        foreach (var members in _members)
            members.Reverse();
    }

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

    /// <summary>Whether each group that uses the node's value computes it anew, so that it is never stored.</summary>
    public bool IsRepeated(int id) => _group[id] == Repeated;

    /// <summary>From the last node back: a node joins the group of its users where they are all in one.</summary>
    private void Assign()
    {
        var users = new int[_graph.Nodes.Length];
        var others = new bool[users.Length]; // whether a node has users that are not elementwise
        var depths = new int[users.Length]; // how many repeated nodes in a row read a node
        Array.Fill(users, Unused);
        for (var id = users.Length - 1; id >= 0; id--)
        {
            if (!_uses.IsNeeded(id) || _uses.Same(id) != id)
                continue;
            if (Uses.IsElementwise(_graph.Nodes[id]) && !_additions.IsAbsorbed(id) && _additions.At(id) is null)
                _group[id] =
                    users[id] == Several && !others[id] && depths[id] < MostRepeated && IsCheap(id) ? Repeated : Join(id, users[id]);
            foreach (var argument in _graph.Arguments(id))
            {
                var source = _uses.Same(argument);
                others[source] |= _group[id] == Unused;
                if (_group[id] == Repeated)
                    depths[source] = Math.Max(depths[source], depths[id] + 1);
                users[source] = (users[source] == Unused || users[source] == _group[id]) && _group[id] >= 0 ? _group[id] : Several;
            }
        }
    }

    private int Join(int id, int group)
    {
        if (group >= 0 && _members[group].Count < MostInstructions)
        {
            var root = _members[group][0];
            if (_uses.Varies(root) == _uses.Varies(id) && _graph.Nodes[root].Shape.Equals(_graph.Nodes[id].Shape))
            {
                _members[group].Add(id);
                return group;
            }
        }
        _members.Add([id]);
        return _members.Count - 1;
    }

    /// <summary>Whether computing the node again costs no more than reading it: a simple function of one stored value and single numbers, such as 1 − y².</summary>
    private bool IsCheap(int id)
    {
        var simple =
            ((Apply)_graph.Nodes[id]).Op
            is Op.Map
                (Unary.Negate or Unary.Abs or Unary.Square or Unary.Relu)
                or Op.Zip
                (Binary.Add or Binary.Subtract or Binary.Multiply or Binary.Maximum or Binary.Minimum or >= Binary.Equal);
        if (!simple || _uses.IsOutput(id) || !_uses.Varies(id))
            return false;
        var stored = Unused;
        foreach (var argument in _graph.Arguments(id))
        {
            var source = _uses.Same(argument);
            if (IsSingle(source) || source == stored)
                continue;
            if (stored != Unused)
                return false;
            stored = source;
        }
        return true;
    }

    private bool IsSingle(int id) =>
        _graph.Nodes[id].Shape.Size == 1
        || (_graph.Nodes[id] is Apply { Op: Op.Broadcast } && _graph.Nodes[_graph.Arguments(id)[0]].Shape.Size == 1);
}
