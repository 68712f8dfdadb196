namespace AutoDiff;

/// <summary>Computes graphs that need no inputs, once.</summary>
internal static class Evaluation
{
    /// <summary>The tensors' values, all in one run.</summary>
    /// <exception cref="ArgumentException">A tensor depends on an input.</exception>
    public static Tensor[] Evaluate(IReadOnlyList<Tensor> tensors)
    {
        if (tensors.All(tensor => tensor is Constant))
            return [.. tensors];
        var outputs = tensors.Select(tensor => new double[tensor.Shape.Size]).ToArray();
        // Run once, a graph costs less to compute than to simplify; the bits are the same either way.
        Plan<double>.Of(Graph.Of([], tensors)).Run([], outputs);
        return [.. tensors.Select((tensor, i) => tensor as Constant ?? Constant.Owning(outputs[i], tensor.Shape))];
    }

    /// <summary>Whether nodes depend on no input and on no node that a transform differentiates at, so that their values may stand for them.</summary>
    public static bool IsSettled(IEnumerable<Tensor> nodes, IReadOnlyList<Tensor>? except = null) =>
        !nodes.Any(node => node is Input or Apply { Op: Op.Map(Unary.Identity) } && except?.Contains(node) != true);
}
