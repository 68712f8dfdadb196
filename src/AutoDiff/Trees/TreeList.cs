using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace AutoDiff;

/// <summary>Makes tree lists, so that <c>TreeList&lt;Layer&gt; layers = [first, second]</c> compiles.</summary>
public static class TreeList
{
    /// <summary>A list of the given trees, copied.</summary>
    /// <exception cref="ArgumentException">A tree is null.</exception>
    public static TreeList<T> Of<T>(params ReadOnlySpan<T> items)
        where T : ITensorTree<T> => new([.. items]);

    /// <summary>The same of an array.</summary>
    /// <exception cref="ArgumentException">A tree is null, or the array.</exception>
    public static TreeList<T> Of<T>(params T[] items)
        where T : ITensorTree<T>
    {
        Require.NotNull(items, "TreeList.Of");
        return Of(items.AsSpan());
    }
}

/// <summary>An immutable list of trees that is itself a tree: what an <see cref="ImmutableArray{T}"/> inside a record is, on its own.</summary>
/// <remarks>
/// Leaves are named <c>[0]</c>, <c>[1].Weight</c>, …. Two lists are equal where their elements are, one by one; since tensors are equal by
/// reference, lists of tensors are equal only where they hold the very same nodes.
/// </remarks>
/// <typeparam name="T">The elements' type.</typeparam>
[CollectionBuilder(typeof(TreeList), nameof(TreeList.Of))]
[JsonConverter(typeof(TreeListJsonConverter))]
public sealed class TreeList<T> : IReadOnlyList<T>, ITensorTree<TreeList<T>>, IEquatable<TreeList<T>>
    where T : ITensorTree<T>
{
    /// <summary>A list of the array's trees.</summary>
    /// <exception cref="ArgumentException">The array was never assigned, or a tree is null.</exception>
    public TreeList(ImmutableArray<T> items)
    {
        Require.That(!items.IsDefault, $"[TreeList] got an unassigned ImmutableArray; expected an array, which may be empty");
        for (var i = 0; i < items.Length; i++)
            Require.That(items[i] is not null, $"[TreeList] element {i} is null; expected a tensor or a tree");
        Items = items;
    }

    /// <summary>The trees, in order.</summary>
    public ImmutableArray<T> Items { get; }

    /// <summary>How many trees the list holds.</summary>
    public int Count => Items.Length;

    /// <inheritdoc/>
    public T this[int index] => Items[index];

    void ITensorTree<TreeList<T>>.AddLeaves(ICollection<Tensor> leaves)
    {
        foreach (var item in Items)
            item.AddLeaves(leaves);
    }

    void ITensorTree<TreeList<T>>.AddNames(string path, ICollection<string> names)
    {
        for (var i = 0; i < Items.Length; i++)
            Items[i].AddNames(TreeSupport.Path(path, i), names);
    }

    bool ITensorTree<TreeList<T>>.IsLike(TreeList<T> other) => TreeSupport.IsLike(Items, other.Items, nameof(Items), TreeSupport.IsLike);

    TreeList<T> ITensorTree<TreeList<T>>.Rebuild(LeafReader leaves) => new([.. Items.Select(item => item.Rebuild(leaves))]);

    /// <summary>Whether the elements are equal, one by one.</summary>
    public bool Equals(TreeList<T>? other) => ReferenceEquals(this, other) || (other is not null && Items.SequenceEqual(other.Items));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TreeList<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in Items)
            hash.Add(item);
        return hash.ToHashCode();
    }

    /// <summary>The elements between brackets.</summary>
    public override string ToString() => $"[{string.Join(", ", Items)}]";

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
