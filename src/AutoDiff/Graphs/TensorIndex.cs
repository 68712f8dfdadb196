namespace AutoDiff;

/// <summary>What is picked along an axis, between the brackets of <c>x[0, 1..3, ^1]</c>: a position, a range, or one of the two that name no axis.</summary>
public readonly record struct TensorIndex
{
    private TensorIndex(Kind kind, Range range) => (Of, Range) = (kind, range);

    /// <summary>A new axis of length 1.</summary>
    public static TensorIndex NewAxis { get; } = new(Kind.New, default);

    /// <summary>All of as many axes as the other indices leave; at most once.</summary>
    public static TensorIndex Ellipsis { get; } = new(Kind.Rest, default);

    internal enum Kind
    {
        Position,
        Range,
        New,
        Rest,
    }

    internal Kind Of { get; }

    internal Range Range { get; }

    /// <summary>A position, which the result has no axis for; negative ones count from the end.</summary>
    public static implicit operator TensorIndex(int position) =>
        position < 0
            ? new Index(-Math.Max(position, -int.MaxValue), fromEnd: true) // −2³¹ has no opposite, and lies outside every axis
            : new Index(position);

    /// <summary>A position, which the result has no axis for.</summary>
    public static implicit operator TensorIndex(Index position) => new(Kind.Position, new(position, position));

    /// <summary>Positions from the first up to the second, which must lie in the axis.</summary>
    public static implicit operator TensorIndex(Range range) => new(Kind.Range, range);

    /// <summary>The index as C# writes it.</summary>
    public override string ToString() =>
        Of switch
        {
            Kind.Position => Range.Start.ToString(),
            Kind.Range => Range.ToString(),
            Kind.New => nameof(NewAxis),
            Kind.Rest => nameof(Ellipsis),
        };
}
