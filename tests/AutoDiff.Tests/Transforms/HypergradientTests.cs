using static AutoDiff.Ops;
using static AutoDiff.Optimization.Training;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests;

/// <summary>Derivatives through optimizer steps.</summary>
public class HypergradientTests
{
    private static readonly Tensor Start = new double[] { 1.0, -0.5, 0.3 };

    [Fact]
    public void OfTheLossAfterFiftyStepsInTheLearningRateEqualsADifference()
    {
        var exact = Grad(AfterDescent, (Tensor)0.05).Item();
        const double Step = 1e-5;
        var difference =
            (
                (8 * (AfterDescent(0.05 + Step).Item() - AfterDescent(0.05 - Step).Item()))
                - (AfterDescent(0.05 + (2 * Step)).Item() - AfterDescent(0.05 - (2 * Step)).Item())
            ) / (12 * Step);
        Assert.NotEqual(0, exact);
        Assert.Equal(1, difference / exact, 1e-7);
    }

    [Fact]
    public void GoThroughTheLibrarysOwnOptimizers()
    {
        static Tensor After(Tensor rate)
        {
            var adam = AutoDiff.Optimization.Optimizers.Adam<Tensor>(rate);
            var state = Init(adam, Start);
            for (var i = 0; i < 20; i++)
                state = Step(adam, state, Loss);
            return Loss(state.Parameters);
        }

        var exact = Grad(After, (Tensor)0.02).Item();
        var difference = (After(0.02 + 1e-6).Item() - After(0.02 - 1e-6).Item()) / 2e-6;
        Assert.Equal(1, difference / exact, 1e-7);
    }

    private static Tensor Loss(Tensor w) => (0.1 * Sum(Square(Square(w) - 2))) + Sum(Sin(w));

    private static Tensor AfterDescent(Tensor rate)
    {
        var w = Start;
        for (var i = 0; i < 50; i++)
            w -= rate * Grad(Loss, w);
        return Loss(w);
    }
}
