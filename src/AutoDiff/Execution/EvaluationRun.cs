namespace AutoDiff;

/// <summary>One run over what is not known yet.</summary>
internal sealed class EvaluationRun
{
    private readonly Snapshot _snapshot;
    private readonly int[] _sources; // of each node the one whose elements it rearranges, or itself
    private readonly List<int> _outputs = [];
    private readonly Dictionary<int, int> _places = [];

    public EvaluationRun(Snapshot snapshot, string operation)
    {
        _snapshot = snapshot;
        _sources = new int[snapshot.Nodes.Length];
        for (var id = 0; id < _sources.Length; id++)
        {
            Require.That(
                snapshot.Nodes[id] is not Input,
                $"[{operation}] the tensor depends on the input \"{(snapshot.Nodes[id] as Input)?.Name}\" of shape {snapshot.Nodes[id].Shape}, which has no value while a transform such as Compile or Vmap traces a function; use Where instead of a branch on a value"
            );
            _sources[id] = snapshot.Nodes[id] is Apply { Op.Rearranges: true } ? _sources[First(id)] : id;
        }
    }

    /// <summary>The values of the roots; what they rearrange becomes known, and so does what is met again.</summary>
    public Constant[] Compute(List<Tensor> roots)
    {
        var plain = Array.ConvertAll(_snapshot.Roots, Plain);
        foreach (var id in plain)
        {
            Add(id);
            Add(_sources[id]);
        }
        AddMetAgain();
        var arrays = _outputs.ConvertAll(id => new double[_snapshot.Nodes[id].Shape.Size]);
        // Run once, a graph costs less to compute than to simplify.
        if (arrays.Count > 0)
            Plan<double>.Of(Graph.Of(_snapshot, [], [.. _outputs])).Run([], [.. arrays]);
        var holds = Holds();
        var values = _outputs.ConvertAll(id => Known(id, arrays[_places[id]], holds));
        for (var id = 0; id < _sources.Length; id++)
            Pass(id, holds);
        return
        [
            .. plain.Select(
                (id, i) => (_places.TryGetValue(id, out var place) ? values[place] : (Constant)_snapshot.Nodes[id]).Under(roots[i].Shape)
            ),
        ];
    }

    /// <summary>The node that has a root's elements in their order.</summary>
    private int Plain(int root)
    {
        var id = root;
        while (_snapshot.Nodes[id] is Apply { Op.Renames: true })
            id = First(id);
        return id;
    }

    private void Add(int id)
    {
        if (_snapshot.Nodes[id] is Apply && _places.TryAdd(id, _outputs.Count))
            _outputs.Add(id);
    }

    /// <summary>Adds what an earlier run computed on the way and nodes that are new read, and what two runs did: so that nothing is computed a fourth time.</summary>
    private void AddMetAgain()
    {
        for (var id = 0; id < _sources.Length; id++)
        {
            if (Computed(id) is not { } node)
                continue;
            if (node.Passes > 1)
                Add(_sources[id]);
            foreach (var argument in node.Passes > 0 ? [] : Arguments(id))
            {
                if (Computed(_sources[argument]) is { Passes: > 0 })
                    Add(_sources[argument]);
            }
        }
    }

    /// <summary>The derivatives still to be taken through any of the nodes.</summary>
    private Hold[] Holds()
    {
        var holds = new HashSet<Hold>();
        for (var id = 0; id < _sources.Length; id++)
        {
            if (_snapshot.Nodes[id] is Apply { Op: Op.Barrier(Hold { Lasts: true } hold) })
                holds.Add(hold);
            else if (_snapshot.Nodes[id] is Constant && _snapshot.Originals[id] is Apply known)
                holds.UnionWith(known.Holds);
        }
        return [.. holds];
    }

    private Constant Known(int id, double[] values, Hold[] holds)
    {
        var value = Constant.Owning(values, _snapshot.Nodes[id].Shape);
        return _sources[id] == id ? Computed(id)!.Settle(value, holds) : value;
    }

    /// <summary>Says that a node was computed. One that only renames a known node is known as well: a rule's result would else keep what the rule is given.</summary>
    private void Pass(int id, Hold[] holds)
    {
        if (Computed(id) is not { } node)
            return;
        if (_snapshot.Nodes[id] is Apply { Op.Renames: true } && Value(First(id)) is { } value)
            node.Settle(value.Under(node.Shape), holds);
        else
            node.Pass();
    }

    private Constant? Value(int id) => _snapshot.Originals[id] is Apply node ? node.Value : (Constant)_snapshot.Originals[id];

    /// <summary>The original of a node that the run computes; null where it is known.</summary>
    private Apply? Computed(int id) => _snapshot.Nodes[id] is Apply ? (Apply)_snapshot.Originals[id] : null;

    private int First(int id) => _snapshot.Arguments[_snapshot.Starts[id]];

    private ReadOnlySpan<int> Arguments(int id) => _snapshot.Arguments.AsSpan(_snapshot.Starts[id].._snapshot.Starts[id + 1]);
}
