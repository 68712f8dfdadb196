using AutoDiff.Curvature;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Curvature;

/// <summary>Whole families of critical points that are known exactly.</summary>
public class KnownPointsTests
{
    /// <summary>The loss (1 − w₁w₂)²: gradient, Hessian and escape at the origin, and the valley of minima w₁w₂ = 1 (LeeDL, 3.1.2).</summary>
    [Fact]
    public void Two_weights_have_a_saddle_between_two_valleys()
    {
        static Tensor Loss(Tensor w) => Square(1 - (w[0] * w[1]));
        var origin = Tensor.Zeros([2]);
        Assert.Equal([0, 0], Transforms.Grad(Loss, origin).ToArray());
        Assert.Equal([0, -2, -2, 0], Transforms.Hessian(Loss, origin).ToArray());
        var saddle = CriticalPoint.Classify(Loss, origin);
        Assert.Equal((CriticalPointKind.Saddle, 1, 0), (saddle.Kind, saddle.Index, saddle.Nullity));
        Assert.Equal([-2, 2], saddle.Eigenvalues.Select(value => Math.Round(value, 12)));
        var escape = Saddle.Escape(Loss, saddle).Point.ToArray();
        Assert.Equal(escape[0], escape[1], 1e-9); // along [1, 1]
        for (var w1 = -2.0; w1 <= 2; w1 += 0.5)
        {
            for (var w2 = -2.0; w2 <= 2; w2 += 0.5)
            {
                var point = CriticalPoint.Classify(Loss, Tensor.Of([w1, w2]));
                if (w1 * w2 == 1)
                {
                    Assert.Equal((CriticalPointKind.Degenerate, 0, 1), (point.Kind, point.Index, point.Nullity));
                    Assert.Equal(0, point.Eigenvalues[0], 1e-14);
                    Assert.Equal(2 * ((w1 * w1) + (w2 * w2)), point.Eigenvalues[1], 1e-14);
                }
                else
                    Assert.Equal(w1 != 0 || w2 != 0, point.Kind == CriticalPointKind.NotCritical);
            }
        }
    }

    /// <summary>Linear nets at zero weights: two layers make a saddle that the data's correlation tells, more make a Hessian of zeros (Kawaguchi, 1605.07110).</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_origin_of_a_linear_net_is_degenerate_from_three_layers_on(int layers)
    {
        const int Width = 3;
        var (x, y) = (Key.Of(1).Normal([10, Width]), Key.Of(2).Normal([10, Width]));
        Tensor Loss(TreeList<Tensor> w) => Mean(Square(w.Aggregate(x, MatMul) - y));
        var point = CriticalPoint.Classify(Loss, new TreeList<Tensor>([.. Enumerable.Repeat(Tensor.Zeros([Width, Width]), layers)]));
        Assert.Equal(Mean(Square(y)).Item(), point.Loss, 1e-14);
        if (layers > 2)
        {
            Assert.Equal((CriticalPointKind.Degenerate, 0, layers * Width * Width), (point.Kind, point.Index, point.Nullity));
            Assert.All(point.Eigenvalues, value => Assert.Equal(0, value));
            return;
        }
        // ±2σ⁄30 for each hidden unit, σ the singular values of XᵀY.
        var sigmas = Svd(MatMul(Transpose(x), y)).S.ToArray();
        double[] expected =
        [
            .. sigmas.SelectMany(sigma => Enumerable.Repeat(sigma / 15, Width)).SelectMany(value => new[] { -value, value }).Order(),
        ];
        Assert.Equal((CriticalPointKind.Saddle, 9, 0, true), (point.Kind, point.Index, point.Nullity, point.IndexConfirmed));
        ReferenceData.AssertClose(expected, point.Eigenvalues.AsSpan(), 1e-13, "eigenvalues");
    }

    /// <summary>½·Σ(x⁴ − 16x² + 5x) in six dimensions: each coordinate at one of three roots, 3⁶ points, the index how many are at the middle one (Styblinski, Tang 1990).</summary>
    [Fact]
    public void Every_point_of_Styblinski_and_Tang_is_named()
    {
        const int Dimensions = 6;
        double[] roots = [Root(-2.9), Root(0.157), Root(2.75)];
        Assert.Equal([-2.903534, 0.156731, 2.746803], roots.Select(root => Math.Round(root, 6)));
        var objective = Objective.Of((Tensor x) => 0.5 * Sum(Square(Square(x)) - (16 * Square(x)) + (5 * x)), Tensor.Zeros([Dimensions]));
        for (var number = 0; number < 729; number++)
        {
            int[] which = [.. Enumerable.Range(0, Dimensions).Select(i => number / (int)Math.Pow(3, i) % 3)];
            var point = CriticalPoint.Classify(objective, Tensor.Of([.. which.Select(i => roots[i])]), new() { Threads = 1 });
            var index = which.Count(i => i == 1);
            Assert.Equal((index, 0, true), (point.Index, point.Nullity, point.IndexConfirmed));
            Assert.Equal(
                index switch
                {
                    0 => CriticalPointKind.Minimum,
                    Dimensions => CriticalPointKind.Maximum,
                    _ => CriticalPointKind.Saddle,
                },
                point.Kind
            );
            if (number == 0)
                Assert.Equal(-39.16616570377 * Dimensions, point.Loss, 1e-8);
        }

        static double Root(double x)
        {
            for (var step = 0; step < 6; step++)
                x -= ((4 * x * x * x) - (32 * x) + 5) / ((12 * x * x) - 32);
            return x;
        }
    }

    /// <summary>The surface of Müller and Brown (1979): three minima and the two saddles between them, from coordinates to four digits.</summary>
    [Theory]
    [InlineData(-0.5582, 1.4417, -146.6995, 0)]
    [InlineData(0.6235, 0.0280, -108.1667, 0)]
    [InlineData(-0.0500, 0.4667, -80.7678, 0)]
    [InlineData(-0.8220, 0.6243, -40.6648, 1)]
    [InlineData(0.2125, 0.2930, -72.2489, 1)]
    public void Every_point_of_Mueller_and_Brown_is_named(double x, double y, double loss, int index)
    {
        var point = CriticalPoint.Classify(MuellerBrown, Polished(MuellerBrown, Tensor.Of([x, y])));
        Assert.Equal(loss, point.Loss, 1e-4);
        Assert.Equal((index, 0, true), (point.Index, point.Nullity, point.IndexConfirmed));
        Assert.Equal(index == 0 ? CriticalPointKind.Minimum : CriticalPointKind.Saddle, point.Kind);
        Assert.Equal([x, y], point.Point.ToArray(), (a, b) => Math.Abs(a - b) < 1e-3);
    }

    private static Tensor MuellerBrown(Tensor p)
    {
        var (dx, dy) = (p[0] - Tensor.Of([1, 0, -0.5, -1]), p[1] - Tensor.Of([0, 0.5, 1.5, 1]));
        var exponent =
            (Tensor.Of([-1, -1, -6.5, 0.7]) * Square(dx))
            + (Tensor.Of([0, 0, 11, 0.6]) * dx * dy)
            + (Tensor.Of([-10, -10, -6.5, 0.7]) * Square(dy));
        return Sum(Tensor.Of([-200, -100, -170, 15]) * Exp(exponent));
    }

    /// <summary>Three of Newton's steps towards a zero of the gradient.</summary>
    private static Tensor Polished(Func<Tensor, Tensor> f, Tensor x)
    {
        for (var step = 0; step < 3; step++)
            x = Transforms.Evaluate(x - Solve(Transforms.Hessian(f, x), Transforms.Grad(f, x)));
        return x;
    }
}
