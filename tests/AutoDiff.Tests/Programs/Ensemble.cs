using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Programs;

/// <summary>Nets that differ in their seed, trained all at once in one plan: each is what it is alone.</summary>
public sealed class Ensemble
{
    private static readonly Tensor _x = Waves.Of(5, 20, 3);
    private static readonly Tensor _y = Sin(Sum(_x, 1));

    private static Tensor Trained(Key key)
    {
        var (first, second) = key.Split();
        var start = new Pair<Tensor, Tensor>(first.Normal([3, 6]), second.Normal([6]));
        Tensor Loss(Pair<Tensor, Tensor> net) => Mean(Square(Einsum("ni,ih,h->n", _x, net.First, net.Second) - _y));
        return Loss(ForI(50, (_, net) => TreeMath.Axpy(-0.02, Grad<Pair<Tensor, Tensor>>(Loss, net), net), start));
    }

    [Fact]
    public void EachMemberIsWhatItIsAlone()
    {
        var keys = Key.Of(7);
        var all = Compile<Key, Tensor>(Vmap<Key, Tensor>(Trained)).Invoke(keys.SplitBatch(5)).ToArray();
        Assert.Equal(all.Length, all.Distinct().Count());
        var alone = keys.Split(5).Select(key => Trained(key).Item());
        Assert.Equal(alone, all, (a, b) => Math.Abs(a - b) < 1e-12);
    }
}
