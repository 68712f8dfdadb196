using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Programs;

/// <summary>The log-likelihood of a Gaussian process with a squared-exponential kernel (Rasmussen, Williams 2006, algorithm 2.1): figures of programs.py.</summary>
public sealed class GaussianProcess
{
    private const int Points = 12;
    private static readonly Tensor _t = Tensor.Range(Points) * (3.0 / (Points - 1));
    private static readonly Tensor _z = Sin(2 * _t) + (0.1 * Waves.Of(40, Points));

    private static Tensor LogLikelihood(Tensor logs)
    {
        var (length, amplitude, noise) = (Exp(logs[0]), Exp(2 * logs[1]), Exp(2 * logs[2]));
        var distances = (ExpandDims(_t, 1) - _t) / length;
        var factor = Cholesky((amplitude * Exp(-0.5 * Square(distances))) + (noise * Tensor.Eye(Points)));
        var white = TriangularSolve(factor, ExpandDims(_z, 1));
        return (-0.5 * Sum(Square(white))) - Sum(Log(Diagonal(factor))) - (Points / 2.0 * Math.Log(2 * Math.PI));
    }

    [Fact]
    public void ValueAndGradientAreTheFields()
    {
        var (value, gradient) = Compile(ValueAndGrad<Tensor>(LogLikelihood)).Invoke(Tensor.Of([0.3, -0.2, -2.0]));
        Assert.Equal(-11.491540852552097, value.Item(), 1e-12);
        Assert.Equal([-55.43852139837371, 18.827633126959512, 3.2203936377205262], gradient.ToArray(), (a, b) => Math.Abs(a - b) < 1e-10);
    }
}
