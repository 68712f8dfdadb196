using System.Globalization;
using System.Text;

namespace AutoDiff;

/// <summary>Graphs as text: one line a node, or Graphviz.</summary>
internal static class GraphText
{
    public static string Print(Graph graph)
    {
        var text = new StringBuilder();
        Print(graph, text, "", "return");
        return text.ToString();
    }

    public static string Graphviz(Graph graph)
    {
        var text = new StringBuilder("digraph {\n  node [shape=box, fontname=monospace];\n");
        Nodes(graph, text, "  ", "n");
        return text.Append("}\n").ToString();
    }

    private static void Print(Graph graph, StringBuilder text, string indent, string end)
    {
        for (var id = 0; id < graph.Nodes.Length; id++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}%{id} = {Label(graph.Nodes[id])}");
            foreach (var argument in graph.Arguments(id))
                text.Append(CultureInfo.InvariantCulture, $" %{argument}");
            text.Append(CultureInfo.InvariantCulture, $" : {graph.Nodes[id].Shape}\n");
            foreach (var (name, body) in Bodies(graph.Nodes[id]))
                Print(body.Graph, text, indent + "  ", name);
        }
        text.Append(CultureInfo.InvariantCulture, $"{indent}{end} {string.Join(' ', graph.Outputs.ToArray().Select(id => $"%{id}"))}\n");
    }

    /// <summary>A body's nodes lie in a box of their own, beside the node that they belong to.</summary>
    private static void Nodes(Graph graph, StringBuilder text, string indent, string prefix)
    {
        for (var id = 0; id < graph.Nodes.Length; id++)
        {
            var label = Quoted($"{Label(graph.Nodes[id])}\n{graph.Nodes[id].Shape}");
            var style =
                graph.Outputs.Contains(id) ? ", peripheries=2"
                : graph.Nodes[id] is Apply ? ""
                : ", style=rounded";
            text.Append(CultureInfo.InvariantCulture, $"{indent}{prefix}{id} [label=\"{label}\"{style}];\n");
            foreach (var argument in graph.Arguments(id))
                text.Append(CultureInfo.InvariantCulture, $"{indent}{prefix}{argument} -> {prefix}{id};\n");
            foreach (var (name, body) in Bodies(graph.Nodes[id]))
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{indent}subgraph cluster_{prefix}{id}_{name} {{\n{indent}  label=\"{name} of %{id}\";\n"
                );
                Nodes(body.Graph, text, indent + "  ", $"{prefix}{id}_{name}_");
                text.Append(CultureInfo.InvariantCulture, $"{indent}}}\n");
            }
        }
    }

    private static IEnumerable<(string Name, Body Body)> Bodies(Tensor node) => node is Apply apply ? apply.Op.Bodies : [];

    private static string Quoted(string label) =>
        label
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);

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
