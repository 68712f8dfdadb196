using System.Globalization;

namespace AutoDiff;

/// <summary>One run over a graph, or over a body once a step, that stops at the first value that is not finite.</summary>
/// <param name="graph">The graph.</param>
/// <param name="where">What of a loop it is; nothing for a whole graph.</param>
internal sealed class CheckedRun(Graph graph, string where = "")
{
    private readonly bool[] _read = Read(graph);
    private readonly bool[] _finite = new bool[graph.Nodes.Length];
    private readonly string[] _ranges = new string[graph.Nodes.Length];
    private string? _first;

    /// <summary>The outputs' elements.</summary>
    /// <exception cref="NonFiniteException">An op made a value that is not finite of such as are.</exception>
    public double[][] Evaluate(ReadOnlySpan<double[]> inputs) => Reference.Evaluate(graph, inputs, Observe, Looped);

    /// <summary>Refuses outputs that are not finite.</summary>
    /// <exception cref="NonFiniteException">One is not.</exception>
    public void RequireFinite()
    {
        foreach (var output in graph.Outputs)
        {
            if (!_finite[output])
                throw new NonFiniteException(_first!);
        }
    }

    private void Observe(int id, double[] values)
    {
        _ranges[id] = Range(values);
        var bad = Array.FindIndex(values, value => !double.IsFinite(value));
        _finite[id] = bad < 0 || !_read[id];
        if (_finite[id])
            return;
        // An op may be given an infinity on purpose, as a pooled image's padding is; what it makes of it is looked at.
        var problem = Describe(id, bad, values[bad]);
        if (!IsMeant(id) && graph.Arguments(id).ToArray().All(argument => _finite[argument]))
            throw new NonFiniteException(problem);
        _first ??= problem;
    }

    /// <summary>A loop's body is looked at in every step, a branch where it is taken.</summary>
    private double[]? Looped(int id, double[]?[] values) =>
        (graph.Nodes[id] as Apply)?.Op switch
        {
            Op.Scan(var loop) => Reference.Scan(
                loop,
                Reference.Arguments(graph, id, values),
                (i, inputs) => new CheckedRun(loop.Body.Graph, $"{where} in iteration {i} of Scan").Evaluate(inputs)
            ),
            Op.While(var loop) => Reference.While(
                loop,
                Reference.Arguments(graph, id, values),
                (i, inputs) => new CheckedRun(loop.Body.Graph, $"{where} in iteration {i} of While").Evaluate(inputs)
            ),
            Op.Cond(var branches) => Reference.Cond(
                branches,
                Reference.Arguments(graph, id, values),
                (name, body, inputs) => new CheckedRun(body.Graph, $"{where} in {name} of Cond").Evaluate(inputs)
            ),
            _ => null,
        };

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

    // What a step is given was looked at where it was made.
    private bool IsMeant(int id) => graph.Nodes[id] is Constant or Apply { Op: Op.Pad } || (graph.Nodes[id] is Input && where.Length > 0);

    private string Describe(int id, int position, double value)
    {
        var node = graph.Nodes[id];
        if (node is not Apply apply)
            return string.Create(
                CultureInfo.InvariantCulture,
                $"[{(node is Input input ? $"input \"{input.Name}\"" : "constant")}] of shape {node.Shape} is {value} at element {position}"
            );
        var arguments = graph.Arguments(id).ToArray().Select(argument => $"{graph.Nodes[argument].Shape} in {_ranges[argument]}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"[{apply.Op.Name}] gave {value} at element {position} of {node.Shape}, from {string.Join(" and ", arguments)}; built at {apply.Origin?.ToString() ?? "an unknown place"}{where}"
        );
    }

    private static string Range(double[] values) =>
        values.Length == 0 ? "[]" : string.Create(CultureInfo.InvariantCulture, $"[{values.Min():G6}, {values.Max():G6}]");
}
