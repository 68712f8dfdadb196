using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Programs;

/// <summary>The derivative of a loss after many steps of gradient descent in the step size.</summary>
public sealed class Hypergradient
{
    private const int Steps = 200;
    private static readonly Tensor _curvatures = Tensor.Of([0.1, 1, 2]);
    private static readonly Tensor _start = Tensor.Of([1, -1, 0.5]);

    private static Tensor Loss(Tensor w) => Sum(_curvatures * Square(w)) / 2;

    private static Tensor After(Tensor rate, int? checkpointEvery) =>
        Loss(ForI(Steps, (_, w) => w - (rate * Grad<Tensor>(Loss, w)), _start, checkpointEvery));

    /// <summary>w after T steps is (1 − ηλ)ᵀ·w₀, so the loss's slope in η is −Σ λ²·w₀²·T·(1 − ηλ)²ᵀ⁻¹.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(14)]
    public void ItIsTheClosedForm(int? checkpointEvery)
    {
        var rate = 0.01;
        var expected = Sum(-Steps * Square(_curvatures) * Square(_start) * Power(1 - (rate * _curvatures), (2 * Steps) - 1)).Item();
        var slope = Compile<Tensor, Tensor>(at => Grad<Tensor>(eta => After(eta, checkpointEvery), at)).Invoke(rate).Item();
        Assert.Equal(expected, slope, 1e-12 * Math.Abs(expected));
    }
}
