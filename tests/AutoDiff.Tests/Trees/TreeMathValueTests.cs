namespace AutoDiff.Tests.Trees;

/// <summary>Values of tree arithmetic.</summary>
public sealed class TreeMathValueTests
{
    private static readonly Pair<Tensor, TreeList<Tensor>> _x = new(Tensor.Of([1, 2, 3, 4, 5, 6], 2, 3), [7, Tensor.Of([8, 9])]);
    private static readonly Pair<Tensor, TreeList<Tensor>> _y = new(Tensor.Of([9, 8, 7, 6, 5, 4], 2, 3), [3, Tensor.Of([2, 1])]);

    [Fact]
    public void RavelGoesLeafByLeafInRowMajorOrder() => Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], TreeMath.Ravel(_x).ToArray());

    [Fact]
    public void UnravelUndoesRavel()
    {
        var back = TreeMath.Unravel(_y, TreeMath.Ravel(_x));
        Assert.Equal([1, 2, 3, 4, 5, 6], back.First.ToArray());
        Assert.Equal([7], back.Second[0].ToArray());
        Assert.Equal([8, 9], back.Second[1].ToArray());
    }

    [Fact]
    public void SumsAndMultiples()
    {
        Assert.Equal([10, 10, 10, 10, 10, 10, 10, 10, 10], Elements(TreeMath.Add(_x, _y)));
        Assert.Equal([-8, -6, -4, -2, 0, 2, 4, 6, 8], Elements(TreeMath.Subtract(_x, _y)));
        Assert.Equal([2, 4, 6, 8, 10, 12, 14, 16, 18], Elements(TreeMath.Scale(2, _x)));
        Assert.Equal([11, 12, 13, 14, 15, 16, 17, 18, 19], Elements(TreeMath.Axpy(2, _x, _y)));
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 0], Elements(TreeMath.ZerosLike(_x)));
        Assert.Equal([9, 16, 21, 24, 25, 24, 21, 16, 9], Elements(TreeMath.Zip(_x, _y, Ops.Multiply)));
        Assert.Equal([1, 4, 9, 16, 25, 36, 49, 64, 81], Elements(TreeMath.Map(_x, Ops.Square)));
    }

    [Fact]
    public void DotSumsOverAllLeaves() => Assert.Equal([165], TreeMath.Dot(_x, _y).ToArray());

    [Fact]
    public void NormNeitherOverflowsNorUnderflows()
    {
        Assert.Equal(Math.Sqrt(285), TreeMath.Norm(_x).ToArray()[0], 1e-13);
        Assert.Equal(Math.Sqrt(285) * 1e300, TreeMath.Norm(TreeMath.Scale(1e300, _x)).ToArray()[0], 1e287);
        Assert.Equal(Math.Sqrt(285) * 1e-300, TreeMath.Norm(TreeMath.Scale(1e-300, _x)).ToArray()[0], 1e-313);
        Assert.Equal([0], TreeMath.Norm(TreeMath.ZerosLike(_x)).ToArray());
    }

    [Fact]
    public void EveryFunctionIsDifferentiable()
    {
        Assert.Equal([2, 4, 6, 8, 10, 12, 14, 16, 18], Elements(Transforms.Grad(x => TreeMath.Dot(x, x), _x)));
        Assert.Equal([9, 8, 7, 6, 5, 4, 3, 2, 1], Elements(Transforms.Grad(x => TreeMath.Dot(x, _y), _x)));
        Assert.Equal(Elements(_y).Select(y => 3 * y), Elements(Transforms.Grad(x => TreeMath.Dot(TreeMath.Axpy(3, x, _x), _y), _x)));
        Assert.Equal(Elements(_y), Elements(Transforms.Grad(x => Ops.Dot(TreeMath.Ravel(x), TreeMath.Ravel(_y)), _x)));
        Assert.Equal(Elements(_y), Transforms.Grad(v => TreeMath.Dot(TreeMath.Unravel(_x, v), _y), TreeMath.Ravel(_x)).ToArray());
        var norm = Math.Sqrt(285);
        Assert.All(
            Elements(Transforms.Grad(TreeMath.Norm, _x)).Zip(Elements(_x)),
            pair => Assert.Equal(pair.Second / norm, pair.First, 1e-15)
        );
        Assert.All(Elements(Transforms.Grad(TreeMath.Norm, TreeMath.ZerosLike(_x))), g => Assert.Equal(0, g));
    }

    [Fact]
    public void KeysGiveConstantsThatComputeLikeAnyOther() =>
        Assert.Equal(((Constant)Key.Of(1).Normal([3])).Values.ToArray(), (Key.Of(1).Normal([3]) + 0).ToArray());

    private static double[] Elements<T>(T tree)
        where T : ITensorTree<T> => [.. TreeMath.Leaves(tree).SelectMany(leaf => leaf.ToArray())];
}
