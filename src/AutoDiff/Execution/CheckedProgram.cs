using System.Globalization;

namespace AutoDiff;

/// <summary>Runs node by node and stops at the first value that is not finite.</summary>
internal sealed class CheckedProgram(Graph graph) : Program(graph)
{
    public override long WorkspaceBytes => Graph.Nodes.ToArray().Sum(node => node is Apply ? (long)node.Shape.Size * sizeof(double) : 0);

    public override void Run(ReadOnlySpan<double[]> inputs, ReadOnlySpan<double[]> outputs)
    {
        Require.That(
            outputs.Length == Graph.Outputs.Length,
            $"[Program] got {outputs.Length} output arrays; expected {Graph.Outputs.Length}"
        );
        var ranges = new string[Graph.Nodes.Length];
        var results = Reference.Evaluate(
            Graph,
            inputs,
            (id, values) =>
            {
                ranges[id] = Range(values);
                var bad = Array.FindIndex(values, value => !double.IsFinite(value));
                if (bad >= 0)
                    throw new NonFiniteException(Describe(id, bad, values[bad], ranges));
            }
        );
        for (var i = 0; i < outputs.Length; i++)
            results[i].CopyTo(outputs[i], 0);
    }

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
