using System.Globalization;
using System.Text;

namespace AutoDiff;

/// <summary>Graphs as text: one line a node, or Graphviz.</summary>
internal static class GraphText
{
    public static string Print(Graph graph)
    {
        var text = new StringBuilder();
        for (var id = 0; id < graph.Nodes.Length; id++)
        {
            text.Append(CultureInfo.InvariantCulture, $"%{id} = {Label(graph.Nodes[id])}");
            foreach (var argument in graph.Arguments(id))
                text.Append(CultureInfo.InvariantCulture, $" %{argument}");
            text.Append(CultureInfo.InvariantCulture, $" : {graph.Nodes[id].Shape}\n");
        }
        return text.Append(CultureInfo.InvariantCulture, $"return {string.Join(' ', graph.Outputs.ToArray().Select(id => $"%{id}"))}\n")
            .ToString();
    }

    public static string Graphviz(Graph graph)
    {
        var text = new StringBuilder("digraph {\n  node [shape=box, fontname=monospace];\n");
        for (var id = 0; id < graph.Nodes.Length; id++)
        {
            var label = $"{Label(graph.Nodes[id])}\n{graph.Nodes[id].Shape}"
                .Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("\"", "\\\"", StringComparison.Ordinal);
            var style =
                graph.Outputs.Contains(id) ? ", peripheries=2"
                : graph.Nodes[id] is Apply ? ""
                : ", style=rounded";
            text.Append(
                CultureInfo.InvariantCulture,
                $"  n{id} [label=\"{label.Replace("\n", "\\n", StringComparison.Ordinal)}\"{style}];\n"
            );
            foreach (var argument in graph.Arguments(id))
                text.Append(CultureInfo.InvariantCulture, $"  n{argument} -> n{id};\n");
        }
        return text.Append("}\n").ToString();
    }

    private static string Label(Tensor node) =>
        node switch
        {
            Input input => $"input \"{input.Name}\"",
            Constant { Shape.Size: 1 } constant => string.Create(CultureInfo.InvariantCulture, $"constant {constant.Values[0]:R}"),
            Constant => "constant",
            Apply apply => apply.Op.Text,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
