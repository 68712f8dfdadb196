using AutoDiff.Curvature;

namespace AutoDiff.Tests.Curvature;

public class EigenEndsTests
{
    private static readonly double[] Values = [-9, -3, -2, -1, 0, 1, 2, 4, 5, 8];

    [Theory]
    [InlineData(2, 0, 0, 4, new[] { 0, 1, 2, 3 })]
    [InlineData(0, 2, 0, 4, new[] { 6, 7, 8, 9 })]
    [InlineData(1, 1, 0, 2, new[] { 0, 9 })]
    [InlineData(1, 1, 0, 6, new[] { 0, 1, 2, 7, 8, 9 })]
    [InlineData(1, 2, 0, 8, new[] { 0, 1, 2, 5, 6, 7, 8, 9 })]
    [InlineData(3, 1, 0, 6, new[] { 0, 1, 2, 3, 8, 9 })]
    [InlineData(6, 6, 0, 10, new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 })]
    [InlineData(0, 0, 3, 3, new[] { 0, 8, 9 })]
    [InlineData(0, 0, 1, 5, new[] { 0, 1, 7, 8, 9 })]
    [InlineData(0, 0, 1, 20, new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 })]
    public void More_than_are_wanted_are_shared_between_the_ends(int smallest, int largest, int outermost, int count, int[] expected) =>
        Assert.Equal(expected, new EigenEnds(smallest, largest, outermost).Places(Values, count));
}
