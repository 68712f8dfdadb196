using static AutoDiff.Ops;

namespace AutoDiff.Tests.Execution;

/// <summary>Graphs that a plan must compute as the reference does, with random inputs.</summary>
internal static class PlanCases
{
    public static double[] Random(int size, int seed)
    {
        var random = new Random(seed);
        var values = new double[size];
        for (var i = 0; i < size; i++)
            values[i] = (random.NextDouble() * 4) - 2;
        return values;
    }

    public static Graph Graph(int[][] shapes, Func<Tensor[], Tensor[]> build)
    {
        var inputs = shapes.Select((shape, i) => new Input(Shape.Of(shape), $"x{i}")).ToArray();
        return AutoDiff.Graph.Of(inputs, build([.. inputs]));
    }

    public static double[][] Inputs(Graph graph, int seed = 1) =>
        [.. graph.Inputs.ToArray().Select((id, i) => Random(graph.Nodes[id].Shape.Size, (seed * 100) + i))];

    public static double[][] Run(Graph graph, double[][] inputs)
    {
        var outputs = graph.Outputs.ToArray().Select(id => new double[graph.Nodes[id].Shape.Size]).ToArray();
        Plan<double>.Of(graph).Run(inputs, outputs);
        return outputs;
    }

    public static double[][] RunSingle(Graph graph, double[][] inputs)
    {
        var outputs = graph.Outputs.ToArray().Select(id => new float[graph.Nodes[id].Shape.Size]).ToArray();
        Plan<float>.Of(graph).Run([.. inputs.Select(Narrow)], outputs);
        return [.. outputs.Select(output => output.Select(value => (double)value).ToArray())];
    }

    public static float[] Narrow(double[] values) => [.. values.Select(value => (float)value)];

    public static void Check(Graph graph, int seed = 1)
    {
        var inputs = Inputs(graph, seed);
        Near(Reference.Evaluate(graph, inputs), Run(graph, inputs), 1e-12, graph);
        double[][] rounded = [.. inputs.Select(values => values.Select(value => (double)(float)value).ToArray())];
        Near(Reference.Evaluate(graph, rounded), RunSingle(graph, rounded), 1e-4, graph);
    }

    public static void Check(int[][] shapes, Func<Tensor[], Tensor[]> build) => Check(Graph(shapes, build));

    public static void Near(double[][] expected, double[][] actual, double tolerance, Graph graph)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].Length, actual[i].Length);
            for (var j = 0; j < expected[i].Length; j++)
            {
                var (e, a) = (expected[i][j], actual[i][j]);
                // Not Assert.True, for which the graph would be printed at each element.
                if (!(e.Equals(a) || Math.Abs(e - a) <= tolerance * Math.Max(1, Math.Abs(e))))
                    Assert.Fail($"output {i}, element {j}: expected {e:R}, got {a:R}\n{graph}");
            }
        }
    }

    /// <summary>Views of a view of x [3,4,5]: each gives another layout.</summary>
    public static IEnumerable<(string Name, Func<Tensor, Tensor> Of)> Layouts =>
        [
            ("plain", x => x),
            ("transpose", x => Transpose(x, 2, 0, 1)),
            ("reverse", x => Transpose(x)),
            ("flip", x => Flip(x, 0, 2)),
            ("slice", x => Slice(x, 2, 1, 4)),
            ("step", x => Slice(x, 1, null, null, -2)),
            ("broadcast", x => BroadcastTo(Reshape(Slice(x, 1, 0, 1), 3, 1, 5), [2, 3, 4, 5])),
            ("transposed slice of broadcast", x => Slice(Transpose(BroadcastTo(ExpandDims(x, 1), [3, 6, 4, 5]), 3, 1, 0, 2), 1, 1, 4)),
            ("flipped windows", x => Flip(Windows(x, 1, 2, 1, 2), 3, 0)),
            ("windows of windows", x => Windows(Windows(x, 1, 2), 2, 3, 2)),
            ("reshaped", x => Reshape(x, 6, 10)),
            ("reshaped transpose", x => Reshape(Transpose(x), 10, 6)),
            ("split axis of slice", x => Reshape(Slice(x, 1, 1, 3), 3, 2, 5, 1)),
            ("row", x => BroadcastTo(Take(Take(x, 0, 1), 0, 2), [7, 5])),
            ("column", x => BroadcastTo(ExpandDims(Take(Take(x, 0, 1), 0, 2), 1), [5, 7])),
            ("single", x => BroadcastTo(Take(Take(Take(x, 0, 1), 0, 2), 0, 3), [4, 5])),
            ("empty", x => Slice(x, 1, 2, 2)),
            ("scalar", x => Take(Take(Take(x, 0, 1), 0, 2), 0, 3)),
            ("large row", x => BroadcastTo(Reshape(x, 60), [50, 60])),
            ("large column", x => BroadcastTo(Reshape(x, 60, 1), [60, 50])),
        ];
}
