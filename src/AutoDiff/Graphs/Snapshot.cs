namespace AutoDiff;

/// <summary>What has to be computed for some tensors, as it is at one moment: what other threads compute meanwhile changes nothing here.</summary>
internal sealed class Snapshot
{
    private Snapshot(ReadOnlySpan<Tensor> roots, Numbering known, List<Tensor[]> arguments, int edges)
    {
        var count = known.Count;
        (Originals, Nodes, Arguments, Starts) = (known.Nodes.ToArray(), new Tensor[count], new int[edges], new int[count + 1]);
        Roots = new int[roots.Length];
        for (var i = 0; i < roots.Length; i++)
            Roots[i] = known.Of(roots[i]);
        var awaits = new bool[count];
        for (var (id, next) = (0, 0); id < count; id++)
        {
            awaits[id] = Originals[id] is Input;
            foreach (var argument in arguments[id])
            {
                Arguments[next] = known.Of(argument);
                awaits[id] |= awaits[Arguments[next++]];
            }
            // What depends on an input is never computed early, so it cannot change.
            Nodes[id] = awaits[id] || Originals[id] is not Apply node ? Originals[id] : node.Frozen(arguments[id]);
            // What another thread has computed since it was visited has no arguments any more.
            Starts[id + 1] = next = Nodes[id] is Constant ? Starts[id] : next;
        }
    }

    /// <summary>The nodes, each after its arguments, in the order of a depth-first walk.</summary>
    public Tensor[] Originals { get; }

    /// <summary>The same as graph that nobody else computes: constants where values are known, copies where they may become known.</summary>
    public Tensor[] Nodes { get; }

    /// <summary>The ids of all arguments, node after node; an id is a node's position.</summary>
    public int[] Arguments { get; }

    /// <summary>Where the arguments of each node begin, and where the last ones end.</summary>
    public int[] Starts { get; }

    /// <summary>The ids of the tensors for which all is computed.</summary>
    public int[] Roots { get; }

    /// <summary>What the roots depend on.</summary>
    public static Snapshot Of(params ReadOnlySpan<Tensor> roots)
    {
        using var known = new Numbering();
        var visitor = new Visitor(known);
        Walk.Visit(roots, ref visitor);
        return new(roots, known, visitor.Arguments, visitor.Edges);
    }

    private struct Visitor(Numbering known) : Walk.IVisitor
    {
        public readonly List<Tensor[]> Arguments = [];
        public int Edges;

        public readonly bool TryEnter(Tensor node, out Tensor[] arguments)
        {
            arguments = [];
            if (known.Contains(node))
                return false;
            if (node is Apply { Value: null } apply)
                arguments = apply.Definition(out _);
            return true;
        }

        public void Leave(Tensor node, Tensor[] arguments)
        {
            known.Add(node);
            Arguments.Add(arguments);
            Edges += arguments.Length;
        }
    }
}
