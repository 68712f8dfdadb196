namespace AutoDiff;

/// <summary>Loops of one root and the same arguments made one: a loop whose steps also store what derivatives read does what the loop itself does.</summary>
internal static class SharedLoops
{
    /// <summary>The graph with each group of such loops made one, whose results the others' are parts of; null where there is none.</summary>
    public static Graph? Of(Graph graph)
    {
        var groups = new Dictionary<(Loop, Ints), List<int>>();
        for (var id = 0; id < graph.Nodes.Length; id++)
        {
            if (graph.Nodes[id] is not Apply { Op: Op.Scan(var loop) })
                continue;
            var group = (loop.Root, Ints.Of(graph.Arguments(id)));
            if (!groups.TryGetValue(group, out var members))
                groups.Add(group, members = []);
            members.Add(id);
        }
        var firsts = groups.Values.Where(members => members.Count > 1).ToDictionary(members => members[0]);
        return firsts.Count == 0 ? null : Joined(graph, firsts);
    }

    /// <summary>A loop with all results of several loops of one root, and for each of these the parts that its result is made of.</summary>
    public static (Loop Loop, int[][] Outputs) Union(IReadOnlyList<Loop> loops)
    {
        var root = loops[0].Root;
        var ys = new List<Tensor>();
        var outputs = new int[loops.Count][];
        for (var i = 0; i < outputs.Length; i++)
        {
            var first = root.Body.Outputs.Length;
            outputs[i] = new int[loops[i].Body.Outputs.Length];
            for (var k = 0; k < outputs[i].Length; k++)
                outputs[i][k] = k < first ? k : first + Place(loops[i].Body.Outputs[k], ys);
        }
        return (root.With(ys), outputs);
    }

    /// <summary>For each loop from a position on that shares root and arguments with another the loops that do, in order.</summary>
    public static Dictionary<Tensor, List<Apply>> Among(Numbering order, int first)
    {
        var shared = new Dictionary<Tensor, List<Apply>>(ReferenceEqualityComparer.Instance);
        var scans = new List<Apply>();
        for (var position = first; position < order.Count; position++)
        {
            if (order[position] is Apply { Op: Op.Scan } scan)
                scans.Add(scan);
        }
        foreach (var alike in scans.GroupBy(node => ((Op.Scan)node.Op).Loop.Root))
        {
            List<Apply> nodes = [.. alike];
            for (var i = 1; i < nodes.Count; i++)
            {
                if (nodes[..i].Find(other => HaveSameArguments(other, nodes[i])) is not { } earlier)
                    continue;
                if (!shared.TryGetValue(earlier, out var members))
                    shared.Add(earlier, members = [earlier]);
                members.Add(nodes[i]);
                shared[nodes[i]] = members;
            }
        }
        return shared;
    }

    private static bool HaveSameArguments(Apply x, Apply y)
    {
        for (var i = 0; i < x.Arguments.Length; i++)
        {
            if (!ReferenceEquals(x.Arguments[i], y.Arguments[i]))
                return false;
        }
        return true;
    }

    private static int Place(Tensor y, List<Tensor> ys)
    {
        var at = ys.FindIndex(other => ReferenceEquals(other, y));
        if (at >= 0)
            return at;
        ys.Add(y);
        return ys.Count - 1;
    }

    private static Graph Joined(Graph graph, Dictionary<int, List<int>> firsts)
    {
        var (made, arguments) = (new List<Tensor>(), new List<int[]>());
        var ids = new int[graph.Nodes.Length];
        Array.Fill(ids, -1);
        for (var id = 0; id < ids.Length; id++)
        {
            if (firsts.TryGetValue(id, out var members))
                Join(members);
            else if (ids[id] < 0)
                ids[id] = Kept(graph.Nodes[id], Array.ConvertAll(graph.Arguments(id).ToArray(), argument => ids[argument]));
        }
        return Graph.OfNumbered(made, arguments, graph.Inputs.Length, Array.ConvertAll(graph.Outputs.ToArray(), id => ids[id]));

        // All arguments of one member are those of the first.
        void Join(List<int> members)
        {
            var (union, outputs) = Union([.. members.Select(member => ((Op.Scan)((Apply)graph.Nodes[member]).Op).Loop)]);
            var node = Applied(new Op.Scan(union), Array.ConvertAll(graph.Arguments(members[0]).ToArray(), argument => ids[argument]));
            for (var i = 0; i < members.Count; i++)
            {
                int[] parts = [.. outputs[i].Select(k => Applied(new Op.Slice([union.Start(k)], [union.Shaped(k).Size], [1]), [node]))];
                ids[members[i]] = parts.Length == 0 ? node : Applied(new Op.Concatenate(0), parts);
            }
        }

        int Kept(Tensor node, int[] on)
        {
            if (node is Apply apply)
                return Array.TrueForAll([.. Enumerable.Range(0, on.Length)], i => ReferenceEquals(apply.Arguments[i], made[on[i]]))
                    ? Add(apply, on)
                    : Applied(apply.Op, on);
            return Add(node, on);
        }

        int Applied(Op op, int[] on) => Add(Apply.Of(op, Array.ConvertAll(on, argument => made[argument])), on);

        int Add(Tensor node, int[] on)
        {
            made.Add(node);
            arguments.Add(on);
            return made.Count - 1;
        }
    }
}
