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

    /// <summary>Appends the length of each array in the tree, outer ones first; nothing where there are none.</summary>
    void AddLengths(ICollection<int> lengths) { }

    /// <summary>A tree of the same structure whose leaves are the next ones of <paramref name="leaves"/>.</summary>
    TSelf Rebuild(LeafReader leaves);
}
