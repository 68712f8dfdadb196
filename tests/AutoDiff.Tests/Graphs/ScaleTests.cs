using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests;

/// <summary>Graphs that break recursive or tree-walking implementations.</summary>
public class ScaleTests
{
    // Far less than a frame for each node: whatever recurses along a chain fails.
    private const int StackBytes = 256 * 1024;

    /// <summary>A slice is looked for among a few tensors side by side; among many, for each of as many slices, that would be quadratic.</summary>
    [Theory]
    [InlineData(64, 1)]
    [InlineData(65, 3)]
    public void A_slice_is_not_looked_for_among_many_parts(int parts, int nodes)
    {
        var x = new Input([2], "x");
        var side = Concatenate([.. Enumerable.Repeat<Tensor>(x, parts)]);
        var graph = Simplification.Simplify(Graph.Of([x], [Slice(side, 0, 2 * (parts - 1), 2 * parts)]));
        Assert.Equal(nodes, graph.Nodes.Length);
    }

    [Fact]
    public void AMillionOpsBuildEvaluateAndLetGo() =>
        OnASmallStack(() =>
        {
            var expected = 1.1;
            for (var i = 0; i < 1_000_000; i++)
                expected = Math.Sin(expected);
            var end = Chain(1.1, 1_000_000);
            Assert.Equal(expected, end.Item(), 1e-12);
            Assert.Equal(2, Walk.Order(end).Count);
        });

    [Fact]
    public void ALongChainIsDifferentiatedBothWays() =>
        OnASmallStack(() =>
        {
            const int Length = 100_000;
            var expected = (Value: 1.1, Derivative: 1.0);
            for (var i = 0; i < Length; i++)
                expected = (Math.Sin(expected.Value), expected.Derivative * Math.Cos(expected.Value));
            var (value, gradient) = ValueAndGrad(x => Chain(x, Length), (Tensor)1.1);
            var (_, tangent) = Jvp(x => Chain(x, Length), (Tensor)1.1, (Tensor)1.0);
            var all = Evaluate<TreeList<Tensor>>([value, gradient, tangent]);
            Assert.Equal(expected.Value, all[0].Item(), 1e-12);
            Assert.Equal(1, all[1].Item() / expected.Derivative, 1e-6);
            Assert.Equal(1, all[2].Item() / expected.Derivative, 1e-6);
        });

    private static Tensor Chain(Tensor x, int length)
    {
        for (var i = 0; i < length; i++)
            x = Sin(x);
        return x;
    }

    private static void OnASmallStack(Action action)
    {
        System.Runtime.ExceptionServices.ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    action();
                }
                catch (Exception exception)
                {
                    failure = System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(exception);
                }
            },
            StackBytes
        );
        thread.Start();
        thread.Join();
        failure?.Throw();
    }

    [Fact]
    public void TwoHundredSquaringsAreTwoHundredNodesNotTwoToThe200Paths()
    {
        static Tensor Squarings(Tensor x)
        {
            for (var i = 0; i < 200; i++)
                x *= x;
            return x;
        }

        // x^(2^200) at 1 has the derivative 2^200.
        Assert.Equal(Math.ScaleB(1, 200), Grad(Squarings, (Tensor)1.0).Item());
#pragma warning disable AD0010 // that it is by reference is what is tested
        Assert.True(Squarings(1.0).Equals(Squarings(1.0)) is false);
#pragma warning restore AD0010
        Assert.NotEqual(0, Squarings(1.0).GetHashCode());
        Assert.Equal("1", Squarings(1.0).ToString());
    }
}
