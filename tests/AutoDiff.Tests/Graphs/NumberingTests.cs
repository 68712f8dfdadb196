using static AutoDiff.Ops;

namespace AutoDiff.Tests;

/// <summary>Positions of nodes, whoever else numbers them at the same time.</summary>
public class NumberingTests
{
    [Fact]
    public void EachNodeHasThePositionAtWhichItWasAdded()
    {
        var nodes = Nodes(50);
        using var numbering = new Numbering();
        Assert.All(nodes, node => Assert.False(numbering.Contains(node)));
        numbering.UnionWith(nodes.Concat(nodes)); // the second time all are there
        Assert.Equal(nodes, numbering.Nodes.ToArray());
        Assert.All(nodes, (node, i) => Assert.Equal(i, numbering.Of(node)));
    }

    [Fact]
    public void SeveralNumberingsOfTheSameNodesKnowTheirOwnPositions()
    {
        var nodes = Nodes(40);
        using var first = new Numbering();
        using var second = new Numbering();
        first.UnionWith(nodes[..30]);
        second.UnionWith(nodes.Reverse());
        Assert.All(nodes, (node, i) => Assert.Equal(i < 30 ? i : -1, first.Of(node)));
        Assert.All(nodes, (node, i) => Assert.Equal(39 - i, second.Of(node)));
        using (var third = new Numbering())
        {
            third.UnionWith(nodes[10..]);
            first.Dispose();
            Assert.All(nodes, (node, i) => Assert.Equal(i - 10, Math.Max(-10, third.Of(node) < 0 ? i - 10 : third.Of(node))));
        }
        Assert.All(nodes, (node, i) => Assert.Equal(39 - i, second.Of(node)));
    }

    [Fact]
    public void WhatIsRemovedIsNotThereAndOthersKeepTheirPositions()
    {
        var nodes = Nodes(20);
        using var other = new Numbering();
        other.UnionWith(nodes.Where((_, i) => i % 3 == 0));
        using var numbering = new Numbering();
        numbering.UnionWith(nodes);
        numbering.Remove(5, 12);
        Assert.All(nodes, (node, i) => Assert.Equal(i is >= 5 and < 12 ? -1 : i, numbering.Of(node)));
        numbering.UnionWith(nodes);
        Assert.All(nodes, (node, i) => Assert.Equal(i is >= 5 and < 12 ? i + 15 : i, numbering.Of(node)));
        Assert.All(nodes.Where((_, i) => i % 3 == 0), (node, i) => Assert.Equal(i, other.Of(node)));
    }

    [Fact]
    public void NodesAreFreeOnceANumberingEnds()
    {
        var nodes = Nodes(10);
        using (var numbering = new Numbering())
            numbering.UnionWith(nodes);
        Assert.All(nodes, node => Assert.Equal(0, node.Number));
    }

    [Fact]
    public void WalksLeaveNoNumbersBehindWhateverEndsThem()
    {
        Tensor x = new Input([3], "x");
        var y = Sum(Tanh(x) * x);
        var product = Transforms.Hvp((Tensor z) => Sum(Tanh(z) * z), x, x);
        _ = Graph.Of([(Input)x], [y, product]);
        Assert.Throws<ArgumentException>(() => Graph.Of([], [y]));
        var inner = y;
        Assert.Throws<InvalidOperationException>(() => Transforms.Grad((Tensor z) => inner = Sum(Broken(Tanh(z))), x));
        Assert.All(Walk.Order(y, product, inner), node => Assert.Equal(0, node.Number));

        static Tensor Broken(Tensor z) =>
            Transforms.CustomVjp((Tensor a) => Tanh(a), (_, _, _) => throw new InvalidOperationException())(z);
    }

    [Fact]
    public void ThreadsThatWalkOneGraphAtOnceSeeTheSameOrder()
    {
        var x = new Input([2], "x");
        Tensor y = x;
        for (var i = 0; i < 3000; i++)
            y = (i % 3 == 0 ? Sin(y) : y + x) * y;
        var expected = Walk.Order(y);
        var orders = new List<Tensor>[8];
        Parallel.For(0, orders.Length, i => orders[i] = Walk.Order(y));
        Assert.All(orders, order => Assert.Equal(expected, order));
    }

    private static Tensor[] Nodes(int count) => [.. Enumerable.Range(0, count).Select(i => (Tensor)i)];
}
