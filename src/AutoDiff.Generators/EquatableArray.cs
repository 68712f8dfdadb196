using System.Collections;
using System.Collections.Immutable;

namespace AutoDiff.Generators;

/// <summary>An immutable array that is equal by its elements, so that an unchanged model stops the pipeline.</summary>
internal readonly struct EquatableArray<T>(ImmutableArray<T> values) : IReadOnlyList<T>, IEquatable<EquatableArray<T>>
    where T : IEquatable<T>
{
    private readonly ImmutableArray<T> _values = values;

    public int Count => Values.Length;

    private ImmutableArray<T> Values => _values.IsDefault ? [] : _values;

    public T this[int index] => Values[index];

    public bool Equals(EquatableArray<T> other) => Values.SequenceEqual(other.Values);

    public override bool Equals(object? obj) => obj is EquatableArray<T> other && Equals(other);

    public override int GetHashCode()
    {
        var hash = 17;
        foreach (var value in Values)
            hash = unchecked((hash * 31) + value.GetHashCode());
        return hash;
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)Values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
