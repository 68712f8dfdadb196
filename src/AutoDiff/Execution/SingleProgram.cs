using System.Numerics.Tensors;

namespace AutoDiff;

/// <summary>Runs a plan in single precision; values are rounded on the way in and widened on the way out.</summary>
internal sealed class SingleProgram(Graph graph) : Program(graph)
{
    private readonly Plan<float> _plan = Plan<float>.Of(graph);
    private Arrays? _spare;

    public override long WorkspaceBytes => _plan.WorkspaceBytes;

    public override void Run(ReadOnlySpan<double[]> inputs, ReadOnlySpan<double[]> outputs)
    {
        Check(inputs, outputs);
        var arrays = Interlocked.Exchange(ref _spare, null) ?? new Arrays(Graph);
        for (var i = 0; i < inputs.Length; i++)
            TensorPrimitives.ConvertTruncating<double, float>(inputs[i], arrays.Inputs[i]);
        _plan.Run(arrays.Inputs, arrays.Outputs);
        for (var i = 0; i < outputs.Length; i++)
            TensorPrimitives.ConvertTruncating<float, double>(arrays.Outputs[i], outputs[i]);
        Volatile.Write(ref _spare, arrays);
    }

    private sealed class Arrays(Graph graph)
    {
        public readonly float[][] Inputs = [.. graph.Inputs.ToArray().Select(id => new float[graph.Nodes[id].Shape.Size])];
        public readonly float[][] Outputs = [.. graph.Outputs.ToArray().Select(id => new float[graph.Nodes[id].Shape.Size])];
    }
}
