namespace AutoDiff;

/// <summary>Iterative walks, so that a chain of a million nodes needs no deep stack.</summary>
internal static class Walk
{
    /// <summary>Every node that the roots depend on, each after its arguments and once, in the order of a depth-first walk.</summary>
    public static List<Tensor> Order(params ReadOnlySpan<Tensor> roots) => OrderFrom([], roots);

    /// <summary>The same order, without going behind the nodes of <paramref name="leaves"/>.</summary>
    public static List<Tensor> OrderFrom(IReadOnlyList<Tensor> leaves, params ReadOnlySpan<Tensor> roots) =>
        OrderUnseen(leaves, null, roots);

    /// <summary>The same order without the nodes that are <paramref name="seen"/> and what only they depend on.</summary>
    public static List<Tensor> OrderUnseen(IReadOnlyList<Tensor> leaves, Predicate<Tensor>? seen, params ReadOnlySpan<Tensor> roots)
    {
        using var known = new Numbering();
        var stops = new HashSet<Tensor>(leaves, ReferenceEqualityComparer.Instance);
        var visitor = new Collector(known, stops, seen);
        Visit(roots, ref visitor);
        return [.. known.Nodes];
    }

    /// <summary>Adds to a numbering the leaves, and then what the roots depend on and it has not yet, in the same order, without going behind the leaves.</summary>
    /// <param name="known">What is not walked, and what is added to.</param>
    /// <param name="leaves">The leaves.</param>
    /// <param name="roots">The roots.</param>
    /// <param name="seen">Further nodes that are not walked.</param>
    public static void Number(Numbering known, IReadOnlyList<Tensor> leaves, ReadOnlySpan<Tensor> roots, Predicate<Tensor>? seen = null)
    {
        known.UnionWith(leaves);
        var visitor = new Collector(known, null, seen);
        Visit(roots, ref visitor);
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

    /// <summary>The nodes added from <paramref name="first"/> on that depend on a source, by their distance from it, the sources included; <paramref name="through"/> says which arguments of an op count.</summary>
    public static bool[] DependingOn(IEnumerable<Tensor> sources, Numbering order, int first = 0, Func<Op, int, bool>? through = null)
    {
        var depending = new bool[order.Count - first];
        foreach (var source in sources)
        {
            if (order.Of(source) is var position && position >= first)
                depending[position - first] = true;
        }
        for (var id = 0; id < depending.Length; id++)
        {
            if (depending[id] || order[first + id] is not Apply apply)
                continue;
            var arguments = apply.Definition(out var op);
            for (var i = 0; i < arguments.Length && !depending[id]; i++)
            {
                var position = order.Of(arguments[i]) - first;
                depending[id] = position >= 0 && depending[position] && (through is null || through(op, i));
            }
        }
        return depending;
    }

    /// <summary>The nodes that an output depends on, by their positions, the outputs included; <paramref name="through"/> says which arguments of an op count.</summary>
    public static bool[] Needed(IEnumerable<Tensor> outputs, Numbering order, Func<Op, int, bool> through)
    {
        var needed = new bool[order.Count];
        foreach (var output in outputs)
            needed[order.Of(output)] = true;
        for (var id = needed.Length - 1; id >= 0; id--)
        {
            if (!needed[id] || order[id] is not Apply apply)
                continue;
            var arguments = apply.Definition(out var op);
            for (var i = 0; i < arguments.Length; i++)
            {
                // Sources are not looked behind: their arguments may not be numbered.
                if (through(op, i) && order.Of(arguments[i]) is var position && position >= 0)
                    needed[position] = true;
            }
        }
        return needed;
    }

    // A node is entered once without being asked whether it is open: it cannot depend on itself.
    private readonly struct Collector(Numbering known, HashSet<Tensor>? stops, Predicate<Tensor>? seen) : IVisitor
    {
        public bool TryEnter(Tensor node, out Tensor[] arguments)
        {
            arguments = [];
            if (known.Contains(node) || (seen is not null && seen(node)))
                return false;
            if (node is Apply apply && !(stops is { Count: > 0 } && stops.Contains(node)))
                arguments = apply.Definition(out _);
            return true;
        }

        public void Leave(Tensor node, Tensor[] arguments) => known.Add(node);
    }
}
