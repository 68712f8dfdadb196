using System.Collections.Immutable;

namespace AutoDiff;

public static partial class TreeMath
{
    /// <summary>Trees of one structure as one, whose every leaf has a new first axis: a slice for each tree.</summary>
    /// <exception cref="ArgumentException">No tree is given, or they differ in structure, in shapes or in what they hold besides leaves.</exception>
    public static T Stack<T>(IReadOnlyList<T> trees)
        where T : ITensorTree<T>
    {
        Require.NotNull(trees, "TreeMath.Stack");
        Require.That(trees.Count > 0, $"[TreeMath.Stack] got no trees; expected at least one");
        var names = Names(trees[0]);
        var leaves = new Tensor[trees.Count][];
        for (var i = 0; i < leaves.Length; i++)
        {
            leaves[i] = Tree.Leaves(trees[i], "TreeMath.Stack");
            AgreeInStructure(nameof(Stack), names, Names(trees[i]));
            for (var leaf = 0; leaf < names.Length; leaf++)
                Require.That(
                    leaves[i][leaf].Shape.Equals(leaves[0][leaf].Shape),
                    $"[TreeMath.Stack] leaf {Quoted(names[leaf])} of tree {i} has shape {leaves[i][leaf].Shape}; expected {leaves[0][leaf].Shape}, as in the first"
                );
        }
        for (var i = 1; i < leaves.Length; i++)
            Require.That(
                trees[0].IsLike(trees[i]),
                $"[TreeMath.Stack] tree {i} differs from the first in what it holds besides leaves; expected equal settings"
            );
        foreach (var leaf in leaves[0])
            Shape.Result("TreeMath.Stack", [trees.Count, .. leaf.Shape], leaf.Shape);
        return Tree.Rebuild(trees[0], [.. names.Select((_, leaf) => Ops.Stack([.. leaves.Select(tree => tree[leaf])]))]);
    }

    /// <summary>The trees that <see cref="Stack"/> made one of: a slice of every leaf along its first axis each.</summary>
    /// <exception cref="ArgumentException">The tree has no leaf, a leaf is a scalar, or the first axes differ in length.</exception>
    public static ImmutableArray<T> Unstack<T>(T tree)
        where T : ITensorTree<T>
    {
        var leaves = Tree.Leaves(tree, "TreeMath.Unstack");
        Require.That(leaves.Length > 0, $"[TreeMath.Unstack] got a tree without leaves; expected at least one");
        for (var leaf = 0; leaf < leaves.Length; leaf++)
            Require.That(
                leaves[leaf].Rank > 0 && leaves[leaf].Shape[0] == leaves[0].Shape[0],
                $"[TreeMath.Unstack] leaf {Quoted(Names(tree)[leaf])} has shape {leaves[leaf].Shape}; expected a first axis as long as every other leaf's"
            );
        return
        [
            .. Enumerable.Range(0, leaves[0].Shape[0]).Select(i => Tree.Rebuild(tree, [.. leaves.Select(leaf => Ops.Take(leaf, 0, i))])),
        ];
    }
}
