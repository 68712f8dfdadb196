namespace AutoDiff;

/// <summary>What the library itself needs of trees.</summary>
internal static class Tree
{
    public static Tensor[] Leaves<T>(T tree, string operation)
        where T : ITensorTree<T>
    {
        Require.NotNull(tree, operation);
        var leaves = new List<Tensor>();
        tree.AddLeaves(leaves);
        for (var i = 0; i < leaves.Count; i++)
            Require.That(leaves[i] is not null, $"[{operation}] leaf \"{Names(tree)[i]}\" is null; expected a tensor");
        return [.. leaves];
    }

    /// <summary>The number of elements of all leaves together.</summary>
    /// <exception cref="ArgumentException">There are more than an <see cref="int"/> can count.</exception>
    public static int Size(IEnumerable<Tensor> leaves, string operation)
    {
        var size = leaves.Sum(leaf => (long)leaf.Shape.Size);
        Require.That(size <= int.MaxValue, $"[{operation}] got leaves of {size} elements in all; expected no more than {int.MaxValue}");
        return (int)size;
    }

    public static string[] Names<T>(T tree)
        where T : ITensorTree<T>
    {
        var names = new List<string>();
        tree.AddNames("", names);
        return [.. names];
    }

    /// <summary>Whether two trees have equally many leaves and are equal where they hold the same ones.</summary>
    public static bool IsEqualButForLeaves<T>(T tree, T other)
        where T : ITensorTree<T>
    {
        var leaves = new List<Tensor>();
        var others = new List<Tensor>();
        tree.AddLeaves(leaves);
        other.AddLeaves(others);
        return leaves.Count == others.Count && EqualityComparer<T>.Default.Equals(tree, other.Rebuild(new LeafReader(leaves)));
    }

    public static T Rebuild<T>(T like, Tensor[] leaves)
        where T : ITensorTree<T> => like.Rebuild(new LeafReader(leaves));

    /// <summary>Whether two lists of leaves have the same shapes.</summary>
    public static bool HaveSameShapes(IReadOnlyList<Tensor> leaves, IReadOnlyList<Tensor> others)
    {
        if (leaves.Count != others.Count)
            return false;
        for (var i = 0; i < leaves.Count; i++)
        {
            if (!leaves[i].Shape.Equals(others[i].Shape))
                return false;
        }
        return true;
    }

    /// <summary>Checks that two trees have leaves of the same shapes, as a point and its tangent have.</summary>
    public static void RequireSameShapes<T>(T like, Tensor[] expected, Tensor[] actual, string operation)
        where T : ITensorTree<T>
    {
        Require.That(expected.Length == actual.Length, $"[{operation}] got {actual.Length} leaves; expected {expected.Length}");
        for (var i = 0; i < expected.Length; i++)
        {
            Require.That(
                expected[i].Shape.Equals(actual[i].Shape),
                $"[{operation}] leaf \"{Names(like)[i]}\" has shape {actual[i].Shape}; expected {expected[i].Shape}"
            );
        }
    }
}
