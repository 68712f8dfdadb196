using AutoDiff.Curvature;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Programs;

/// <summary>
/// A minimum that the exact Hessian in float64 proves, and that the Hessian in float32 and differences of gradients call a saddle. A 1-3-1 tanh net is fitted to the
/// seventh Chebyshev polynomial at 20 points with a weight decay of 1e-11: two of its units make a narrow bump, and scaled together they hardly change the loss.
/// </summary>
public sealed class IndexByPrecision
{
    private static readonly Tensor _x = ExpandDims((Tensor.Range(20) * (2.0 / 19)) - 1, 1);
    private static readonly Tensor _y = Cos(7 * Acos(_x));

    // Where Newton's method from Key.Of(3).Normal([10]) ends, to eight digits.
    private static readonly Tensor _trained = Tensor.Of([
        .. new[] { -70.304208, 75.107771, 70.405792, 3.8378936, -76.224718 },
        .. new[] { -26.148503, 0.49804416, 4.1375535, 0.56294147, 4.2720568 },
    ]);

    private static Tensor Loss(Tensor w)
    {
        var (hidden, bias, output) = (Reshape(w[..3], 1, 3), w[3..6], Reshape(w[6..9], 3, 1));
        return Mean(Square(MatMul(Tanh(MatMul(_x, hidden) + bias), output) + w[9] - _y)) + (1e-11 * Sum(Square(w)));
    }

    [Fact]
    public void OnlyTheExactHessianInDoublePrecisionSeesTheMinimum()
    {
        var point = CriticalPoint.Classify(Loss, Newton.Minimize(Loss, _trained).Point);
        Assert.Equal((CriticalPointKind.Minimum, 0, true), (point.Kind, point.Index, point.IndexConfirmed));
        Assert.InRange(point.Lowest.Value, 8e-11, 1e-10);
        Assert.InRange(point.Lowest.ErrorBound, 0, 1e-12);

        var (gradient, gradient32) = (Compile(Grad<Tensor>(Loss)), Compile<float, Tensor, Tensor>(Grad<Tensor>(Loss)));
        Assert.NotEqual(0, Negative(Compile<float, Tensor, Tensor>(Hessian<Tensor>(Loss)).Invoke(point.Point).ToArray()));
        Assert.NotEqual(0, Negative(Differences(gradient, point.Point, Math.Cbrt(Math.ScaleB(1, -52)))));
        Assert.NotEqual(0, Negative(Differences(gradient32, point.Point, Math.Cbrt(Math.ScaleB(1, -23)))));
    }

    /// <summary>Central differences, whose usual step is the cube root of the precision, relative to each parameter from 1 on.</summary>
    private static double[] Differences(Func<Tensor, Tensor> gradient, Tensor at, double step)
    {
        var rows = new List<Tensor>();
        for (var i = 0; i < 10; i++)
        {
            var h = step * Math.Max(1, Math.Abs(at[i].Item()));
            rows.Add((gradient(Evaluate(at.At(i).Add(h))) - gradient(Evaluate(at.At(i).Add(-h)))) / (2 * h));
        }
        return Stack(rows).ToArray();
    }

    private static int Negative(double[] hessian)
    {
        SymmetricMatrix.Symmetrize(hessian, 10);
        return SymmetricEigen.Decompose(hessian, 10).Eigenvalues.Count(value => value < 0);
    }
}
