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
        foreach (var length in lengths)
            Require.That(length >= 0, $"[Shape] got [{string.Join(',', lengths)}]; expected no negative length");
        var size = Elements(lengths);
        Require.That(
            size <= Array.MaxLength,
            $"[Shape] got [{string.Join(',', lengths)}] of {Allocation.Size<double>(size)}; expected {Allocation.Most}"
        );
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
    public int this[int axis] => _lengths[Require.Axis(axis, this, nameof(Shape))];

    /// <summary>A shape of the given axis lengths, outermost first.</summary>
    /// <exception cref="ArgumentException">A length is negative, or there are more elements than an array can hold.</exception>
    public static Shape Of(params ReadOnlySpan<int> lengths) => lengths.IsEmpty ? Scalar : new(lengths.ToArray());

    /// <summary>The same with the lengths in an array.</summary>
    /// <exception cref="ArgumentException">A length is negative, or there are more elements than an array can hold.</exception>
    public static Shape Of(params int[] lengths)
    {
        Require.NotNull(lengths, "Shape.Of");
        return Of(lengths.AsSpan());
    }

    /// <summary>The shape of <paramref name="rank"/> axes whose lengths are <paramref name="length"/> of each axis.</summary>
    public static Shape From(int rank, Func<int, int> length) => Of(Ints.From(rank, length).AsSpan());

    /// <summary>The lengths, without a copy.</summary>
    public ReadOnlySpan<int> AsSpan() => _lengths;

    /// <summary>The shape with an axis of the given length put in before <paramref name="axis"/>; negative axes count from the end of the result.</summary>
    /// <exception cref="ArgumentException">The axis is out of range, or the result is no shape.</exception>
    public Shape Insert(int axis, int length)
    {
        axis = Require.Axis(axis, this, "Shape.Insert", added: 1);
        return Of([.. _lengths[..axis], length, .. _lengths[axis..]]);
    }

    /// <summary>The shape with the length of <paramref name="axis"/> replaced; negative axes count from the end.</summary>
    /// <exception cref="ArgumentException">The axis is out of range, or the result is no shape.</exception>
    public Shape With(int axis, int length)
    {
        axis = Require.Axis(axis, this, "Shape.With");
        return From(Rank, i => i == axis ? length : _lengths[i]);
    }

    /// <summary>The shape without the given axes, counted from the front.</summary>
    /// <exception cref="ArgumentException">An axis is out of range, or the result is no shape.</exception>
    public Shape Without(Ints axes)
    {
        Require.NotNull(axes, "Shape.Without");
        foreach (var axis in axes)
            Require.That(axis >= 0 && axis < Rank, $"[Shape.Without] got axis {axis} for {this}; expected 0 to {Rank - 1}");
        return Of([.. _lengths.Where((_, i) => !axes.Contains(i))]);
    }

    /// <summary>The shape that both broadcast to under NumPy's rules, or null where a pair of lengths differs and neither is 1.</summary>
    /// <exception cref="ArgumentException">The common shape has more elements than an array can hold.</exception>
    public static Shape? Broadcast(Shape left, Shape right)
    {
        Require.NotNull(left, "Shape.Broadcast");
        Require.NotNull(right, "Shape.Broadcast");
        return left.Equals(right) ? left
            : BroadcastLengths(left._lengths, right._lengths) is { } lengths ? Result("Shape.Broadcast", lengths, left, right)
            : null;
    }

    /// <summary>Whether this shape broadcasts to exactly <paramref name="target"/>.</summary>
    public bool BroadcastsTo(Shape target)
    {
        Require.NotNull(target, "Shape.BroadcastsTo");
        var added = target.Rank - Rank;
        for (var axis = 0; axis < Rank; axis++)
        {
            if (added < 0 || (_lengths[axis] != 1 && _lengths[axis] != target._lengths[added + axis]))
                return false;
        }
        return true;
    }

    /// <summary>The lengths that both broadcast to, which may be those of too many elements, or null where they do not.</summary>
    internal static int[]? BroadcastLengths(ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        var lengths = new int[Math.Max(left.Length, right.Length)];
        for (var i = 1; i <= lengths.Length; i++)
        {
            var (l, r) = (i <= left.Length ? left[^i] : 1, i <= right.Length ? right[^i] : 1);
            if (l != r && l != 1 && r != 1)
                return null;
            lengths[^i] = l == 1 ? r : l;
        }
        return lengths;
    }

    /// <summary>The shape of what an operation makes of its operands, refused in the operation's name where no array could hold it.</summary>
    internal static Shape Result<T>(T operation, ReadOnlySpan<int> lengths, params ReadOnlySpan<Shape> operands)
    {
        foreach (var length in lengths)
        {
            if (length < 0)
                Require.That(false, $"[{operation}] got [{string.Join(',', lengths.ToArray())}]; expected no negative length");
        }
        if (Elements(lengths) > Array.MaxLength)
            RefuseResult(operation, string.Join(',', lengths.ToArray()), Elements(lengths), operands);
        return Of(lengths);
    }

    /// <summary>The same for lengths that may themselves be more than an array can hold.</summary>
    internal static Shape Result<T>(T operation, ReadOnlySpan<long> lengths, params ReadOnlySpan<Shape> operands)
    {
        var result = new int[lengths.Length];
        for (var i = 0; i < result.Length; i++)
        {
            if (lengths[i] > int.MaxValue)
                RefuseResult(operation, string.Join(',', lengths.ToArray()), lengths[i], operands);
            result[i] = (int)lengths[i];
        }
        return Result(operation, result, operands);
    }

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    private static void RefuseResult<T>(T operation, string lengths, double size, ReadOnlySpan<Shape> operands) =>
        throw new ArgumentException(
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"[{operation}] got {(operands.IsEmpty ? "" : $"{string.Join(" and ", operands.ToArray().Select(operand => operand.ToString()))}, which make ")}[{lengths}] of {Allocation.Size<double>(size)}; expected {Allocation.Most}"
            )
        );

    /// <summary>The product of the lengths, as a number that does not overflow.</summary>
    private static double Elements(ReadOnlySpan<int> lengths)
    {
        var size = 1.0;
        foreach (var length in lengths)
            size *= length;
        return size;
    }

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
}
