using static AutoDiff.Ops;

namespace AutoDiff.Tests.Trees;

public sealed class TreeStackTests
{
    private static readonly TreeList<Tensor> A = [Tensor.Of([1.0, 2]), 5];
    private static readonly TreeList<Tensor> B = [Tensor.Of([3.0, 4]), 6];

    [Fact]
    public void TreesAreStackedLeafByLeafAndTakenApartAgain()
    {
        var stacked = TreeMath.Stack([A, B]);
        Assert.Equal([2, 2], stacked[0].Shape);
        Assert.Equal([1, 2, 3, 4], stacked[0].ToArray());
        Assert.Equal([5, 6], stacked[1].ToArray());
        var apart = TreeMath.Unstack(stacked);
        Assert.Equal(2, apart.Length);
        Assert.Equal([3, 4], apart[1][0].ToArray());
        Assert.Equal(6, apart[1][1].Item());
        Assert.Equal([1, 2], TreeMath.Stack<Tensor>([1, 2]).ToArray());
        Assert.Empty(TreeMath.Unstack(Tensor.Zeros(0, 3)));
    }

    /// <summary>What is mapped over stacked trees is what a loop over them gives, and differentiated likewise.</summary>
    [Fact]
    public void AStackIsWhatVmapTakes()
    {
        Tensor Loss(TreeList<Tensor> t) => Sum(Sin(t[0])) * t[1];
        var mapped = Transforms.Vmap<TreeList<Tensor>, Tensor>(Loss)(TreeMath.Stack([A, B]));
        Assert.Equal([Loss(A).Item(), Loss(B).Item()], mapped.ToArray());
        var g = Transforms.Grad(t => Sum(Stack([.. TreeMath.Unstack(TreeMath.Stack([t, B])).Select(Loss)])), A);
        Assert.Equal(Transforms.Grad(Loss, A)[0].ToArray(), g[0].ToArray());
    }

    /// <summary>A stack has one set of settings, so that trees of others would silently compute with the first one's.</summary>
    [Fact]
    public void TreesOfOtherSettingsAreRefused()
    {
        var stacked = TreeMath.Stack([new Powered(1, 2), new Powered(3, 2)]);
        Assert.Equal([1, 3], stacked.Base.ToArray());
        Assert.Equal(
            "[TreeMath.Stack] tree 1 differs from the first in what it holds besides leaves; expected equal settings",
            Assert.Throws<ArgumentException>(() => TreeMath.Stack([new Powered(1, 2), new Powered(3, 4)])).Message
        );
    }

    [Fact]
    public void WhatDoesNotFitIsNamed()
    {
        Assert.Equal(
            "[TreeMath.Stack] leaf [1] of tree 1 has shape [1]; expected [], as in the first",
            Assert.Throws<ArgumentException>(() => TreeMath.Stack([A, [Tensor.Of([3.0, 4]), Tensor.Of([6.0])]])).Message
        );
        Assert.Contains(
            "[TreeMath.Stack] the trees have 2 and 1 leaves",
            Assert.Throws<ArgumentException>(() => TreeMath.Stack([A, [5]])).Message
        );
        Assert.Contains("[TreeMath.Stack] got no trees", Assert.Throws<ArgumentException>(() => TreeMath.Stack<Tensor>([])).Message);
        Assert.Equal(
            "[TreeMath.Unstack] leaf [1] has shape []; expected a first axis as long as every other leaf's",
            Assert.Throws<ArgumentException>(() => TreeMath.Unstack(A)).Message
        );
        Assert.Contains("without leaves", Assert.Throws<ArgumentException>(() => TreeMath.Unstack(new TreeList<Tensor>([]))).Message);
    }
}

[TensorTree]
internal sealed partial record Powered(Tensor Base, int Exponent);
