namespace AutoDiff;

/// <summary>Iterative walks, so that a chain of a million nodes needs no deep stack.</summary>
internal static class Walk
{
    /// <summary>Every node that the roots depend on, each after its arguments and once, in the order of a depth-first walk.</summary>
    public static List<Tensor> Order(params ReadOnlySpan<Tensor> roots) => OrderFrom([], roots);

    /// <summary>The same order, without going behind the nodes of <paramref name="leaves"/>.</summary>
    public static List<Tensor> OrderFrom(IReadOnlyList<Tensor> leaves, params ReadOnlySpan<Tensor> roots) =>
        OrderUnseen(leaves, new(ReferenceEqualityComparer.Instance), roots);

    /// <summary>The same order without the nodes of <paramref name="seen"/> and what only they depend on; the order's nodes are added to it.</summary>
    public static List<Tensor> OrderUnseen(IReadOnlyList<Tensor> leaves, HashSet<Tensor> seen, params ReadOnlySpan<Tensor> roots) =>
        Order(roots, seen.Add, new(leaves, ReferenceEqualityComparer.Instance));

    /// <summary>The same order, with each node's position.</summary>
    public static List<Tensor> OrderWithIds(ReadOnlySpan<Tensor> roots, out Dictionary<Tensor, int> ids)
    {
        var positions = new Dictionary<Tensor, int>(ReferenceEqualityComparer.Instance);
        var order = Order(roots, node => positions.TryAdd(node, 0), []);
        for (var id = 0; id < order.Count; id++)
            positions[order[id]] = id;
        ids = positions;
        return order;
    }

    private static List<Tensor> Order(ReadOnlySpan<Tensor> roots, Func<Tensor, bool> isNew, HashSet<Tensor> stops)
    {
        var order = new List<Tensor>();
        var open = new Stack<(Apply Node, int Next)>();
        foreach (var root in roots)
        {
            Enter(root);
            while (open.TryPop(out var top))
            {
                if (top.Next == top.Node.Arguments.Length)
                {
                    order.Add(top.Node);
                    continue;
                }
                open.Push((top.Node, top.Next + 1));
                Enter(top.Node.Arguments[top.Next]);
            }
        }
        return order;

        void Enter(Tensor node)
        {
            if (!isNew(node))
                return;
            if (node is Apply apply && !(stops.Count > 0 && stops.Contains(node)))
                open.Push((apply, 0));
            else
                order.Add(node);
        }
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
}
