using static AutoDiff.Ops;

namespace AutoDiff.Laws;

/// <summary>Trees as vectors: the elements of all leaves, in order.</summary>
public static class Ravelled
{
    /// <summary>The number of elements of all leaves.</summary>
    public static int Size<T>(T tree)
        where T : ITensorTree<T> => Leaves(tree).Sum(leaf => leaf.Shape.Size);

    /// <summary>A function over trees as a function of vectors.</summary>
    /// <param name="function">The function.</param>
    /// <param name="example">A tree of the structure and shapes that the function takes.</param>
    public static Func<Tensor, Tensor> Function<TIn, TOut>(Func<TIn, TOut> function, TIn example)
        where TIn : ITensorTree<TIn>
        where TOut : ITensorTree<TOut>
    {
        ArgumentNullException.ThrowIfNull(function);
        var leaves = Leaves(example);
        return x =>
        {
            var parts = Split(x, Ints.From(leaves.Count, i => leaves[i].Shape.Size));
            var point = example.Rebuild(new LeafReader([.. parts.Select((part, i) => ReshapeTo(part, leaves[i].Shape))]));
            return Concatenate([.. Leaves(function(point)).Select(leaf => ReshapeTo(leaf, [leaf.Shape.Size]))]);
        };
    }

    private static List<Tensor> Leaves<T>(T tree)
        where T : ITensorTree<T>
    {
        var leaves = new List<Tensor>();
        tree.AddLeaves(leaves);
        return leaves;
    }
}
