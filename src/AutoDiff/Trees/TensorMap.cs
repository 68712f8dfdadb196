using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace AutoDiff;

/// <summary>An immutable map from names to tensors, in a fixed order, that is itself a tree: what a net's parameters are, whose structure is known only when it runs.</summary>
/// <remarks>
/// Names are paths with dots between their parts, as <c>layers.0.weight</c>; <see cref="Part"/> takes what lies below a path. The leaves are named as the map names them, so masks,
/// blocks of a Hessian and files use these names. Two maps are equal where they name the same nodes in the same order: tensors are equal by reference.
/// </remarks>
[JsonConverter(typeof(TensorMapJsonConverter))]
public sealed class TensorMap : IEnumerable<KeyValuePair<string, Tensor>>, ITensorTree<TensorMap>, IEquatable<TensorMap>
{
    private readonly ImmutableArray<string> _names;
    private readonly ImmutableArray<Tensor> _tensors;

    // By the first part of their names, so that taking every part of a net is not a search through all names for each.
    private readonly Lazy<Dictionary<string, TensorMap>> _parts;

    private TensorMap(ImmutableArray<string> names, ImmutableArray<Tensor> tensors) =>
        (_names, _tensors, _parts) = (names, tensors, new(ByFirstPart));

    /// <summary>The map of nothing.</summary>
    public static TensorMap Empty { get; } = new([], []);

    /// <summary>How many tensors there are.</summary>
    public int Count => _names.Length;

    /// <summary>The names, in order.</summary>
    public ImmutableArray<string> Names => _names;

    /// <summary>The tensors, in order.</summary>
    public ImmutableArray<Tensor> Tensors => _tensors;

    /// <summary>The tensor of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public Tensor this[string name] =>
        TryGet(name, out var tensor)
            ? tensor
            : throw new ArgumentException($"[TensorMap] got the name \"{name}\"; expected one of {Listed}");

    private string Listed => Count == 0 ? "none: the map is empty" : string.Join(", ", _names.Select(name => $"\"{name}\""));

    /// <summary>The map of names and tensors.</summary>
    /// <exception cref="ArgumentException">
    /// A tensor is null; a name is null or has an empty part, is there twice, or is also the beginning of another's path, as <c>a</c> is of <c>a.b</c>.
    /// </exception>
    public static TensorMap Of(params (string Name, Tensor Tensor)[] entries)
    {
        Require.NotNull(entries, "TensorMap.Of");
        return Checked([.. entries.Select(entry => entry.Name)], [.. entries.Select(entry => entry.Tensor)]);
    }

    /// <summary>One map of several, each below its path; empty maps leave nothing.</summary>
    /// <exception cref="ArgumentException">A map is null, or the names do not make a map: see <see cref="Of"/>.</exception>
    public static TensorMap Join(params (string Path, TensorMap Map)[] parts)
    {
        Require.NotNull(parts, "TensorMap.Join");
        foreach (var (path, map) in parts)
            Require.That(map is not null, $"[TensorMap.Join] the map below \"{path}\" is null; expected a map, which may be empty");
        return Checked(
            [.. parts.SelectMany(part => part.Map._names.Select(name => $"{part.Path}.{name}"))],
            [.. parts.SelectMany(part => part.Map._tensors)]
        );
    }

    /// <summary>What lies below a path, by the rest of its names: of <c>layers.0</c> the map of <c>weight</c> and <c>bias</c>; empty where nothing does.</summary>
    public TensorMap Part(string path)
    {
        Require.NotNull(path, "TensorMap.Part");
        var part = this;
        foreach (var name in path.Split('.'))
        {
            if (!part._parts.Value.TryGetValue(name, out part))
                return Empty;
        }
        return part;
    }

