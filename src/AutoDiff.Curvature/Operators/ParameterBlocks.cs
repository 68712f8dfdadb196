using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>Where each leaf of a tree of parameters lies in the vector of all its elements, by name.</summary>
/// <remarks>Names are those of <see cref="TreeMath.Names"/>, as in <c>Layers[0].Weight</c>; the empty name is that of a tensor on its own.</remarks>
public sealed class ParameterBlocks
{
    private readonly ImmutableArray<Range> _ranges;

    private ParameterBlocks(ImmutableArray<string> names, ImmutableArray<Range> ranges) => (Names, _ranges) = (names, ranges);

    /// <summary>The leaves' names, in order.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The positions of each leaf, in order; each is a block of its own.</summary>
    public ImmutableArray<IndexSet> Leaves => [.. _ranges.Select(range => IndexSet.Of(range))];

    /// <summary>The blocks of a tree of parameters; its values do not matter.</summary>
    /// <exception cref="ArgumentException">The tree holds a null or an unassigned array.</exception>
    public static ParameterBlocks Of<T>(T tree)
        where T : ITensorTree<T>
    {
        Require.NotNull(tree, "ParameterBlocks");
        var ranges = ImmutableArray.CreateBuilder<Range>();
        var start = 0;
        foreach (var leaf in TreeMath.Leaves(tree))
            ranges.Add(start..(start += leaf.Shape.Size));
        return new(TreeMath.Names(tree), ranges.ToImmutable());
    }

    /// <summary>The positions of some parts of the tree, one after another in the order of the names.</summary>
    /// <param name="names">Leaves, or what holds leaves: <c>Layers[0]</c> is all of that layer, <c>Layers</c> all layers.</param>
    /// <exception cref="ArgumentException">A name is none of the tree's, or two name the same leaf.</exception>
    public IndexSet this[params IReadOnlyList<string> names]
    {
        get
        {
            Require.NotNull(names, "ParameterBlocks");
            var ranges = new List<Range>();
            foreach (var name in names)
            {
                Require.NotNull(name, "ParameterBlocks", nameof(names));
                var before = ranges.Count;
                for (var i = 0; i < Names.Length; i++)
                {
                    if (!IsWithin(Names[i], name))
                        continue;
                    Require.That(
                        !ranges.Contains(_ranges[i]) || IsEmpty(_ranges[i]),
                        $"[ParameterBlocks] got \"{Names[i]}\" twice; expected each leaf once"
                    );
                    ranges.Add(_ranges[i]);
                }
                Require.That(
                    ranges.Count > before,
                    $"[ParameterBlocks] got \"{name}\"; expected a name, or what begins one, of \"{string.Join("\", \"", Names)}\""
                );
            }
            return IndexSet.Of([.. ranges]);
        }
    }

    private static bool IsEmpty(Range range) => range.Start.Equals(range.End);

    private static bool IsWithin(string leaf, string name) =>
        leaf.StartsWith(name, StringComparison.Ordinal)
        && (leaf.Length == name.Length || (name.Length > 0 && leaf[name.Length] is '.' or '['));
}
