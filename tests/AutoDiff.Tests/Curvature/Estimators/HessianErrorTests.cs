using AutoDiff.Curvature;
using AutoDiff.Tests.Numerics;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Curvature;

/// <summary>Error bounds against eigenvalues of the exact Hessian computed with 60 digits: losses whose own evaluation is ill-conditioned.</summary>
public class HessianErrorTests
{
    private static readonly (string Loss, CriticalPoint<Tensor> Point, double[] Exact)[] Cases =
    [
        .. ReferenceData
            .Read("hessians.json")
            .EnumerateArray()
            .Select(entry =>
            {
                var name = entry.GetProperty("loss").GetString()!;
                var rows = entry.GetProperty("data").EnumerateArray().Select(row => row.Numbers()).ToArray();
                var point = CriticalPoint.Classify(Loss(name, rows), Tensor.Of(entry.GetProperty("x").Numbers()), new() { Threads = 1 });
                return (name, point, entry.GetProperty("eigenvalues").Numbers());
            }),
    ];

    [Fact]
    public void No_eigenvalue_is_farther_from_the_exact_one_than_its_bound()
    {
        foreach (var (loss, point, exact) in Cases)
        {
            for (var i = 0; i < exact.Length; i++)
                Assert.True(
                    Math.Abs(point.Eigenvalues[i] - exact[i]) <= point.ErrorBounds[i],
                    $"{loss}: eigenvalue {i} is {point.Eigenvalues[i]:R} ± {point.ErrorBounds[i]:G3}, in truth {exact[i]:R}"
                );
        }
    }

    [Fact]
    public void Where_the_loss_is_well_conditioned_half_of_the_bounds_are_within_fifty_times_the_error()
    {
        var ratios = Cases
            .Where(entry => entry.Point.HessianError <= 1e-14 * Largest(entry.Exact))
            .Select(entry => entry.Point.ErrorBounds.Max() / Math.Max(Error(entry.Point, entry.Exact), double.Epsilon))
            .Order()
            .ToArray();
        Assert.True(ratios.Length >= 40, $"{ratios.Length} well-conditioned cases");
        Assert.InRange(ratios[ratios.Length / 2], 1, 50);
    }

    [Fact]
    public void Run_off_nets_are_told_by_their_error()
    {
        // A hundred times what rounding in a well-conditioned loss comes to, and more: without it these bounds would be n·ε.
        Assert.InRange(
            Cases.Count(entry => entry.Loss is "net" or "classifier" && entry.Point.HessianError > 1e-12 * Largest(entry.Exact)),
            10,
            Cases.Length
        );
        Assert.All(Cases, entry => Assert.True(entry.Point.HessianError < double.PositiveInfinity));
    }

    [Fact]
    public void Equal_calls_give_equal_bits_on_any_number_of_threads()
    {
        var x = Key.Of(1).Normal([10, 3]);
        Tensor Loss(Tensor w) => Mean(Square(Tanh(MatMul(x, Reshape(w, 3, 4)))));
        var at = Key.Of(2).Normal([12]);
        var one = CriticalPoint.Classify(Loss, at, new() { Threads = 1 });
        foreach (var threads in new[] { 2, 3, 8 })
        {
            var other = CriticalPoint.Classify(Loss, at, new() { Threads = threads });
            Assert.Equal(
                (one.HessianError, one.GradientError, one.Displacement, one.Threshold, one.Inertia),
                (other.HessianError, other.GradientError, other.Displacement, other.Threshold, other.Inertia)
            );
            Assert.Equal(one.Eigenvalues, other.Eigenvalues);
            Assert.Equal(one.ErrorBounds, other.ErrorBounds);
        }
        Assert.InRange(one.HessianError, 1e-16, 1e-13);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(40)]
    public void Probes_measure_the_Frobenius_norm(int n)
    {
        var (a, b) = (Matrices.Random(n, 1), Matrices.Random(n, 2));
        var exact = Matrices.Frobenius([.. a.Zip(b, (x, y) => x - y)]);
        var measured = RoundingError.Change(MatrixOperator.Of(a, n), MatrixOperator.Of(b, n));
        EigenChecks.Near(exact, measured, (n <= RoundingError.Samples ? 1e-14 : 0.4) * exact);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (i / 8 == j / 8)
                    Assert.Equal(0, Enumerable.Range(0, 8).Sum(s => RoundingError.Probe(n, s)[i] * RoundingError.Probe(n, s)[j]));
            }
        }
    }

    private static double Largest(double[] eigenvalues) => Math.Max(-eigenvalues[0], eigenvalues[^1]);

    private static double Error(CriticalPoint<Tensor> point, double[] exact) =>
        Enumerable.Range(0, exact.Length).Max(i => Math.Abs(point.Eigenvalues[i] - exact[i]));

    private static Func<Tensor, Tensor> Loss(string name, double[][] rows)
    {
        var (count, width) = (rows.Length, rows.Length == 0 ? 0 : rows[0].Length);
        var data = Tensor.Of([.. rows.SelectMany(row => row)], count, width);
        Tensor Hidden(Tensor p) => Tanh(MatMul(Slice(data, 1, 0, 2), Reshape(Slice(p, 0, 0, 4), 2, 2)) + Slice(p, 0, 4, 6));
        return name switch
        {
            "net" => p => Mean(Square(MatMul(Hidden(p), Reshape(Slice(p, 0, 6, 8), 2, 1)) + Slice(p, 0, 8) - Slice(data, 1, 2))),
            "classifier" => p =>
            {
                var scores = MatMul(Hidden(p), Reshape(Slice(p, 0, 6, 12), 2, 3)) + Slice(p, 0, 12);
                return Mean(LogSumExp(scores, 1) - Sum(scores * OneHot(Reshape(Slice(data, 1, 2), count), 3), 1));
            },
            "powers" => p =>
            {
                var (x, y) = (Take(p, 0, 0), Take(p, 0, 1));
                var sixth = Enumerable
                    .Zip([-6, 15, -20, 15, -6, 1], Enumerable.Range(1, 6), (c, k) => c * Power(x, k))
                    .Aggregate((a, b) => a + b);
                return 1 + sixth + (Square(y) * (Square(x) - (2 * x) + 1));
            },
            "logsum" => p => LogSumExp(p) + (0.0005 * Square(Take(p, 0, 0) - Take(p, 0, 1))),
            "graded" => p => Sum(Square(MatMul(data, Reshape(p, width, 1)) - 1)),
            "product" => p => Square(1 - Enumerable.Range(0, p.Shape.Size).Select(i => Take(p, 0, i)).Aggregate((x, y) => x * y)),
            "difference" => p => (Square(Exp(Take(p, 0, 0)) - Exp(Take(p, 0, 1))) * Take(p, 0, 2)) + Square(Take(p, 0, 0)),
            _ => throw new ArgumentException($"no loss is called {name}"),
        };
    }
}