    /// <summary>The same map with another tensor of a name it has.</summary>
    /// <exception cref="ArgumentException">There is no such name, or the tensor is null.</exception>
    public TensorMap With(string name, Tensor tensor)
    {
        Require.NotNull(name, "TensorMap.With");
        Require.NotNull(tensor, "TensorMap.With");
        var index = _names.IndexOf(name);
        Require.That(index >= 0, $"[TensorMap.With] got the name \"{name}\"; expected one of {Listed}");
        return new(_names, _tensors.SetItem(index, tensor));
    }

    /// <summary>Whether there is a tensor of a name, and it.</summary>
    public bool TryGet(string name, [MaybeNullWhen(false)] out Tensor tensor)
    {
        Require.NotNull(name, "TensorMap");
        var index = _names.IndexOf(name);
        tensor = index < 0 ? null : _tensors[index];
        return index >= 0;
    }

    void ITensorTree<TensorMap>.AddLeaves(ICollection<Tensor> leaves)
    {
        foreach (var tensor in _tensors)
            leaves.Add(tensor);
    }

    void ITensorTree<TensorMap>.AddNames(string path, ICollection<string> names)
    {
        foreach (var name in _names)
            names.Add(TreeSupport.Path(path, name));
    }

    bool ITensorTree<TensorMap>.IsLike(TensorMap other) => _names.AsSpan().SequenceEqual(other._names.AsSpan());

    TensorMap ITensorTree<TensorMap>.Rebuild(LeafReader leaves) => new(_names, [.. _names.Select(_ => leaves.Next())]);

    /// <summary>Whether the names and the nodes are the same, in the same order.</summary>
    public bool Equals(TensorMap? other) =>
        ReferenceEquals(this, other) || (other is not null && _names.SequenceEqual(other._names) && _tensors.SequenceEqual(other._tensors));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TensorMap);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        for (var i = 0; i < Count; i++)
            hash.Add((_names[i], _tensors[i]));
        return hash.ToHashCode();
    }

    /// <summary>Names and shapes.</summary>
    public override string ToString() => $"{{{string.Join(", ", _names.Zip(_tensors, (name, tensor) => $"{name} {tensor.Shape}"))}}}";

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, Tensor>> GetEnumerator() => _names.Zip(_tensors, KeyValuePair.Create).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Dictionary<string, TensorMap> ByFirstPart() =>
        Enumerable
            .Range(0, Count)
            .Select(i => (Index: i, Dot: _names[i].IndexOf('.', StringComparison.Ordinal)))
            .Where(leaf => leaf.Dot >= 0)
            .GroupBy(leaf => _names[leaf.Index][..leaf.Dot], StringComparer.Ordinal)
            .ToDictionary(
                part => part.Key,
                part => new TensorMap(
                    [.. part.Select(leaf => _names[leaf.Index][(leaf.Dot + 1)..])],
                    [.. part.Select(leaf => _tensors[leaf.Index])]
                ),
                StringComparer.Ordinal
            );

    private static TensorMap Checked(ImmutableArray<string> names, ImmutableArray<Tensor> tensors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            var name = names[i];
            Require.That(
                name is not null && !name.Split('.').Contains("", StringComparer.Ordinal),
                $"[TensorMap] name {i} is {(name is null ? "null" : $"\"{name}\"")}; expected parts that are not empty, with dots between them"
            );
            Require.That(seen.Add(name!), $"[TensorMap] got the name \"{name}\" twice; expected each once");
            Require.That(tensors[i] is not null, $"[TensorMap] \"{name}\" is null; expected a tensor");
        }
        foreach (var name in names)
        {
            for (var dot = name.IndexOf('.', StringComparison.Ordinal); dot > 0; dot = name.IndexOf('.', dot + 1))
                Require.That(
                    !seen.Contains(name[..dot]),
                    $"[TensorMap] got the names \"{name[..dot]}\" and \"{name}\"; expected a tensor or a part below, not both"
                );
        }
        return names.IsEmpty ? Empty : new(names, tensors);
    }
}
