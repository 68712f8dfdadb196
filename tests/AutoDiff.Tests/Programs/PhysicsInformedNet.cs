using AutoDiff.Optimization;
using static AutoDiff.Ops;
using static AutoDiff.Optimization.Training;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Programs;

/// <summary>A net that solves u″ = −u, u(0) = 0, u′(0) = 1 by its residual (Raissi, Perdikaris, Karniadakis 2019): the solution is sin.</summary>
public sealed partial class PhysicsInformedNet
{
    [TensorTree]
    private sealed partial record Net(Tensor W1, Tensor B1, Tensor W2);

    // The conditions hold by construction: u(x) = x + x²·net(x).
    private static Tensor Solution(Net net, Tensor x) => x + (x * x * Sum(net.W2 * Tanh((net.W1 * x) + net.B1)));

    private static Tensor Residual(Net net, Tensor x) => Grad(Grad<Tensor>(at => Solution(net, at)), x) + Solution(net, x);

    [Fact]
    public void TheNetBecomesTheSine()
    {
        var points = Tensor.Range(16) / 10;
        var net = new Net(Waves.Of(1, 12), Waves.Of(30, 12), 0.1 * Waves.Of(60, 12));
        var adam = Optimizers.Adam<Net>(Schedules.Cosine(0.02, steps: 1500));
        var step = CompileStep(adam, (Net at) => Mean(Square(Vmap((Tensor x) => Residual(at, x))(points))));
        var end = Fold(step, Init(adam, net), 1500);
        Assert.True(end.Loss.Item() < 1e-5, $"loss {end.Loss.Item()}");
        var error = Max(Abs(Vmap((Tensor x) => Solution(end.Parameters, x))(points) - Sin(points))).Item();
        Assert.True(error < 1e-3, $"error {error}");
    }
}
