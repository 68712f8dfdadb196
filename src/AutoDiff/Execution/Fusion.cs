using System.Runtime.InteropServices;

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
    private const int Waiting = -4;

    private readonly Graph _graph;
    private readonly Uses _uses;
    private readonly ProductAdditions _additions;
    private readonly TieShares _ties;
    private readonly int[] _group;
    private readonly int[] _twins;
    private readonly List<Group> _groups = [];
    private readonly int[] _members; // group after group, each ascending

    public Fusion(Graph graph, Uses uses, ProductAdditions additions, TieShares ties)
    {
        (_graph, _uses, _additions, _ties, _group) = (graph, uses, additions, ties, new int[graph.Nodes.Length]);
        Array.Fill(_group, Unused);
        _twins = Twins();
        Assign();
        _members = Members();
    }

    /// <summary>The elementwise nodes, ascending, that are computed together when <paramref name="id"/> is reached; none for other nodes.</summary>
    public ReadOnlySpan<int> GroupEndingAt(int id) =>
        IsEnd(id) ? _members.AsSpan(_groups[_group[id]].Start, _groups[_group[id]].Count) : [];

    /// <summary>Whether a group is computed when the node is reached: its last node, or the first of two twins that end it.</summary>
    public bool IsEnd(int id) => _group[id] >= 0 && _groups[_group[id]].End == id;

    /// <summary>The other of two functions of one value that are computed in one pass, in one group; negative where there is none.</summary>
    public int TwinOf(int id) => _twins[id];

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
            if (_twins[id] >= 0 && _twins[id] < id)
            {
                // Its group is known when all users of its twin are; its argument is its twin's.
                _group[id] = Waiting;
                continue;
            }
            if (_twins[id] >= 0)
                JoinTwins(id, users[id] == users[_twins[id]] && !others[id] && !others[_twins[id]] ? users[id] : Unused);
            else if (Uses.IsElementwise(_graph.Nodes[id]) && !_additions.IsAbsorbed(id) && _additions.At(id) is null && !IsTie(id))
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

    private bool IsTie(int id) => _ties.IsAbsorbed(id) || _ties.At(id) is not null;

    private int Join(int id, int group)
    {
        if (group >= 0 && _groups[group].Count < MostInstructions)
        {
            var root = _groups[group].Root;
            if (_uses.Varies(root) == _uses.Varies(id) && _graph.Nodes[root].Shape.Equals(_graph.Nodes[id].Shape))
            {
                CollectionsMarshal.AsSpan(_groups)[group].Count++;
                return group;
            }
        }
        _groups.Add(new(id));
        return _groups.Count - 1;
    }

    private int[] Members()
    {
        var groups = CollectionsMarshal.AsSpan(_groups);
        var start = 0;
        foreach (ref var group in groups)
            (group.Start, start, group.Count) = (start, start + group.Count, 0);
        var members = new int[start];
        for (var id = 0; id < _group.Length; id++)
        {
            if (_group[id] < 0)
                continue;
            ref var group = ref groups[_group[id]];
            members[group.Start + group.Count++] = id;
        }
        return members;
    }

    /// <summary>Two twins join the group of all their users, or else end one of their own, which is computed at the first of them: before any user of either.</summary>
    private void JoinTwins(int id, int group)
    {
        var twin = _twins[id];
        _group[twin] = Join(twin, group >= 0 && _groups[group].Count + 1 < MostInstructions ? group : Unused);
        _group[id] = Join(id, _group[twin]);
        ref var ended = ref CollectionsMarshal.AsSpan(_groups)[_group[id]];
        if (ended.End == twin)
            ended.End = id;
    }

    /// <summary>Of each node its twin, where both are needed; else a negative number.</summary>
    private int[] Twins()
    {
        var twins = new int[_graph.Nodes.Length];
        Array.Fill(twins, Unused);
        var seen = new Dictionary<(Twins Twins, int Argument), int>();
        for (var id = 0; id < twins.Length; id++)
        {
            if (
                !_uses.IsNeeded(id)
                || _graph.Nodes[id] is not Apply { Op: Op.Map(var function) }
                || Unaries.Of(function).Twins is not { } pair
                || seen.TryAdd((pair, _uses.Same(_graph.Arguments(id)[0])), id)
            )
                continue;
            var other = seen[(pair, _uses.Same(_graph.Arguments(id)[0]))];
            if (twins[other] < 0 && ((Apply)_graph.Nodes[other]).Op is Op.Map(var before) && before != function)
                (twins[id], twins[other]) = (other, id);
        }
        return twins;
    }

    /// <summary>Whether computing the node again costs no more than reading it: a simple function of one stored value and single numbers, such as 1 − y².</summary>
    private bool IsCheap(int id)
    {
        var simple = ((Apply)_graph.Nodes[id]).Op switch
        {
            Op.Map(var function) => Unaries.Of(function).IsCheap,
            Op.Zip(var function) => Binaries.Of(function).IsCheap,
            _ => false, // a choice reads three values
        };
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

    /// <summary>A group by the node that began it.</summary>
    private struct Group(int root)
    {
        public readonly int Root = root;
        public int End = root;
        public int Count = 1;
        public int Start = 0;
    }
}
