using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Programs;

/// <summary>Dropout in a compiled step (Srivastava et al. 2014): a new mask at each, whose mean is the unmasked unit.</summary>
public sealed class Dropout
{
    private const double Kept = 0.8;

    private static Tensor Dropped(Key key, Tensor x) => x * key.Bernoulli(x.Shape, Kept) / Kept;

    [Fact]
    public void AMaskOfItsOwnAtEachStepAndExample()
    {
        var x = 1 + Square(Waves.Of(3, 200));
        var step = Compile(
            (Pair<Key, Tensor> state) =>
            {
                var (next, now) = state.First.Split();
                return new Pair<Key, Tensor>(next, state.Second + Dropped(now, x));
            }
        );
        const int steps = 2000;
        var end = Fold(step, new Pair<Key, Tensor>(Key.Of(3), Tensor.Zeros([200])), steps).Second;
        var deviations = ((end / steps / x) - 1).ToArray();
        var standardError = Math.Sqrt((1 - Kept) / Kept / steps);
        Assert.All(deviations, deviation => Assert.InRange(deviation, -5 * standardError, 5 * standardError));
        Assert.InRange(deviations.Average(deviation => Math.Pow(deviation / standardError, 2)), 0.5, 1.5);
        var masks = Vmap((Key key) => Dropped(key, Tensor.Ones([200])))(Key.Of(4).SplitBatch(50));
        Assert.Equal(
            50,
            Enumerable.Range(0, 50).Select(i => string.Join(' ', masks[i].ToArray())).Distinct(StringComparer.Ordinal).Count()
        );
    }
}
