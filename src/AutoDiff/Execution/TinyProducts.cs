namespace AutoDiff;

/// <summary>Products of many tiny matrices as sums of elementwise ones, which are fused with what is round them and go through many products at once.</summary>
internal static class TinyProducts
{
    private const int LongestInner = 4;

    /// <summary>The graph with such products written out; the graph itself where there are none.</summary>
    public static Graph Written(Graph graph)
    {
        var nodes = graph.Nodes;
        var first = 0;
        while (first < nodes.Length && !IsTiny(nodes[first]))
            first++;
        if (first == nodes.Length)
            return graph;
        var ids = new int[nodes.Length];
        var made = new List<Tensor>(nodes.Length);
        var madeArguments = new List<int[]>(nodes.Length);
        for (var old = 0; old < nodes.Length; old++)
        {
            var arguments = Array.ConvertAll(graph.Arguments(old).ToArray(), argument => ids[argument]);
            ids[old] = IsTiny(nodes[old]) ? Sum(arguments[0], arguments[1], nodes[old].Shape) : Add(nodes[old], arguments);
        }
        return Graph.OfNumbered(made, madeArguments, graph.Inputs.Length, Array.ConvertAll(graph.Outputs.ToArray(), id => ids[id]));

        int Sum(int left, int right, Shape shape)
        {
            var (inner, sum) = (made[left].Shape[-1], -1);
            for (var i = 0; i < inner; i++)
            {
                var (column, row) = (Part(left, shape.Rank - 1, i, shape), Part(right, shape.Rank - 2, i, shape));
                var term = Made(new Op.Zip(Binary.Multiply), column, row);
                sum = i == 0 ? term : Made(new Op.Zip(Binary.Add), sum, term);
            }
            return sum;
        }

        int Part(int x, int axis, int at, Shape to)
        {
            var shape = made[x].Shape;
            var start = Ints.From(shape.Rank, i => i == axis ? at : 0);
            var part = Made(new Op.Slice(start, Ints.Of(shape.With(axis, 1).AsSpan()), Ints.From(shape.Rank, _ => 1)), x);
            return Made(new Op.Broadcast(to), part);
        }

        int Made(Op op, params int[] arguments) => Add(Apply.Of(op, Array.ConvertAll(arguments, id => made[id])), arguments);

        int Add(Tensor node, int[] arguments)
        {
            made.Add(node);
            madeArguments.Add(arguments);
            return made.Count - 1;
        }
    }

    private static bool IsTiny(Tensor node) =>
        node is Apply { Op: Op.MatMul, Shape: { Rank: > 2 } shape } product
        && shape[0] >= Tall.Fewest
        && (Tall.Is(shape) || shape.Size == shape[0])
        && product.Arguments[0].Shape[-1] is > 0 and <= LongestInner;
}
