using static AutoDiff.Ops;

namespace AutoDiff.Tests;

public sealed class TieOrderTests
{
    /// <summary>The shares of ties times a cotangent, whichever factor comes first.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Either_factor_may_come_first(bool cotangentFirst)
    {
        static Tensor Rows(Tensor v) => BroadcastTo(Reshape(v, 6, 1), [6, 6]);
        Tensor Shared(Pair<Tensor, Tensor> point)
        {
            var (x, g) = point;
            var ties = Equal(Rows(Max(x, 1)), x);
            var share = ties / Rows(Sum(ties, 1));
            return cotangentFirst ? Rows(g) * share : share * Rows(g);
        }
        var at = Transforms.Evaluate(new Pair<Tensor, Tensor>(Round(3 * Key.Of(1).Normal([6, 6])), Key.Of(2).Normal([6])));
        var (x, g) = (at.First.ToArray(), at.Second.ToArray());
        var shared = Transforms.Compile((Func<Pair<Tensor, Tensor>, Tensor>)Shared).Invoke(at).ToArray();
        for (var row = 0; row < 6; row++)
        {
            var values = x.AsSpan(row * 6, 6).ToArray();
            for (var i = 0; i < 6; i++)
            {
                var expected = values[i] == values.Max() ? g[row] / values.Count(value => value == values.Max()) : 0;
                Assert.Equal(expected, shared[(row * 6) + i], 15);
            }
        }
    }
}
