using System.Globalization;

namespace AutoDiff;

/// <summary>Runs node by node and stops at the first value that is not finite.</summary>
/// <remarks>An input that nothing is computed from is not looked at: a state may hold what is not known yet, as the loss before the first step.</remarks>
internal sealed class CheckedExecutable(Graph graph) : Executable(graph)
{
    private readonly bool[] _read = Read(graph);

    public override long WorkspaceBytes => Graph.Nodes.ToArray().Sum(node => node is Apply ? (long)node.Shape.Size * sizeof(double) : 0);

    internal override Iteration Iterate(double[][] state) => new Iteration<double>((inputs, outputs) => Run(inputs, outputs), Graph, state);

    public override void Run(ReadOnlySpan<double[]> inputs, ReadOnlySpan<double[]> outputs)
    {
        Check(inputs, outputs);
        var ranges = new string[Graph.Nodes.Length];
        var finite = new bool[Graph.Nodes.Length];
        string? first = null;
        var results = Reference.Evaluate(
            Graph,
            inputs,
            (id, values) =>
            {
                ranges[id] = Range(values);
                var bad = Array.FindIndex(values, value => !double.IsFinite(value));
                finite[id] = bad < 0 || !_read[id];
                if (finite[id])
                    return;
                // An op may be given an infinity on purpose, as a pooled image's padding is; what it makes of it is looked at.
                var problem = Describe(id, bad, values[bad], ranges);
                if (!IsMeant(id) && Graph.Arguments(id).ToArray().All(argument => finite[argument]))
                    throw new NonFiniteException(problem);
                first ??= problem;
            }
        );
        foreach (var output in Graph.Outputs)
        {
            if (!finite[output])
                throw new NonFiniteException(first!);
        }
        for (var i = 0; i < outputs.Length; i++)
            results[i].CopyTo(outputs[i], 0);
    }

    private static bool[] Read(Graph graph)
    {
        var read = new bool[graph.Nodes.Length];
        foreach (var output in graph.Outputs)
            read[output] = true;
        for (var id = read.Length - 1; id >= 0; id--)
        {
            foreach (var argument in Uses.DataArguments(graph, id))
                read[argument] |= read[id];
        }
        return read;
    }

    private bool IsMeant(int id) => Graph.Nodes[id] is Constant or Apply { Op: Op.Pad };

    private string Describe(int id, int position, double value, string[] ranges)
    {
        var node = Graph.Nodes[id];
        if (node is not Apply apply)
            return string.Create(
                CultureInfo.InvariantCulture,
                $"[{(node is Input input ? $"input \"{input.Name}\"" : "constant")}] of shape {node.Shape} is {value} at element {position}"
            );
        var arguments = Graph.Arguments(id).ToArray().Select(argument => $"{Graph.Nodes[argument].Shape} in {ranges[argument]}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"[{apply.Op.Name}] gave {value} at element {position} of {node.Shape}, from {string.Join(" and ", arguments)}; built at {apply.Origin?.ToString() ?? "an unknown place"}"
        );
    }

    private static string Range(double[] values) =>
        values.Length == 0 ? "[]" : string.Create(CultureInfo.InvariantCulture, $"[{values.Min():G6}, {values.Max():G6}]");
}
