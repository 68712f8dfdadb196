using AutoDiff.Examples;
using AutoDiff.Tests.Data;

namespace AutoDiff.Tests.Examples;

public sealed class ClosedFormTests
{
    [Theory]
    [InlineData(1e-3)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(0)]
    public void TheOutputBiasHasNoGradient(double l2)
    {
        double[] shares = [0.7, 0.2, 0.0999, 0.0001];
        var b = OutputBias.Optimum(shares, l2);
        var p = OutputBias.Softmax(b.AsSpan());
        Assert.All(Enumerable.Range(0, 4), k => Assert.Equal(0, p[k] - shares[k] + (l2 * b[k]), 1e-14));
    }

    [Theory]
    [InlineData(Nonlinearity.Tanh, 1e-3)]
    [InlineData(Nonlinearity.Gelu, 1e-3)]
    [InlineData(Nonlinearity.Linear, 0.05)]
    [InlineData(Nonlinearity.Silu, 0)]
    public void TheHessianAtZeroWeightsHasItsEigenvalues(Nonlinearity activation, double l2)
    {
        var set = DataSet.Of(Tables.Read("1,5,0\n3,4,1\n2,-1,2\n0,1,1\n-2,1,0\n"), Scaling.Standard);
        var bias = OutputBias.Optimum([0.4, 0.4, 0.2], l2);
        var net = Mlp.Zeros([2, 4, 3]).WithOutputBias(Tensor.Of(bias.AsSpan()));
        var loss = new NetLoss(activation, l2);
        var form = ClosedForm.Of(
            set.Rows,
            OutputBias.Softmax(bias.AsSpan()),
            activation == Nonlinearity.Tanh || activation == Nonlinearity.Linear ? 1 : 0.5,
            4,
            l2
        );
        var point = AutoDiff.Curvature.CriticalPoint.Classify(at => loss.Of(at, set.Rows), net);
        Assert.Equal(27, form.Eigenvalues.Length);
        Assert.Equal(0, point.GradientNorm, 1e-14);
        Assert.Equal(0, form.LargestDeviation(point.Eigenvalues, 27), 1e-13);
        Assert.Equal(point.Index, form.Index);
    }
}
