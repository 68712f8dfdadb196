using static AutoDiff.Ops;

namespace AutoDiff.Tests;

public class GraphTests
{
    [Fact]
    public void PrintsOneLineANode()
    {
        var x = new Input([2], "x");
        var graph = Graph.Of([x], [Sum(Tanh(x) * 2)]);
        graph.Verify();
        Assert.Equal(
            """
            %0 = input "x" : [2]
            %1 = Tanh %0 : [2]
            %2 = constant 2 : []
            %3 = Broadcast %2 : [2]
            %4 = Multiply %1 %3 : [2]
            %5 = Sum over [0] %4 : []
            return %5

            """,
            graph.ToString()
        );
        Assert.StartsWith("digraph {", graph.ToGraphviz(), StringComparison.Ordinal);
        Assert.Contains("n0 -> n1;", graph.ToGraphviz(), StringComparison.Ordinal);
    }

    [Fact]
    public void SimplifiesOnlyWhatIsExact()
    {
        var x = new Input([2], "x");
        Assert.Equal(1, Nodes(x * 1));
        Assert.Equal(1, Nodes(-(-x)));
        Assert.Equal(1, Nodes(x - 0));
        Assert.Equal(1, Nodes(Transpose(Transpose(Reshape(Reshape(x, 1, 2), 2)))));
        Assert.Equal(3, Nodes(Exp(x) + Exp(x))); // one Exp
        Assert.Equal(3, Nodes(Multiply(Sin(x), x) - Multiply(x, Sin(x))) - 1); // products commute
        Assert.Equal(4, Nodes(x + 0)); // −0 + 0 is 0, so the sum stays

        int Nodes(Tensor y) => Simplification.Simplify(Graph.Of([x], [y])).Nodes.Length;
    }

    [Fact]
    public void NamesAnInputThatIsNotListed()
    {
        var error = Assert.Throws<ArgumentException>(() => Graph.Of([], [Exp(new Input([3], "images"))]));
        Assert.Contains("\"images\"", error.Message, StringComparison.Ordinal);
    }
}
