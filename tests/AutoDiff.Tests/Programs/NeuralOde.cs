using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Programs;

/// <summary>An ordinary differential equation integrated in the graph (Chen et al. 1806.07366): of a linear one the flow is the matrix exponential.</summary>
public sealed class NeuralOde
{
    private const int Steps = 64;
    private static readonly Tensor _a = Tensor.Of([-0.5, 2, -1, -0.1], 2, 2);
    private static readonly Tensor _x0 = Tensor.Of([1, -0.5], 2, 1);

    private static Tensor Flow(Tensor a, int? checkpointEvery = null)
    {
        const double h = 1.0 / Steps;
        Tensor Field(Tensor x) => MatMul(a, x);
        return ForI(
            Steps,
            (_, x) =>
            {
                var k1 = Field(x);
                var k2 = Field(x + (h / 2 * k1));
                var k3 = Field(x + (h / 2 * k2));
                var k4 = Field(x + (h * k3));
                return x + (h / 6 * (k1 + (2 * k2) + (2 * k3) + k4));
            },
            _x0,
            checkpointEvery
        );
    }

    [Theory]
    [InlineData(null)]
    [InlineData(8)]
    public void FlowAndGradientAreTheExponentials(int? checkpointEvery)
    {
        var (value, gradient) = ValueAndGrad<Tensor>(a => Sum(Square(Flow(a, checkpointEvery))), _a);
        var (expected, slope) = ValueAndGrad<Tensor>(a => Sum(Square(MatMul(MatrixExponential(a), _x0))), _a);
        Assert.Equal(expected.Item(), value.Item(), 1e-7);
        Assert.Equal(slope.ToArray(), gradient.ToArray(), (a, b) => Math.Abs(a - b) < 1e-7);
    }
}
