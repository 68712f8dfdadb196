using System.Collections.Immutable;

namespace AutoDiff;

/// <summary>The reshapes of a graph that only matrix products read, and the sums of overlapping windows that are made of matrix products alone.</summary>
/// <remarks>The products do with the elements where they lie: neither windows nor what is added back to their places is ever laid out whole.</remarks>
internal sealed class FoldedOperands
{
    private readonly Graph _graph;
    private readonly Uses _uses;
    private readonly bool[] _hasOtherUsers;
    private readonly bool[] _absorbed;
    private readonly Dictionary<int, ImmutableArray<int>> _chains = [];

    public FoldedOperands(Graph graph, Uses uses, ProductAdditions additions)
    {
        (_graph, _uses) = (graph, uses);
        (_hasOtherUsers, _absorbed) = (new bool[graph.Nodes.Length], new bool[graph.Nodes.Length]);
        for (var id = graph.Nodes.Length - 1; id >= 0; id--)
        {
            if (!uses.IsNeeded(id) || uses.Same(id) != id)
                continue;
            _hasOtherUsers[id] |= uses.IsOutput(id);
            if (!_absorbed[id] && graph.Nodes[id] is Apply { Op: Op.OverlapAdd } && Chain(id, additions) is { IsEmpty: false } chain)
            {
                _chains.Add(id, chain);
                foreach (var inner in chain[1..])
                    _absorbed[inner] = true;
            }
            var arguments = graph.Arguments(id);
            for (var i = 0; i < arguments.Length; i++)
                _hasOtherUsers[uses.Same(arguments[i])] |= graph.Nodes[id] switch
                {
                    Apply { Op: Op.MatMul } => uses.Varies(id) != uses.Varies(uses.Same(arguments[i]))
                        || additions.IsAbsorbed(id)
                        || additions.At(id) is not null,
                    Apply { Op: Op.Transpose transpose } => !IsTurned(transpose) || _hasOtherUsers[id],
                    _ => true,
                };
        }
    }

    /// <summary>Whether nothing but products reads a node's value, as it is or transposed.</summary>
    public bool IsOnlyMultiplied(int id) => !_hasOtherUsers[id];

    /// <summary>Whether the node is part of a later sum of windows and has no value of its own.</summary>
    public bool IsAbsorbed(int id) => _absorbed[id];

    /// <summary>The nodes from a sum of overlapping windows down to the product that it is made of; empty for other nodes.</summary>
    public ImmutableArray<int> ChainFrom(int id) => _chains.GetValueOrDefault(id, []);

    /// <summary>Whether a transposition exchanges the last two axes and no others.</summary>
    public static bool IsTurned(Op.Transpose op)
    {
        var rank = op.Permutation.Count;
        for (var axis = 0; axis < rank - 2; axis++)
        {
            if (op.Permutation[axis] != axis)
                return false;
        }
        return rank >= 2 && op.Permutation[rank - 1] == rank - 2;
    }

    private ImmutableArray<int> Chain(int id, ProductAdditions additions)
    {
        var chain = ImmutableArray.CreateBuilder<int>();
        var taps = 1L;
        for (var at = id; ; at = _uses.Same(_graph.Arguments(at)[0]))
        {
            if (at != id && (_uses.Count(at) != 1 || additions.IsAbsorbed(at) || additions.At(at) is not null))
                return [];
            if (_uses.Varies(at) != _uses.Varies(id))
                return [];
            chain.Add(at);
            switch (((_graph.Nodes[at] as Apply)?.Op, chain.Count > 1 && _graph.Nodes[chain[^2]] is Apply { Op: Op.Reshape }))
            {
                case (Op.OverlapAdd, false):
                    taps *= _graph.Nodes[_uses.Same(_graph.Arguments(at)[0])].Shape[-1];
                    break;
                case (Op.Transpose or Op.Reshape, false):
                    break;
                case (Op.MatMul, true):
                    return taps <= FoldKernel.Block ? chain.ToImmutable() : [];
                default:
                    return [];
            }
        }
    }
}
