using System.Collections.Immutable;
using System.ComponentModel;

namespace AutoDiff;

/// <summary>What the code generated for <c>[TensorTree]</c> calls; not meant to be called by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TreeSupport
{
    /// <summary>Appends the leaves of a member that is a tree.</summary>
    /// <exception cref="ArgumentException">The member is null.</exception>
    public static void AddLeaves<T>(T tree, string member, ICollection<Tensor> leaves)
        where T : ITensorTree<T> => Present(tree, member).AddLeaves(leaves);

    /// <summary>Appends the leaves of a member that is an array, element by element.</summary>
    /// <exception cref="ArgumentException">The array was never assigned.</exception>
    public static void AddLeaves<T>(
        ImmutableArray<T> items,
        string member,
        ICollection<Tensor> leaves,
        Action<T, ICollection<Tensor>> addLeaves
    )
    {
        foreach (var item in Assigned(items, member))
            addLeaves(item, leaves);
    }

    /// <summary>Appends the leaf names of a member that is a tree.</summary>
    /// <exception cref="ArgumentException">The member is null.</exception>
    public static void AddNames<T>(T tree, string member, string path, ICollection<string> names)
        where T : ITensorTree<T> => Present(tree, member).AddNames(path, names);

    /// <summary>Appends the leaf names of a member that is an array: each element's path ends in its index.</summary>
    /// <exception cref="ArgumentException">The array was never assigned.</exception>
    public static void AddNames<T>(
        ImmutableArray<T> items,
        string member,
        string path,
        ICollection<string> names,
        Action<T, string, ICollection<string>> addNames
    )
    {
        for (var i = 0; i < Assigned(items, member).Length; i++)
            addNames(items[i], Path(path, i), names);
    }

    /// <summary>Whether two members that are trees differ in leaves only.</summary>
    /// <exception cref="ArgumentException">A member is null.</exception>
    public static bool IsLike<T>(T tree, T other, string member)
        where T : ITensorTree<T> => Present(tree, member).IsLike(Present(other, member));

    /// <summary>Whether two members that are arrays have the same length and elements that differ in leaves only.</summary>
    /// <exception cref="ArgumentException">An array was never assigned.</exception>
    public static bool IsLike<T>(ImmutableArray<T> items, ImmutableArray<T> others, string member, Func<T, T, string, bool> isLike)
    {
        if (Assigned(items, member).Length != Assigned(others, member).Length)
            return false;
        for (var i = 0; i < items.Length; i++)
        {
            if (!isLike(items[i], others[i], member))
                return false;
        }
        return true;
    }

    /// <summary>A member that is a tree, with the next leaves.</summary>
    /// <exception cref="ArgumentException">The member is null, or the leaves are used up.</exception>
    public static T Rebuild<T>(T tree, string member, LeafReader leaves)
        where T : ITensorTree<T> => Present(tree, member).Rebuild(leaves);

    /// <summary>A member that is an array of the same length, with the next leaves.</summary>
    /// <exception cref="ArgumentException">The array was never assigned, or the leaves are used up.</exception>
    public static ImmutableArray<T> Rebuild<T>(ImmutableArray<T> items, string member, LeafReader leaves, Func<T, LeafReader, T> rebuild)
    {
        var rebuilt = ImmutableArray.CreateBuilder<T>(Assigned(items, member).Length);
        foreach (var item in items)
            rebuilt.Add(rebuild(item, leaves));
        return rebuilt.MoveToImmutable();
    }

    /// <summary>Appends the leaves of a member that is a tree or null, which has none.</summary>
    public static void AddOptionalLeaves<T>(T? tree, string member, ICollection<Tensor> leaves)
        where T : class, ITensorTree<T> => tree?.AddLeaves(leaves);

    /// <summary>Appends the leaf names of a member that is a tree or null.</summary>
    public static void AddOptionalNames<T>(T? tree, string member, string path, ICollection<string> names)
        where T : class, ITensorTree<T> => tree?.AddNames(path, names);

    /// <summary>Whether two members are both null, or trees that differ in leaves only.</summary>
    public static bool IsOptionalLike<T>(T? tree, T? other, string member)
        where T : class, ITensorTree<T> => tree is null ? other is null : other is not null && tree.IsLike(other);

    /// <summary>A member that is a tree, with the next leaves, or null where it is.</summary>
    /// <exception cref="ArgumentException">The leaves are used up.</exception>
    public static T? RebuildOptional<T>(T? tree, string member, LeafReader leaves)
        where T : class, ITensorTree<T> => tree?.Rebuild(leaves);

    /// <summary>Whether two settings are the same: numbers bit for bit, so that 0 is not −0.</summary>
    public static bool IsSame<T>(T setting, T other) =>
        (setting, other) switch
        {
            (double x, double y) => BitConverter.DoubleToInt64Bits(x) == BitConverter.DoubleToInt64Bits(y),
            (float x, float y) => BitConverter.SingleToInt32Bits(x) == BitConverter.SingleToInt32Bits(y),
            _ => EqualityComparer<T>.Default.Equals(setting, other),
        };

    /// <summary>The path of a member below <paramref name="path"/>.</summary>
    public static string Path(string path, string member) => path.Length == 0 ? member : $"{path}.{member}";

    /// <summary>The path of an element below <paramref name="path"/>.</summary>
    internal static string Path(string path, int index) => $"{path}[{index}]";

    private static T Present<T>(T tree, string member)
    {
        Require.That(tree is not null, $"[TensorTree] {member} is null; expected a tensor or a tree");
        return tree;
    }

    private static ImmutableArray<T> Assigned<T>(ImmutableArray<T> items, string member)
    {
        Require.That(!items.IsDefault, $"[TensorTree] {member} is an unassigned ImmutableArray; expected an array, which may be empty");
        return items;
    }
}
