using System.Diagnostics;

namespace AutoDiff;

/// <summary>The naive evaluator: every op by its plainest loop over row-major arrays. Kept as the oracle that every fast path must equal.</summary>
internal static partial class Reference
{
    /// <summary>The outputs' elements, in the order of <see cref="Graph.Outputs"/>; each array is the caller's own.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="inputs">The inputs' elements in the order of <see cref="Graph.Inputs"/>; read only.</param>
    /// <param name="observe">Called with each node's id and elements once they are computed, in order; it must not write to them.</param>
    /// <param name="instead">Asked for a node's elements before they are computed here; null where it leaves them to this evaluator.</param>
    /// <exception cref="ArgumentException">The inputs do not fit the graph, or an index is out of range.</exception>
    public static double[][] Evaluate(
        Graph graph,
        ReadOnlySpan<double[]> inputs,
        Action<int, double[]>? observe = null,
        Func<int, double[]?[], double[]?>? instead = null
    )
    {
        ArgumentNullException.ThrowIfNull(graph);
        Require.That(inputs.Length == graph.Inputs.Length, $"[Reference] got {inputs.Length} inputs; expected {graph.Inputs.Length}");
        var values = new double[]?[graph.Nodes.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            var shape = graph.Nodes[graph.Inputs[i]].Shape;
            Require.That(
                inputs[i].Length == shape.Size,
                $"[Reference] input {i} of shape {shape} got {inputs[i].Length} elements; expected {shape.Size}"
            );
            values[graph.Inputs[i]] = inputs[i];
        }
        var lastUse = LastUses(graph);
        for (var id = 0; id < values.Length; id++)
        {
            values[id] ??= instead?.Invoke(id, values) ?? Value(graph, id, values);
            observe?.Invoke(id, values[id]!);
            foreach (var argument in graph.Arguments(id))
            {
                if (lastUse[argument] == id)
                    values[argument] = null;
            }
        }
        var outputs = new double[graph.Outputs.Length][];
        for (var i = 0; i < outputs.Length; i++)
            outputs[i] = [.. values[graph.Outputs[i]]!];
        return outputs;
    }

    /// <summary>For each node the id of the last node that uses it; no id for outputs.</summary>
    private static int[] LastUses(Graph graph)
    {
        var last = new int[graph.Nodes.Length];
        for (var id = 0; id < last.Length; id++)
        {
            foreach (var argument in graph.Arguments(id))
                last[argument] = id;
        }
        foreach (var id in graph.Outputs)
            last[id] = int.MaxValue;
        return last;
    }

    /// <summary>A node's elements from those of its arguments.</summary>
    public static double[] Value(Graph graph, int id, double[]?[] values)
    {
        if (graph.Nodes[id] is Constant constant)
            return constant.Buffer;
        var node = (Apply)graph.Nodes[id];
        var arguments = graph.Arguments(id);
        var x = values[arguments[0]]!;
        return node.Op switch
        {
            Op.Map(var function) => Map(Unaries.Of(function).Value, x),
            Op.Zip(var function) => Zip(Binaries.Of(function).Value, x, values[arguments[1]]!),
            Op.Select => Select(x, values[arguments[1]]!, values[arguments[2]]!),
            Op.Reshape or Op.Barrier or Op.Custom => x,
            Op.Reduce(var kind, var axes) => Reduce(kind, axes, x, node.Arguments[0].Shape, node.Shape),
            Op.ArgMax(var axis) => ArgMax(axis, x, node.Arguments[0].Shape),
            Op.CumulativeSum(var axis, var reverse) => CumulativeSum(axis, reverse, x, node.Shape),
            Op.MatMul => MatMul(x, values[arguments[1]]!, node.Shape, node.Arguments[0].Shape[-1]),
            Op.Concatenate(var axis) => Concatenate(axis, node, arguments, values),
            Op.Gather(var batchRank) => Gather(batchRank, x, node.Arguments[0].Shape, values[arguments[1]]!, node.Arguments[1].Shape),
            Op.ScatterAdd scatter => ScatterAdd(scatter, x, node.Shape, values[arguments[1]]!, node.Arguments[1].Shape),
            Op.Pad pad => Pad(pad, x, node.Arguments[0].Shape, node.Shape),
            Op.OverlapAdd overlap => OverlapAdd(overlap, x, node.Arguments[0].Shape, node.Shape),
            Op.Transpose or Op.Broadcast or Op.Slice or Op.Flip or Op.Windows => Pick(node.Op, x, node.Arguments[0].Shape, node.Shape),
            _ => throw new UnreachableException(),
        };
    }

    private static double[] Map(Func<double, double> function, double[] x)
    {
        var y = new double[x.Length];
        for (var i = 0; i < y.Length; i++)
            y[i] = function(x[i]);
        return y;
    }

    private static double[] Zip(Func<double, double, double> function, double[] x, double[] y)
    {
        var z = new double[x.Length];
        for (var i = 0; i < z.Length; i++)
            z[i] = function(x[i], y[i]);
        return z;
    }

    private static double[] Select(double[] condition, double[] whenTrue, double[] whenFalse)
    {
        var y = new double[condition.Length];
        for (var i = 0; i < y.Length; i++)
            y[i] = condition[i] != 0 ? whenTrue[i] : whenFalse[i];
        return y;
    }
}
