using FsCheck;
using FsCheck.Fluent;

namespace AutoDiff.Laws;

/// <summary>Random shapes.</summary>
public static class Shapes
{
    /// <summary>Rank 0 to 3, lengths 0 to 3: scalars, empty tensors and axes of length 1 are among them.</summary>
    public static Arbitrary<Shape> Any { get; } = Of(0, 3, 0, 3);

    /// <summary>Rank 0 to 3, lengths 1 to 3.</summary>
    public static Arbitrary<Shape> NonEmpty { get; } = Of(0, 3, 1, 3);

    /// <summary>Ranks and lengths within bounds, both ends included.</summary>
    public static Arbitrary<Shape> Of(int lowestRank, int highestRank, int shortest, int longest) =>
        Arb.From(
            from rank in Gen.Choose(lowestRank, highestRank)
            from lengths in Gen.Frequency((5, Gen.Choose(Math.Max(1, shortest), longest)), (shortest == 0 ? 1 : 0, Gen.Constant(0)))
                .ArrayOf(rank)
            select Shape.Of(lengths),
            shape => Shrink(shape).Where(smaller => smaller.Rank >= lowestRank && smaller.All(length => length >= shortest))
        );

    /// <summary>Shapes with an axis less, or with an axis one shorter.</summary>
    public static IEnumerable<Shape> Shrink(Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return Enumerable
            .Range(0, shape.Rank)
            .Select(axis => shape.Without([axis]))
            .Concat(Enumerable.Range(0, shape.Rank).Where(axis => shape[axis] > 0).Select(axis => shape.With(axis, shape[axis] - 1)));
    }
}
