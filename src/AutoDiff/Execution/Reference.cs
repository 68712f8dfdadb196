namespace AutoDiff;

/// <summary>The naive evaluator: every op by its plainest loop over row-major arrays. Kept as the oracle that every fast path must equal.</summary>
internal sealed partial class Reference : IOpTable<Reference.Values, double[]>
{
    private static readonly Reference Table = new();

    private Reference() { }

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

    private static double[] Value(Graph graph, int id, double[]?[] values) =>
        graph.Nodes[id] is Constant constant ? constant.Buffer : Value((Apply)graph.Nodes[id], Arguments(graph, id, values));

    /// <summary>A node's elements from those of its arguments.</summary>
    public static double[] Value(Apply node, double[][] x) => node.Op.Accept(Table, new(node, x));

    /// <summary>The elements of a node's arguments, by those of all nodes.</summary>
    public static double[][] Arguments(Graph graph, int id, double[]?[] values)
    {
        var arguments = graph.Arguments(id);
        var x = new double[arguments.Length][];
        for (var i = 0; i < x.Length; i++)
            x[i] = values[arguments[i]]!;
        return x;
    }

    public double[] Of(Op.Map op, Values x) => Map(Unaries.Of(op).Value, x[0]);

    public double[] Of(Op.Ordered op, Values x) => Map(Unaries.Of(op).Value, x[0]);

    public double[] Of(Op.Zip op, Values x) => Zip(Binaries.Of(op.Function).Value, x[0], x[1]);

    public double[] Of(Op.Select op, Values x) => Select(x[0], x[1], x[2]);

    public double[] Of(Op.Reduce op, Values x) => Reduce(op.Kind, op.Axes, x[0], x.Shape(0), x.To);

    public double[] Of(Op.ArgMax op, Values x) => ArgMax(op.Axis, x[0], x.Shape(0));

    public double[] Of(Op.CumulativeSum op, Values x) => CumulativeSum(op.Axis, op.Reverse, x[0], x.To);

    public double[] Of(Op.MatMul op, Values x) => MatMul(x[0], x[1], x.To, x.Shape(0)[-1]);

    public double[] Of(Op.Matrix op, Values x) => Matrix(MatrixFunctions.Of(op.Function), x);

    public double[] Of(Op.Reshape op, Values x) => x[0];

    public double[] Of(Op.Transpose op, Values x) => Pick(x, (index, axis) => index[op.Permutation.AsSpan().IndexOf(axis)]);

    public double[] Of(Op.Broadcast op, Values x) =>
        Pick(x, (index, axis) => x.Shape(0)[axis] == 1 ? 0 : index[index.Length - x.Shape(0).Rank + axis]);

    public double[] Of(Op.Slice op, Values x) => Pick(x, (index, axis) => op.Start[axis] + (index[axis] * op.Step[axis]));

    public double[] Of(Op.Pad op, Values x) => Pad(op, x[0], x.Shape(0), x.To);

    public double[] Of(Op.Concatenate op, Values x) => Concatenate(op.Axis, x);

    public double[] Of(Op.Flip op, Values x) =>
        Pick(x, (index, axis) => op.Axes.Contains(axis) ? x.Shape(0)[axis] - 1 - index[axis] : index[axis]);

    public double[] Of(Op.Gather op, Values x) => Gather(op.BatchRank, x[0], x.Shape(0), x[1], x.Shape(1));

    public double[] Of(Op.ScatterAdd op, Values x) => ScatterAdd(op, x[0], x.To, x[1], x.Shape(1));

    public double[] Of(Op.Windows op, Values x) =>
        Pick(x, (index, axis) => axis == op.Axis ? (index[axis] * op.Stride) + (index[^1] * op.Dilation) : index[axis]);

    public double[] Of(Op.OverlapAdd op, Values x) => OverlapAdd(op, x[0], x.Shape(0), x.To);

    public double[] Of(Op.Draw op, Values x) => Draw(op, x[0]);

    public double[] Of(Op.Gamma op, Values x) => Gamma(x[0], x[1]);

    public double[] Of(Op.SplitKey op, Values x) => SplitKey(op.Count, x[0]);

    public double[] Of(Op.FoldIn op, Values x) => FoldIn(x[0], x[1]);

    public double[] Of(Op.Fft op, Values x) => Fft(op.Inverse, x[0], x.To[-1]);

    public double[] Of(Op.Barrier op, Values x) => x[0];

    public double[] Of(Op.Custom op, Values x) => x[0];

    public double[] Of(Op.Callback op, Values x) => op.Host.Compute(x.All, op.Batch.Size);

    public double[] Of(Op.Scan op, Values x) => Scan(op.Loop, x.All, (_, inputs) => Evaluate(op.Loop.Body.Graph, inputs));

    public double[] Of(Op.While op, Values x) => While(op.Loop, x.All, (_, inputs) => Evaluate(op.Loop.Body.Graph, inputs));

    public double[] Of(Op.Cond op, Values x) => Cond(op.Branches, x.All, (_, body, inputs) => Evaluate(body.Graph, inputs));

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

    /// <summary>A node and its arguments' elements.</summary>
    internal readonly struct Values(Apply node, double[][] x)
    {
        /// <summary>How many arguments there are.</summary>
        public int Count => x.Length;

        /// <summary>The node.</summary>
        public Apply Node => node;

        /// <summary>The result's shape.</summary>
        public Shape To => node.Shape;

        /// <summary>The elements of all arguments.</summary>
        public double[][] All => x;

        /// <summary>An argument's elements.</summary>
        public double[] this[int argument] => x[argument];

        /// <summary>An argument's shape.</summary>
        public Shape Shape(int argument) => node.Arguments[argument].Shape;
    }
}
