namespace AutoDiff;

/// <summary>Computes graphs that need no inputs, once.</summary>
internal static class Evaluation
{
    /// <summary>The tensors' values, all in one run.</summary>
    /// <exception cref="ArgumentException">A tensor depends on an input.</exception>
    /// <param name="tensors">What to compute.</param>
    /// <param name="operation">Where given, the operation in whose name values are refused that are being differentiated: it would cut them out of the derivative.</param>
    public static Tensor[] Evaluate(IReadOnlyList<Tensor> tensors, string? operation = null)
    {
        if (tensors.All(tensor => tensor is Constant))
            return [.. tensors];
        var outputs = tensors.Select(tensor => new double[tensor.Shape.Size]).ToArray();
        // Run once, a graph costs less to compute than to simplify.
        var graph = Graph.Of([], tensors);
        foreach (var node in operation is null ? [] : graph.Nodes)
        {
            Require.That(
                !IsOpen(node),
                $"[{operation}] got values that are being differentiated or traced; computing them here would cut them out of the derivative"
            );
        }
        Plan<double>.Of(graph).Run([], outputs);
        return [.. tensors.Select((tensor, i) => tensor as Constant ?? Constant.Owning(outputs[i], tensor.Shape))];
    }

    /// <summary>Whether the nodes, in an order as of <see cref="Walk"/>, depend on no input but those given and on nothing that is being differentiated, so that their values may stand for them.</summary>
    public static bool IsSettled(List<Tensor> order, IReadOnlyList<Tensor>? inputs = null)
    {
        var known = new HashSet<Tensor>(inputs ?? [], ReferenceEqualityComparer.Instance);
        return !order.Exists(node => (node is Input && !known.Contains(node)) || IsOpen(node));
    }

    private static bool IsOpen(Tensor node) => node is Apply { Op: Op.Barrier(Scope { IsOpen: true }) };
}
