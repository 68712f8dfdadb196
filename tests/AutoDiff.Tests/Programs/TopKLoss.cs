using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Programs;

/// <summary>The mean of the k largest losses without a sort: the least over t of t + Σ max(lᵢ − t, 0)⁄k (Fan, Lyu, Ying, Hu 1705.08826).</summary>
public sealed class TopKLoss
{
    private const int K = 5;
    private const int Halvings = 60;

    // The least is where as many losses lie above t as below their k-th; the slope in t is 0 there, so that t may be held.
    private static Tensor Mean(Tensor losses)
    {
        var held = StopGradient(losses);
        var (low, _) = ForI(
            Halvings,
            (_, between) =>
            {
                var middle = (between.First + between.Second) / 2;
                var above = Sum(held > middle) >= K;
                return new Pair<Tensor, Tensor>(Where(above, middle, between.First), Where(above, between.Second, middle));
            },
            new Pair<Tensor, Tensor>(Min(held) - 1, Max(held))
        );
        return low + (Sum(Relu(losses - low)) / K);
    }

    [Fact]
    public void ItAndItsGradientAreTheSorts()
    {
        var losses = Square(Waves.Of(9, 31));
        var (value, gradient) = Compile(ValueAndGrad<Tensor>(Mean)).Invoke(losses);
        var (expected, slope) = ValueAndGrad<Tensor>(l => Ops.Mean(TopK(l, K).Values), losses);
        Assert.Equal(expected.Item(), value.Item(), 1e-14);
        Assert.Equal(slope.ToArray(), gradient.ToArray(), (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal(K, gradient.ToArray().Count(share => share > 0));
    }
}
