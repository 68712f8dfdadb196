using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace AutoDiff;

/// <summary>The lengths of a tensor's axes, outermost first; equal by value. A scalar has shape <c>[]</c>.</summary>
[CollectionBuilder(typeof(Shape), nameof(Of))]
[JsonConverter(typeof(ShapeJsonConverter))]
public sealed class Shape : IReadOnlyList<int>, IEquatable<Shape>
{
    private readonly int[] _lengths;

    private Shape(int[] lengths)
    {
        long size = Array.IndexOf(lengths, 0) >= 0 ? 0 : 1;
        foreach (var length in lengths)
        {
            Require.That(length >= 0, $"[Shape] axis lengths must not be negative; got [{string.Join(',', lengths)}]");
            size *= length;
            Require.That(size <= Array.MaxLength, $"[Shape] [{string.Join(',', lengths)}] has more than {Array.MaxLength} elements");
        }
        _lengths = lengths;
        Size = (int)size;
    }

    /// <summary>The shape of a scalar, <c>[]</c>.</summary>
    public static Shape Scalar { get; } = new([]);

    /// <summary>The number of axes.</summary>
    public int Rank => _lengths.Length;

    /// <summary>The number of elements: the product of the lengths, 1 for a scalar.</summary>
    public int Size { get; }

    int IReadOnlyCollection<int>.Count => Rank;

    /// <summary>The length of an axis; negative axes count from the end.</summary>
    /// <exception cref="ArgumentException">The axis is out of range.</exception>
    public int this[int axis] => _lengths[Require.Axis(axis, Rank, nameof(Shape))];

    /// <summary>A shape of the given axis lengths, outermost first.</summary>
    /// <exception cref="ArgumentException">A length is negative, or there are more elements than an array can hold.</exception>
    public static Shape Of(params ReadOnlySpan<int> lengths) => lengths.IsEmpty ? Scalar : new(lengths.ToArray());

    /// <summary>The shape of <paramref name="rank"/> axes whose lengths are <paramref name="length"/> of each axis.</summary>
    public static Shape From(int rank, Func<int, int> length) => Of(Ints.From(rank, length).AsSpan());

    /// <summary>The lengths, without a copy.</summary>
    public ReadOnlySpan<int> AsSpan() => _lengths;

    /// <summary>The shape with an axis of the given length put in before <paramref name="axis"/>.</summary>
    public Shape Insert(int axis, int length) => Of([.. _lengths[..axis], length, .. _lengths[axis..]]);

    /// <summary>The shape with the length of <paramref name="axis"/> replaced.</summary>
    public Shape With(int axis, int length) => From(Rank, i => i == axis ? length : _lengths[i]);

    /// <summary>The shape without the given axes.</summary>
    public Shape Without(Ints axes) => Of([.. _lengths.Where((_, i) => !axes.Contains(i))]);

    /// <summary>The shape that both broadcast to under NumPy's rules, or null where a pair of lengths differs and neither is 1.</summary>
    public static Shape? Broadcast(Shape left, Shape right)
    {
        if (left.Equals(right))
            return left;
        var rank = Math.Max(left.Rank, right.Rank);
        var lengths = new int[rank];
        for (var i = 1; i <= rank; i++)
        {
            var (l, r) = (i <= left.Rank ? left[^i] : 1, i <= right.Rank ? right[^i] : 1);
            if (l != r && l != 1 && r != 1)
                return null;
            lengths[^i] = l == 1 ? r : l;
        }
        return Of(lengths);
    }

    /// <summary>Whether this shape broadcasts to exactly <paramref name="target"/>.</summary>
    public bool BroadcastsTo(Shape target) => Broadcast(this, target) is { } common && common.Equals(target);

    /// <inheritdoc/>
    public bool Equals(Shape? other) => ReferenceEquals(this, other) || (other is not null && AsSpan().SequenceEqual(other.AsSpan()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = 17;
        foreach (var length in _lengths)
            hash = (hash * 31) + length;
        return hash;
    }

    /// <summary>The lengths between brackets, as in <c>[784,128]</c>.</summary>
    public override string ToString() => $"[{string.Join(',', _lengths)}]";

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_lengths).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int this[Index index] => _lengths[index];
}
