namespace AutoDiff;

/// <summary>A linear map that depends on a point, as two graphs: the residuals, which do not depend on the tangent, and the product with a tangent, which reads them.</summary>
/// <remarks>For points of one set of shapes; the map's function is called once. Plans of the graphs (<see cref="Executable.Of"/>) serve any point: the residuals are computed once for each.</remarks>
public sealed class LinearParts
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

    /// <summary>The parts of (point, tangent) → product at points of the shapes of <paramref name="like"/>.</summary>
    /// <param name="product">A function that is linear in the tangent, as <see cref="Transforms.Hvp{T}(Func{T, Tensor}, T, T)"/> of a loss is.</param>
    /// <param name="like">A point; its values do not matter.</param>
    /// <exception cref="InvalidOperationException">The function uses a value that is being differentiated or traced.</exception>
    public static LinearParts Of<TIn, TOut>(Func<TIn, TIn, TOut> product, TIn like)
        where TIn : ITensorTree<TIn>
        where TOut : ITensorTree<TOut>
    {
        Require.NotNull(product, nameof(LinearParts));
        var settled =
            Settled<Pair<TIn, TIn>, TOut>.Of(nameof(LinearParts), pair => product(pair.First, pair.Second), new(like, like))
            ?? throw new InvalidOperationException(
                "[LinearParts] the function uses a value that is being differentiated or traced; expected one that is closed"
            );
        var half = settled.Inputs.Length / 2;
        return new(settled.Inputs[..half], settled.Inputs[half..], settled.Outputs, Walk.Order(settled.Outputs));
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
    internal static List<Tensor> Residuals(Tensor[] outputs, Input[] inputs)
    {
        var order = Walk.Order(outputs);
        return Residuals(order, Walk.DependingOn(inputs, order));
    }

    /// <summary>What the part that depends on the tangent reads of the rest: computed nodes, except where it reads them rearranged or repeated, which is no smaller.</summary>
    internal static List<Tensor> Residuals(List<Tensor> order, HashSet<Tensor> depending)
    {
        var (residuals, seen) = (new List<Tensor>(), new HashSet<Tensor>(ReferenceEqualityComparer.Instance));
        foreach (var node in order)
        {
            if (node is not Apply apply || !depending.Contains(node))
                continue;
            foreach (var argument in apply.Arguments)
            {
                var read = argument;
                while (
                    !depending.Contains(read)
                    && read
                        is Apply { Op: Op.Broadcast or Op.Transpose or Op.Reshape or Op.Flip or Op.Barrier or Op.Map(Unary.Identity) } view
                )
                    read = view.Arguments[0];
                if (read is Apply && !depending.Contains(read) && seen.Add(read))
                    residuals.Add(read);
            }
        }
        return residuals;
    }
}
