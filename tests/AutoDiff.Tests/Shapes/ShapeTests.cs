namespace AutoDiff.Tests.Shapes;

/// <summary>Shapes and lists refuse what is out of range, and count their elements without overflow.</summary>
public sealed class ShapeTests
{
    private static readonly Shape Pair = [4, 6];

    public static TheoryData<string, Func<object>> Refused =>
        new()
        {
            { "[Shape] got [2,-1]; expected no negative length", () => Shape.Of(2, -1) },
            { "[Shape] got [0,-1]; expected no negative length", () => Shape.Of(0, -1) },
            {
                "[Shape] got [2147483592] of 2147483592 elements (16 GiB); expected no more than 2147483591",
                () => Shape.Of(Array.MaxLength + 1)
            },
            { "[Shape] got [65536,65536] of 4294967296 elements (32 GiB); expected no more than 2147483591", () => Shape.Of(65536, 65536) },
            { "[Shape] axis 2 is out of range for [4,6]; expected -2 to 1", () => Pair[2] },
            { "[Shape] axis -3 is out of range for [4,6]; expected -2 to 1", () => Pair[-3] },
            { "[Shape] axis 0 is out of range for []; expected a tensor that has axes", () => Shape.Scalar[0] },
            { "[Shape.Insert] axis 3 is out of range for [4,6]; expected -3 to 2", () => Pair.Insert(3, 1) },
            { "[Shape.With] axis 2 is out of range for [4,6]; expected -2 to 1", () => Pair.With(2, 1) },
            { "[Shape.Without] got axis 2 for [4,6]; expected 0 to 1", () => Pair.Without([2]) },
            { "[Shape.Without] got axis -1 for [4,6]; expected 0 to 1", () => Pair.Without([0, -1]) },
            { "[Ints.From] got count -1; expected at least 0", () => Ints.Repeat(1, -1) },
            { "[Ints.Insert] got position 3 for [1,2]; expected 0 to 2", () => Ints.Of(1, 2).Insert(3, 0) },
            { "[Ints.Insert] got position -1 for [1,2]; expected 0 to 2", () => Ints.Of(1, 2).Insert(-1, 0) },
            {
                "[Shape.Broadcast] got [65536,1] and [65536], which make [65536,65536] of 4294967296 elements (32 GiB); expected no more than 2147483591",
                () => Shape.Broadcast([65536, 1], [65536])!
            },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_out_of_range_is_refused(string message, Func<object> call) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(call).Message);

    [Fact]
    public void What_is_at_the_bound_is_taken()
    {
        Assert.Equal(Array.MaxLength, Shape.Of(Array.MaxLength).Size);
        Assert.Equal(0, Shape.Of(int.MaxValue, int.MaxValue, 0).Size);
        Assert.Equal([4, 6, 1], Pair.Insert(2, 1));
        Assert.Equal([1, 4, 6], Pair.Insert(-3, 1));
        Assert.Equal([4, 1], Pair.With(-1, 1));
        Assert.Equal([1, 6], Pair.With(0, 1));
        Assert.Equal(Shape.Scalar, Pair.Without([0, 1]));
        Assert.Equal([1, 2, 0], Ints.Of(1, 2).Insert(2, 0));
        Assert.Equal([0, 1, 2], Ints.Of(1, 2).Insert(0, 0));
        Assert.Empty(Ints.Repeat(1, 0));
    }

    [Fact]
    public void Broadcasting_to_a_shape_fills_it_exactly()
    {
        Assert.True(Pair.BroadcastsTo([3, 4, 6]));
        Assert.True(Shape.Of(4, 1).BroadcastsTo(Pair));
        Assert.False(Pair.BroadcastsTo([6]));
        Assert.False(Pair.BroadcastsTo([1, 6]));
        Assert.False(Shape.Of(65536, 1).BroadcastsTo([1, 65536]));
        Assert.Null(Shape.Broadcast([2], [3]));
    }
}
