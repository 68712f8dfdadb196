namespace AutoDiff;

/// <summary>Iterative walks, so that a chain of a million nodes needs no deep stack.</summary>
internal static class Walk
{
    /// <summary>Every node that the roots depend on, each after its arguments and once, in the order of a depth-first walk.</summary>
    public static List<Tensor> Order(params ReadOnlySpan<Tensor> roots) => OrderFrom([], roots);

    /// <summary>The same order, without going behind the nodes of <paramref name="leaves"/>.</summary>
    public static List<Tensor> OrderFrom(IReadOnlyList<Tensor> leaves, params ReadOnlySpan<Tensor> roots) => OrderUnseen(leaves, [], roots);

    /// <summary>The same order without the nodes of <paramref name="seen"/> and what only they depend on.</summary>
    public static List<Tensor> OrderUnseen(IReadOnlyList<Tensor> leaves, HashSet<Tensor> seen, params ReadOnlySpan<Tensor> roots)
    {
        var visitor = new Lister(leaves, seen);
        Visit(roots, ref visitor);
        return visitor.Nodes;
    }

    /// <summary>Visits what the roots depend on: each node once, left after its arguments.</summary>
    public static void Visit<TVisitor>(ReadOnlySpan<Tensor> roots, ref TVisitor visitor)
        where TVisitor : struct, IVisitor
    {
        var open = new Stack<(Tensor Node, Tensor[] Arguments, int Next)>();
        foreach (var root in roots)
        {
            if (visitor.TryEnter(root, out var arguments))
                open.Push((root, arguments, 0));
            while (open.TryPop(out var top))
            {
                // A node without arguments is left at once, so that it never lies on the stack.
                var next = top.Next;
                for (; next < top.Arguments.Length; next++)
                {
                    var argument = top.Arguments[next];
                    if (!visitor.TryEnter(argument, out arguments))
                        continue;
                    if (arguments.Length > 0)
                        break;
                    visitor.Leave(argument, arguments);
                }
                if (next == top.Arguments.Length)
                {
                    visitor.Leave(top.Node, top.Arguments);
                    continue;
                }
                open.Push((top.Node, top.Arguments, next + 1));
                open.Push((top.Arguments[next], arguments, 0));
            }
        }
    }

    /// <summary>What a visit asks and tells.</summary>
    public interface IVisitor
    {
        /// <summary>Whether a node is met for the first time; then also what to visit before it.</summary>
        bool TryEnter(Tensor node, out Tensor[] arguments);

        /// <summary>The node's arguments, as given on entering, have all been left.</summary>
        void Leave(Tensor node, Tensor[] arguments);
    }

    /// <summary>The nodes of <paramref name="order"/> that depend on a source, the sources included; <paramref name="through"/> says which arguments of an op count.</summary>
    public static HashSet<Tensor> DependingOn(IEnumerable<Tensor> sources, List<Tensor> order, Func<Op, int, bool>? through = null)
    {
        var depending = new HashSet<Tensor>(sources, ReferenceEqualityComparer.Instance);
        foreach (var node in order)
        {
            if (node is not Apply apply || depending.Contains(apply))
                continue;
            var arguments = apply.Arguments;
            for (var i = 0; i < arguments.Length; i++)
            {
                if (depending.Contains(arguments[i]) && (through is null || through(apply.Op, i)))
                {
                    depending.Add(apply);
                    break;
                }
            }
        }
        return depending;
    }

    /// <summary>The nodes of <paramref name="order"/> that an output depends on, the outputs included; <paramref name="through"/> says which arguments of an op count.</summary>
    public static HashSet<Tensor> Needed(IEnumerable<Tensor> outputs, List<Tensor> order, Func<Op, int, bool> through)
    {
        var needed = new HashSet<Tensor>(outputs, ReferenceEqualityComparer.Instance);
        for (var at = order.Count - 1; at >= 0; at--)
        {
            if (order[at] is not Apply apply || !needed.Contains(apply))
                continue;
            var arguments = apply.Definition(out var op);
            for (var i = 0; i < arguments.Length; i++)
            {
                if (through(op, i))
                    needed.Add(arguments[i]);
            }
        }
        return needed;
    }

    private readonly struct Lister(IReadOnlyList<Tensor> leaves, HashSet<Tensor> before) : IVisitor
    {
        private readonly HashSet<Tensor> _stops = new(leaves, ReferenceEqualityComparer.Instance);
        private readonly HashSet<Tensor> _seen = new(ReferenceEqualityComparer.Instance);

        public List<Tensor> Nodes { get; } = [];

        public bool TryEnter(Tensor node, out Tensor[] arguments)
        {
            arguments = [];
            if ((before.Count > 0 && before.Contains(node)) || !_seen.Add(node))
                return false;
            if (node is Apply apply && !(_stops.Count > 0 && _stops.Contains(node)))
                arguments = apply.Definition(out _);
            return true;
        }

        public void Leave(Tensor node, Tensor[] arguments) => Nodes.Add(node);
    }
}
