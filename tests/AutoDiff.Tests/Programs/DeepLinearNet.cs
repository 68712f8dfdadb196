using AutoDiff.Curvature;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Programs;

/// <summary>Learning of a deep linear net from small balanced weights (Saxe, McClelland, Ganguli, 1312.6120).</summary>
public sealed partial class DeepLinearNet
{
    private const double Strength = 2;
    private const double Start = 1e-3;

    [TensorTree]
    private sealed partial record Layers(Tensor First, Tensor Second);

    private static Tensor Loss(Layers net) => Square(Strength - (net.First * net.Second)) / 2;

    /// <summary>The product of two layers follows the closed form of equation 9: u(t) = s·e²ˢᵗ ⁄ (e²ˢᵗ − 1 + s⁄u₀).</summary>
    [Fact]
    public void GradientFlowIsTheClosedForm()
    {
        var (rate, steps) = (1e-4, 20_000);
        var flow = Compile((Layers net) => ForI(steps, (_, at) => RungeKutta(Grad<Layers>(Loss), at, -rate), net));
        var end = flow.Invoke(new(Math.Sqrt(Start), Math.Sqrt(Start)));
        var growth = Math.Exp(2 * Strength * rate * steps);
        Assert.Equal(Strength * growth / (growth - 1 + (Strength / Start)), (end.First * end.Second).Item(), 1e-7);
        Assert.Equal(0, (Square(end.First) - Square(end.Second)).Item(), 1e-14); // what gradient flow keeps
    }

    /// <summary>At zero weights a net of L layers has no derivative below the L-th; two layers make a saddle.</summary>
    [Fact]
    public void TheOriginIsASaddleOfOrderDepth()
    {
        Assert.Equal(CriticalPointKind.Saddle, CriticalPoint.Classify(Loss, new Layers(0, 0)).Kind);
        Tensor Deep(Tensor w) => Square(1 - Product(w)) / 2;
        var origin = Tensor.Zeros([3]);
        Assert.Equal(new double[9], Hessian<Tensor>(Deep, origin).ToArray());
        var third = Jacobian<Tensor, Tensor>(w => Hessian<Tensor>(Deep, w), origin);
        Assert.Equal(-1, Reshape(third, 3, 3, 3)[0, 1, 2].Item());
        Assert.Equal(0, Reshape(third, 3, 3, 3)[0, 0, 2].Item());
    }

    private static T RungeKutta<T>(Func<T, T> field, T at, double step)
        where T : ITensorTree<T>
    {
        var middle = TreeMath.Axpy(step / 2, field(at), at);
        return TreeMath.Axpy(step, field(middle), at);
    }
}
