using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace AutoDiff;

/// <summary>An immutable list of integers with value equality: axes, starts, counts, steps.</summary>
[CollectionBuilder(typeof(Ints), nameof(Of))]
[JsonConverter(typeof(IntsJsonConverter))]
public sealed class Ints : IReadOnlyList<int>, IEquatable<Ints>
{
    private readonly int[] _values;

    private Ints(int[] values) => _values = values;

    /// <summary>The empty list.</summary>
    public static Ints Empty { get; } = new([]);

    /// <summary>How many integers the list holds.</summary>
    public int Count => _values.Length;

    /// <inheritdoc/>
    public int this[int index] => _values[index];

    /// <summary>A list of the given values, copied.</summary>
    public static Ints Of(params ReadOnlySpan<int> values) => values.IsEmpty ? Empty : new(values.ToArray());

    /// <summary>The same of an array.</summary>
    /// <exception cref="ArgumentException">The array is null.</exception>
    public static Ints Of(params int[] values)
    {
        Require.NotNull(values, "Ints.Of");
        return Of(values.AsSpan());
    }

    /// <summary>The list whose element at each index <c>i</c> in <c>0 … count − 1</c> is <paramref name="value"/> of <c>i</c>.</summary>
    /// <exception cref="ArgumentException">The count is negative.</exception>
    public static Ints From(int count, Func<int, int> value)
    {
        Require.That(count >= 0, $"[Ints.From] got count {count}; expected at least 0");
        Require.NotNull(value, "Ints.From");
        var values = new int[count];
        for (var i = 0; i < count; i++)
            values[i] = value(i);
        return new(values);
    }

    /// <summary>The list <paramref name="value"/>, <paramref name="value"/>, … of <paramref name="count"/> elements.</summary>
    public static Ints Repeat(int value, int count) => From(count, _ => value);

    /// <summary>The values, without a copy.</summary>
    public ReadOnlySpan<int> AsSpan() => _values;

    /// <summary>Whether <paramref name="value"/> is in the list.</summary>
    public bool Contains(int value) => Array.IndexOf(_values, value) >= 0;

    /// <summary>The list with <paramref name="value"/> put in before position <paramref name="index"/>.</summary>
    /// <exception cref="ArgumentException">The position is outside 0 … <see cref="Count"/>.</exception>
    public Ints Insert(int index, int value)
    {
        Require.That(index >= 0 && index <= Count, $"[Ints.Insert] got position {index} for {this}; expected 0 to {Count}");
        return new([.. _values[..index], value, .. _values[index..]]);
    }

    /// <inheritdoc/>
    public bool Equals(Ints? other) => other is not null && AsSpan().SequenceEqual(other.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Ints);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = 17;
        foreach (var value in _values)
            hash = (hash * 31) + value;
        return hash;
    }

    /// <summary>The values between brackets, as in <c>[0,2]</c>.</summary>
    public override string ToString() => $"[{string.Join(',', _values)}]";

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
