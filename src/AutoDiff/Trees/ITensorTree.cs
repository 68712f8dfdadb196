namespace AutoDiff;

/// <summary>A value that holds tensors in a fixed order and can be rebuilt from others: what transforms take and give.</summary>
/// <remarks><see cref="Tensor"/> is a tree of one leaf; <c>[TensorTree]</c> on a partial record generates the rest.</remarks>
/// <typeparam name="TSelf">The implementing type.</typeparam>
public interface ITensorTree<TSelf>
    where TSelf : ITensorTree<TSelf>
{
    /// <summary>Appends the leaves, in order.</summary>
    void AddLeaves(ICollection<Tensor> leaves);

    /// <summary>Appends each leaf's name, in the same order, as a path such as <c>Layers[0].Weight</c> below <paramref name="path"/>.</summary>
    void AddNames(string path, ICollection<string> names);

    /// <summary>Whether <paramref name="other"/> is this tree but for its leaves: the same structure and the same settings, that is, all that is no leaf.</summary>
    /// <remarks>
    /// With the leaves' shapes it is what a plan is made for: <c>Compile</c> gives two trees one plan only where this says yes. Where a tree does not say, its own
    /// equality does: it has as many leaves as the other, and equals the other rebuilt with its leaves. Records that hold no arrays need no more (they take −0 for 0); a type without
    /// an equality of its own, and a record that holds arrays, is then never the same, which is safe but traced at every call: implement this member there.
    /// </remarks>
    bool IsLike(TSelf other) => Tree.IsEqualButForLeaves((TSelf)this, other);

    /// <summary>A tree of the same structure whose leaves are the next ones of <paramref name="leaves"/>.</summary>
    TSelf Rebuild(LeafReader leaves);
}
