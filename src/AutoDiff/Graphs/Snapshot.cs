using System.Runtime.InteropServices;

namespace AutoDiff;

/// <summary>What has to be computed for some tensors, as it is at one moment: what other threads compute meanwhile changes nothing here.</summary>
internal sealed class Snapshot
{
    private Snapshot(Visitor visit)
    {
        var count = visit.Nodes.Count;
        (Originals, Nodes, Arguments, Starts) = (visit.Nodes, new Tensor[count], new int[visit.Edges], new int[count + 1]);
        Ids = visit.Ids;
        var awaits = new bool[count];
        for (var (id, next) = (0, 0); id < count; id++)
        {
            awaits[id] = Originals[id] is Input;
            foreach (var argument in visit.Arguments[id])
            {
                Arguments[next] = Ids[argument];
                awaits[id] |= awaits[Arguments[next++]];
            }
            // What depends on an input is never computed early, so it cannot change.
            Nodes[id] = awaits[id] || Originals[id] is not Apply node ? Originals[id] : node.Frozen(visit.Arguments[id]);
            // What another thread has computed since it was visited has no arguments any more.
            Starts[id + 1] = next = Nodes[id] is Constant ? Starts[id] : next;
        }
    }

    /// <summary>The nodes, each after its arguments, in the order of a depth-first walk.</summary>
    public List<Tensor> Originals { get; }

    /// <summary>The same as graph that nobody else computes: constants where values are known, copies where they may become known.</summary>
    public Tensor[] Nodes { get; }

    /// <summary>The ids of all arguments, node after node; an id is a node's position.</summary>
    public int[] Arguments { get; }

    /// <summary>Where the arguments of each node begin, and where the last ones end.</summary>
    public int[] Starts { get; }

    /// <summary>The ids of the originals.</summary>
    public Dictionary<Tensor, int> Ids { get; }

    /// <summary>What the roots depend on.</summary>
    public static Snapshot Of(params ReadOnlySpan<Tensor> roots)
    {
        var visitor = new Visitor();
        Walk.Visit(roots, ref visitor);
        return new(visitor);
    }

    private struct Visitor() : Walk.IVisitor
    {
        public readonly List<Tensor> Nodes = [];
        public readonly List<Tensor[]> Arguments = [];
        public readonly Dictionary<Tensor, int> Ids = new(ReferenceEqualityComparer.Instance);
        public int Edges;

        public readonly bool TryEnter(Tensor node, out Tensor[] arguments)
        {
            arguments = [];
            ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(Ids, node, out var isKnown);
            if (isKnown)
                return false;
            if (node is Apply { Value: null } apply)
                arguments = apply.Definition(out _);
            return true;
        }

        public void Leave(Tensor node, Tensor[] arguments)
        {
            Ids[node] = Nodes.Count;
            Nodes.Add(node);
            Arguments.Add(arguments);
            Edges += arguments.Length;
        }
    }
}
