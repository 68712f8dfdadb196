using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>Positions of a vector's elements, as ranges in an order: what a block of an operator keeps.</summary>
public sealed class IndexSet : IEquatable<IndexSet>
{
    private IndexSet(ImmutableArray<Range> ranges)
    {
        Ranges = ranges;
        foreach (var range in ranges)
            Count += range.End.Value - range.Start.Value;
    }

    /// <summary>The ranges, none empty, each counted from the start.</summary>
    public ImmutableArray<Range> Ranges { get; }

    /// <summary>The number of positions.</summary>
    public int Count { get; }

    /// <summary>The positions of ranges, one after another in the order given.</summary>
    /// <exception cref="ArgumentException">A range counts from the end or ends before it starts, or two overlap.</exception>
    public static IndexSet Of(params ReadOnlySpan<Range> ranges)
    {
        var kept = ImmutableArray.CreateBuilder<Range>(ranges.Length);
        foreach (var range in ranges)
        {
            Require.That(
                !range.Start.IsFromEnd && !range.End.IsFromEnd,
                $"[IndexSet] got {range}; expected a range that counts from the start, as 3..7"
            );
            Require.That(range.Start.Value <= range.End.Value, $"[IndexSet] got {range}; expected an end that is not before the start");
            if (range.Start.Value < range.End.Value)
                kept.Add(range);
        }
        Range[] ordered = [.. kept.OrderBy(range => range.Start.Value)];
        for (var i = 1; i < ordered.Length; i++)
            Require.That(
                ordered[i - 1].End.Value <= ordered[i].Start.Value,
                $"[IndexSet] got {ordered[i - 1]} and {ordered[i]}; expected ranges that do not overlap"
            );
        return new(kept.ToImmutable());
    }

    /// <summary>The positions of one range that counts from the start.</summary>
    public static implicit operator IndexSet(Range range) => Of(range);

    /// <summary>Writes the elements of a vector at these positions, one after another.</summary>
    internal void Gather(ReadOnlySpan<double> from, Span<double> to)
    {
        foreach (var range in Ranges)
        {
            from[range].CopyTo(to);
            to = to[(range.End.Value - range.Start.Value)..];
        }
    }

    /// <summary>Writes elements, one after another, to these positions of a vector.</summary>
    internal void Scatter(ReadOnlySpan<double> from, Span<double> to)
    {
        foreach (var range in Ranges)
        {
            var count = range.End.Value - range.Start.Value;
            from[..count].CopyTo(to[range]);
            from = from[count..];
        }
    }

    /// <summary>Refuses positions that are not below a number.</summary>
    internal void RequireWithin(string operation, string what, int size)
    {
        foreach (var range in Ranges)
            Require.That(range.End.Value <= size, $"[{operation}] got {what} {range}; expected positions below {size}");
    }

    /// <summary>Whether the ranges are the same, in the same order.</summary>
    public bool Equals(IndexSet? other) => other is not null && Ranges.SequenceEqual(other.Ranges);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as IndexSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var range in Ranges)
            hash.Add(range);
        return hash.ToHashCode();
    }

    /// <summary>The ranges, as <c>0..6, 9..12</c>.</summary>
    public override string ToString() => string.Join(", ", Ranges);
}
