namespace AutoDiff;

/// <summary>Tensors put side by side that are put beside others at once: each is copied once, to where it lies in the end.</summary>
internal static class Joined
{
    /// <summary>The graph with such concatenations made one; the graph itself where there are none.</summary>
    public static Graph Flattened(Graph graph)
    {
        if (!IsAny(graph))
            return graph;
        var nodes = graph.Nodes;
        var uses = new int[nodes.Length];
        foreach (var output in graph.Outputs)
            uses[output]++;
        for (var id = 0; id < nodes.Length; id++)
        {
            foreach (var argument in graph.Arguments(id))
                uses[argument]++;
        }
        var (made, arguments) = (new List<Tensor>(nodes.Length), new List<int[]>(nodes.Length));
        for (var id = 0; id < nodes.Length; id++)
        {
            int[] own = graph.Arguments(id).ToArray();
            if (
                nodes[id] is Apply { Op: Op.Concatenate op }
                && Array.Exists(own, argument => uses[argument] == 1 && IsAlong(op, made[argument]))
            )
            {
                own =
                [
                    .. own.SelectMany(argument => uses[argument] == 1 && IsAlong(op, made[argument]) ? arguments[argument] : [argument]),
                ];
                made.Add(Apply.Of(op, Array.ConvertAll(own, argument => made[argument])));
            }
            else
                made.Add(nodes[id]);
            arguments.Add(own);
        }
        return Graph.OfNumbered(made, arguments, graph.Inputs.Length, graph.Outputs.ToArray());
    }

    private static bool IsAny(Graph graph)
    {
        for (var id = 0; id < graph.Nodes.Length; id++)
        {
            if (graph.Nodes[id] is not Apply { Op: Op.Concatenate op })
                continue;
            foreach (var argument in graph.Arguments(id))
            {
                if (IsAlong(op, graph.Nodes[argument]))
                    return true;
            }
        }
        return false;
    }

    private static bool IsAlong(Op.Concatenate op, Tensor node) => node is Apply { Op: Op.Concatenate(var axis) } && axis == op.Axis;
}
