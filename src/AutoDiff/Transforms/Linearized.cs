namespace AutoDiff;

/// <summary>A function's derivative at a point as a linear map of its tangent: what does not depend on the tangent is computed once.</summary>
/// <typeparam name="TIn">The tree of inputs and tangents.</typeparam>
/// <typeparam name="TOut">The tree of results.</typeparam>
public sealed class Linearized<TIn, TOut>
    where TIn : ITensorTree<TIn>
    where TOut : ITensorTree<TOut>
{
    private readonly TIn _point;
    private readonly Tensor[] _tangents;
    private readonly Tensor[] _results;

    internal Linearized(TIn point, TOut value, Tensor[] tangents, Tensor[] results) =>
        (_point, Value, _tangents, _results) = (point, value, tangents, results);

    /// <summary>The function's value at the point.</summary>
    public TOut Value { get; }

    /// <summary>J·v: linear in <paramref name="tangent"/>; new graph on top of what is already known.</summary>
    /// <exception cref="ArgumentException">The tangent's shapes are not the point's.</exception>
    public TOut Apply(TIn tangent)
    {
        var leaves = Tree.Leaves(tangent, nameof(Transforms.Linearize));
        Tree.RequireSameShapes(_point, _tangents, leaves, nameof(Transforms.Linearize));
        return Tree.Rebuild(Value, Rewriting.Substitute(_results, _tangents, leaves));
    }

    /// <summary>Value and linear map, as in <c>var (value, map) = Linearize(f, x)</c>.</summary>
    public void Deconstruct(out TOut value, out Func<TIn, TOut> map) => (value, map) = (Value, Apply);

    /// <summary>The transposed map w ↦ Jᵀ·w.</summary>
    public Linearized<TOut, TIn> Transposed()
    {
        Tensor[] cotangents = [.. _results.Select(result => new Input(result.Shape, "cotangent"))];
        var pulled = Rewriting.Freed(Reverse.Pull(_results, cotangents, _tangents), _tangents, cotangents);
        Tensor[] results = [.. pulled.Select((cotangent, i) => cotangent ?? Tensor.Zeros(_tangents[i].Shape))];
        return new(Value, Tree.Rebuild(_point, Array.ConvertAll(_tangents, tangent => Tensor.Zeros(tangent.Shape))), cotangents, results);
    }

    /// <summary>How many directions are batched where nobody says.</summary>
    internal int Rows => UnitBlock.Rows(LinearParts.Largest(_results, _tangents));

    /// <summary>J·v for unit directions of a block of leaves by their positions [size] in it: a batch [size, …] of each leaf.</summary>
    internal Tensor[] ApplyToUnits(UnitBlock block, Tensor positions) =>
        Batching.Rewrite(_results, _tangents, block.Batches(_tangents, positions), positions.Shape[0]);
}
