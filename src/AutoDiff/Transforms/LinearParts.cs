namespace AutoDiff;

/// <summary>A function's derivative as two graphs: the residuals, which do not depend on the tangent, and the product with a tangent, which reads them.</summary>
internal sealed class LinearParts
{
    private readonly Input[] _point;
    private readonly List<Tensor> _residuals;
    private readonly Input[] _known;
    private readonly Input[] _tangents;
    private readonly Tensor[] _results;

    private LinearParts(Input[] point, Input[] tangents, Tensor[] results, List<Tensor> order)
    {
        (_point, _tangents) = (point, tangents);
        _residuals = Residuals(order, Walk.DependingOn(tangents, order));
        var stored = _residuals.ConvertAll(residual => new Input(residual.Shape, "residual"));
        _known = [.. point, .. stored];
        _results = Rewriting.Substitute(results, _residuals, stored);
    }

    /// <summary>The tensors that a product reads besides the tangent: the point's leaves, then the residuals.</summary>
    public ReadOnlySpan<Input> Known => _known;

    /// <summary>The most elements that a node of the product has.</summary>
    public int LargestSize => Walk.DependingOn(_tangents, Walk.Order(_results)).Select(node => node.Shape.Size).DefaultIfEmpty(0).Max();

    /// <summary>The derivative of <paramref name="function"/> at points of the shapes of <paramref name="like"/>; null where it uses a value that is being differentiated or traced.</summary>
    public static LinearParts? Of<TIn, TOut>(Func<TIn, TOut> function, TIn like, string operation)
        where TIn : ITensorTree<TIn>
        where TOut : ITensorTree<TOut>
    {
        var leaves = Tree.Leaves(like, operation);
        var point = Array.ConvertAll(leaves, leaf => new Input(leaf.Shape, "point"));
        using var traced = Traced<TIn, TOut>.At(operation, function, Tree.Rebuild(like, [.. point]));
        var tangents = Array.ConvertAll(leaves, leaf => new Input(leaf.Shape, "tangent"));
        var results = traced.Push([.. tangents]);
        var order = Walk.Order(results);
        return Evaluation.IsSettled(order, [.. point, .. tangents]) ? new(point, tangents, results, order) : null;
    }

    /// <summary>The point's leaves → the residuals.</summary>
    public Graph Before() => Graph.Of(_point, _residuals);

    /// <summary>What is known, and a tangent's leaves → the product's leaves.</summary>
    public Graph Product() => Graph.Of([.. _known, .. _tangents], _results);

    /// <summary>The same for a batch [size, …] of each leaf.</summary>
    public Graph Batched(int size)
    {
        var batches = Array.ConvertAll(_tangents, tangent => new Input(tangent.Shape.Insert(0, size), "tangents"));
        return Graph.Of([.. _known, .. batches], Batching.Rewrite(_results, _tangents, batches, size));
    }

    /// <summary>What the part of the outputs that depends on the inputs reads of the rest.</summary>
    public static List<Tensor> Residuals(Tensor[] outputs, Input[] inputs)
    {
        var order = Walk.Order(outputs);
        return Residuals(order, Walk.DependingOn(inputs, order));
    }

    /// <summary>What the part that depends on the tangent reads of the rest: computed nodes, except where it reads them rearranged or repeated, which is no smaller.</summary>
    public static List<Tensor> Residuals(List<Tensor> order, HashSet<Tensor> depending)
    {
        var (residuals, seen) = (new List<Tensor>(), new HashSet<Tensor>(ReferenceEqualityComparer.Instance));
        foreach (var node in order)
        {
            if (node is not Apply apply || !depending.Contains(node))
                continue;
            foreach (var argument in apply.Arguments)
            {
                var read = argument;
                while (!depending.Contains(read) && read is Apply view && IsNoSmaller(view.Op))
                    read = view.Arguments[0];
                if (read is Apply && !depending.Contains(read) && seen.Add(read))
                    residuals.Add(read);
            }
        }
        return residuals;
    }

    // A rule's other arguments would be read with it.
    private static bool IsNoSmaller(Op op) =>
        op is not Op.Custom && op.Facts.Arrangement is Arrangement.Same or Arrangement.Reshaped or Arrangement.Whole;
}
