namespace AutoDiff;

/// <summary>The flat single-assignment form of a graph: every node the outputs need, each after its arguments.</summary>
/// <remarks>Grammar: <c>graph = inputs, (node = op arguments)…, outputs</c>. What is verified, printed, simplified and planned is this form.</remarks>
public sealed class Graph
{
    private readonly Tensor[] _nodes;
    private readonly int[] _argumentIds;
    private readonly int[] _argumentStart;
    private readonly int[] _inputs;
    private readonly int[] _outputs;

    private Graph(Tensor[] nodes, int[] argumentIds, int[] argumentStart, int[] inputs, int[] outputs) =>
        (_nodes, _argumentIds, _argumentStart, _inputs, _outputs) = (nodes, argumentIds, argumentStart, inputs, outputs);

    /// <summary>The nodes, each after its arguments; a node's id is its position. Inputs come first, in order.</summary>
    /// <remarks>What depends on no input is the graph's own copy, and a constant where its value is known: other code may compute the original.</remarks>
    public ReadOnlySpan<Tensor> Nodes => _nodes;

    /// <summary>The ids of the inputs, in the order in which a caller supplies them.</summary>
    public ReadOnlySpan<int> Inputs => _inputs;

    /// <summary>The ids of the outputs, in order; one node may be several outputs.</summary>
    public ReadOnlySpan<int> Outputs => _outputs;

    /// <summary>The graph that computes <paramref name="outputs"/> from <paramref name="inputs"/>.</summary>
    /// <exception cref="ArgumentException">An output depends on an input that is not listed.</exception>
    public static Graph Of(IReadOnlyList<Input> inputs, IReadOnlyList<Tensor> outputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        var snapshot = Snapshot.Of([.. inputs, .. outputs]);
        return Of(snapshot, snapshot.Roots[..inputs.Count], snapshot.Roots[inputs.Count..]);
    }

    /// <summary>The graph of what was seen, of which the inputs come first.</summary>
    internal static Graph Of(Snapshot snapshot, int[] inputs, int[] outputs)
    {
        for (var id = 0; id < snapshot.Nodes.Length; id++)
        {
            Require.That(
                snapshot.Nodes[id] is not Input || id < inputs.Length,
                $"[Graph] a value depends on the input \"{(snapshot.Nodes[id] as Input)?.Name}\" of shape {snapshot.Nodes[id].Shape}, which is not among the graph's {inputs.Length} inputs; while Compile or Vmap traces a function its inputs have no values, so use Where instead of a branch on one"
            );
        }
        return new(snapshot.Nodes, snapshot.Arguments, snapshot.Starts, inputs, outputs);
    }

    /// <summary>The graph of numbered nodes, each after its arguments and the inputs first, without those that no output needs.</summary>
    internal static Graph OfNumbered(List<Tensor> nodes, List<int[]> arguments, int inputs, int[] outputs)
    {
        var ids = new int[nodes.Count]; // 1 where needed, then the new id
        foreach (var output in outputs)
            ids[output] = 1;
        ids.AsSpan(0, inputs).Fill(1);
        var (count, edges) = (0, 0);
        for (var id = ids.Length - 1; id >= 0; id--)
        {
            if (ids[id] == 0)
                continue;
            foreach (var argument in arguments[id])
                ids[argument] = 1;
            count++;
            edges += arguments[id].Length;
        }
        var (kept, flat, starts) = (new Tensor[count], new int[edges], new int[count + 1]);
        for (var (id, next, edge) = (0, 0, 0); id < ids.Length; id++)
        {
            if (ids[id] == 0)
                continue;
            kept[next] = nodes[id];
            foreach (var argument in arguments[id])
                flat[edge++] = ids[argument];
            ids[id] = next++;
            starts[next] = edge;
        }
        return new(kept, flat, starts, [.. Enumerable.Range(0, inputs)], Array.ConvertAll(outputs, output => ids[output]));
    }

    /// <summary>The ids of a node's arguments, in the op's order; none for inputs and constants.</summary>
    public ReadOnlySpan<int> Arguments(int id) => _argumentIds.AsSpan(_argumentStart[id].._argumentStart[id + 1]);

    /// <summary>Checks that every argument comes before its use and that every shape is what its op's rule says.</summary>
    /// <exception cref="InvalidOperationException">The graph is malformed: a fault of the transform that made it.</exception>
    public void Verify()
    {
        for (var id = 0; id < _nodes.Length; id++)
        {
            foreach (var argument in Arguments(id))
            {
                if (argument >= id)
                    throw new InvalidOperationException($"[Graph] node {id} uses node {argument} before it is computed");
            }
            if (_nodes[id] is Apply apply && !ShapeRules.Infer(apply.Op, apply.Arguments).Equals(apply.Shape))
                throw new InvalidOperationException(
                    $"[Graph] node {id}, {apply.Op.Name}, has shape {apply.Shape}; its rule gives {ShapeRules.Infer(apply.Op, apply.Arguments)}"
                );
        }
    }

    /// <summary>One line a node, as in <c>%3 = Tanh %2 : [4,10]</c>.</summary>
    public override string ToString() => GraphText.Print(this);

    /// <summary>The graph in Graphviz's DOT language.</summary>
    public string ToGraphviz() => GraphText.Graphviz(this);
}
