using System.Collections.Immutable;

namespace AutoDiff.Tests.Trees;

public sealed class TreeListTests
{
    private static readonly Tensor _a = 1;
    private static readonly Tensor _b = Tensor.Of([2, 3]);
    private static readonly Tensor _c = 4;

    [Fact]
    public void IsMadeByACollectionExpression()
    {
        TreeList<Tensor> list = [_a, _b, .. new[] { _a }];
        Assert.Equal(3, list.Count);
        Assert.Same(_b, list[1]);
        Assert.Equal([_a, _b, _a], list);
    }

    [Fact]
    public void IsATreeOfItsElements()
    {
        TreeList<TreeList<Tensor>> list =
        [
            [_a],
            [],
            [_b, _a],
        ];
        Assert.Equal(["[0][0]", "[2][0]", "[2][1]"], TreeMath.Names(list));
        Assert.Equal([_a, _b, _a], TreeMath.Leaves(list));
        var rebuilt = TreeMath.Rebuild(list, [_c, _b, _a]);
        Assert.Equal([1, 0, 2], rebuilt.Select(inner => inner.Count));
        Assert.Equal([_c, _b, _a], TreeMath.Leaves(rebuilt));
    }

    [Fact]
    public void EqualityIsThatOfTheElements()
    {
        TreeList<Tensor> list = [_a, _b];
        TreeList<Tensor> same = [_a, _b];
        TreeList<Tensor> other = [_a, Tensor.Of([2, 3])];
#pragma warning disable AD0010 // that it is by reference is what is tested
        Assert.True(list.Equals(same) && list.GetHashCode() == same.GetHashCode());
        Assert.False(list.Equals(other));
#pragma warning restore AD0010
        Assert.False(list.Equals(null));
    }

    [Fact]
    public void RefusesWhatIsMissing()
    {
        Assert.Equal(
            "[TreeList] element 1 is null; expected a tensor or a tree",
            Assert.Throws<ArgumentException>(() => TreeList.Of(_a, null!)).Message
        );
        Assert.Equal(
            "[TreeList] got an unassigned ImmutableArray; expected an array, which may be empty",
            Assert.Throws<ArgumentException>(() => new TreeList<Tensor>(default(ImmutableArray<Tensor>))).Message
        );
    }
}
