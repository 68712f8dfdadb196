namespace AutoDiff;

/// <summary>(x = y) ⁄ Σ (x = y) · g, with y and g one for each window of x.</summary>
/// <param name="Source">The node of x.</param>
/// <param name="Chosen">The node of y, with axes of length 1 where windows lie.</param>
/// <param name="Cotangent">The node of g, with such axes.</param>
/// <param name="Axes">The windows' axes.</param>
internal readonly record struct TieShare(int Source, int Chosen, int Cotangent, Ints Axes);

/// <summary>The derivatives of choices among few neighbours, such as max pools', that are computed in one step.</summary>
internal sealed class TieShares
{
    private readonly Graph _graph;
    private readonly Uses _uses;
    private readonly Dictionary<int, TieShare> _shares = [];
    private readonly HashSet<int> _absorbed = [];

    public TieShares(Graph graph, Uses uses)
    {
        (_graph, _uses) = (graph, uses);
        for (var id = 0; id < graph.Nodes.Length; id++)
        {
            if (uses.IsNeeded(id) && uses.Same(id) == id && Zip(id) is Binary.Multiply)
            {
                if (!Add(id, Argument(id, 0), Argument(id, 1)))
                    Add(id, Argument(id, 1), Argument(id, 0));
            }
        }
    }

    /// <summary>The derivative that the node's value is; null for other nodes.</summary>
    public TieShare? At(int id) => _shares.TryGetValue(id, out var share) ? share : null;

    /// <summary>Whether the node is part of a later node's derivative and has no value of its own.</summary>
    public bool IsAbsorbed(int id) => _absorbed.Contains(id);

    private bool Add(int id, int slopes, int spread)
    {
        if (!IsOwn(id, slopes, 1) || Zip(slopes) is not Binary.Divide)
            return false;
        var (ties, count) = (Argument(slopes, 0), Argument(slopes, 1));
        if (!IsOwn(id, ties, 2) || Zip(ties) is not Binary.Equal || Op(count) is not AutoDiff.Op.Broadcast || !IsOwn(id, count, 1))
            return false;
        var kept = Argument(count, 0);
        if (Op(kept) is not AutoDiff.Op.Reshape || !IsOwn(id, kept, 1))
            return false;
        var sum = Argument(kept, 0);
        if (Op(sum) is not AutoDiff.Op.Reduce(Reduction.Sum, var axes) || !IsOwn(id, sum, 1) || Argument(sum, 0) != ties)
            return false;
        var shape = _graph.Nodes[ties].Shape;
        var one = _graph.Nodes[kept].Shape;
        if (!WindowRows.Fit(shape, axes) || !one.Equals(Shape.From(shape.Rank, axis => axes.Contains(axis) ? 1 : shape[axis])))
            return false;
        var (x, chosen) = (Argument(ties, 0), Spread(Argument(ties, 1), one));
        if (chosen < 0)
            (x, chosen) = (Argument(ties, 1), Spread(Argument(ties, 0), one));
        var cotangent = Spread(spread, one);
        if (chosen < 0 || cotangent < 0)
            return false;
        _absorbed.UnionWith([slopes, ties, count, kept, sum]);
        _shares.Add(id, new(x, chosen, cotangent, axes));
        return true;
    }

    /// <summary>What a node repeats along windows; negative where it is no such repetition.</summary>
    private int Spread(int id, Shape one) =>
        Op(id) is AutoDiff.Op.Broadcast && _graph.Nodes[Argument(id, 0)].Shape.Equals(one) ? Argument(id, 0) : -1;

    /// <summary>Whether nothing but <paramref name="uses"/> arguments within the pattern reads a node, which varies as the whole does.</summary>
    private bool IsOwn(int whole, int id, int uses) =>
        _uses.Count(id) == uses && !_uses.IsOutput(id) && _uses.Varies(id) == _uses.Varies(whole) && !IsAbsorbed(id);

    private Op? Op(int id) => (_graph.Nodes[id] as Apply)?.Op;

    private Binary? Zip(int id) => Op(id) is AutoDiff.Op.Zip(var function) ? function : null;

    private int Argument(int id, int index) => _uses.Same(_graph.Arguments(id)[index]);
}
