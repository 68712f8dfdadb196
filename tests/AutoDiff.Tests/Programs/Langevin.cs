using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Programs;

/// <summary>Langevin steps (Welling, Teh 2011) on a Gaussian: w ← w − ε⁄2·∇U + √ε·noise is stationary at variance 1 ⁄ (λ·(1 − ε·λ⁄4)).</summary>
public sealed class Langevin
{
    private const double Rate = 0.4;
    private const int Chains = 20_000;
    private static readonly Tensor _precisions = Tensor.Of([0.5, 2]);

    private static Tensor Energy(Tensor w) => Sum(_precisions * Square(w)) / 2;

    [Fact]
    public void ItsStationaryVarianceIsTheClosedForm()
    {
        Tensor Chain(Key key) =>
            ForI(
                100,
                (i, w) => w - (Rate / 2 * Grad<Tensor>(Energy, w)) + (Math.Sqrt(Rate) * key.FoldIn(i).Normal([2])),
                Tensor.Zeros([2])
            );
        var ends = Compile<Key, Tensor>(Vmap<Key, Tensor>(Chain)).Invoke(Key.Of(11).SplitBatch(Chains));
        var variances = Mean(Square(ends), 0).ToArray();
        for (var i = 0; i < 2; i++)
        {
            var precision = _precisions[i].Item();
            var expected = 1 / (precision * (1 - (Rate * precision / 4)));
            Assert.InRange(variances[i] / expected, 1 - (5 * Math.Sqrt(2.0 / Chains)), 1 + (5 * Math.Sqrt(2.0 / Chains)));
        }
        Assert.InRange(Mean(ends[.., 0] * ends[.., 1]).Item(), -0.05, 0.05);
    }
}
