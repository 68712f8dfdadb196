using AutoDiff.Curvature;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Curvature;

/// <summary>Minimizations that are stopped and go on, and what they count.</summary>
public class LeaverRunTests
{
    private static readonly Tensor X = Key.Of(5).Normal([30, 3]);

    public static TheoryData<string> All => [.. Leavers.All];

    private static Tensor Loss(Tensor p) =>
        Square(1 - Take(p, 0, 0))
        + (10 * Square(Take(p, 0, 1) - Square(Take(p, 0, 0))))
        + Mean(Square(Tanh(MatMul(X, p))))
        - Square(Take(p, 0, 2))
        + Power(Take(p, 0, 2), 4);

    [Theory]
    [MemberData(nameof(All))]
    public void Goes_on_bit_for_bit(string method)
    {
        var start = Tensor.Of([-1.2, 1, 0]);
        var objective = Objective.Of(Loss, start);
        var whole = Leavers.Minimize(method, objective, start);
        Assert.Equal(Outcome.Converged, whole.Outcome);
        for (var at = 1; at < whole.Iterations; at += Math.Max(2, whole.Iterations / 5))
        {
            var first = Leavers.Minimize(method, objective, start, new() { MaxIterations = at });
            var second = Leavers.Minimize(method, objective, first.Point, new() { State = first.State });
            Assert.Equal(whole.Point.ToArray(), second.Point.ToArray());
            Assert.Equal((whole.State, whole.Loss), (second.State, second.Loss));
            Assert.Equal(whole.Iterations, first.Iterations + second.Iterations);
            Assert.Equal((whole.Curvature, whole.CurvatureFloor), (second.Curvature, second.CurvatureFloor));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Gives_its_last_iterate_when_cancelled(string method)
    {
        var start = Tensor.Of([-1.2, 1, 0]);
        var objective = Objective.Of(Loss, start);
        foreach (var at in new[] { 0, 1, 4 })
        {
            using var source = new CancellationTokenSource();
            var cancelled = Assert
                .Throws<IterationCanceledException<MinimizerResult<Tensor>>>(() =>
                    Leavers.Minimize(method, objective, start, new() { Progress = new Cancelling(source, at), Cancellation = source.Token })
                )
                .Solution;
            var limited = Leavers.Minimize(method, objective, start, new() { MaxIterations = at });
            Assert.Equal((Outcome.Cancelled, at), (cancelled.Outcome, cancelled.Iterations));
            Assert.Equal(limited.Point.ToArray(), cancelled.Point.ToArray());
            Assert.Equal((limited.Loss, limited.State, limited.Products), (cancelled.Loss, cancelled.State, cancelled.Products));
        }
    }

    [Fact]
    public void Keys_decide_and_repeat()
    {
        var start = Tensor.Zeros([2]);
        Tensor Wells(Tensor p) => Square(1 - Sum(Square(p)));
        double[] End(ulong seed) => PerturbedDescent.Minimize(Wells, start, new() { Key = Key.Of(seed) }).Point.ToArray();
        Assert.Equal(End(1), End(1));
        Assert.NotEqual(End(1), End(2));
    }

    [Fact]
    public void Products_are_counted()
    {
        // Two eigenvalues: a step takes two products, one where the first is near enough; the look at the end two.
        Tensor Bowl(Tensor p) => Sum(Square(p) * Tensor.Of([1, 3]));
        var start = (Tensor)new[] { 1.0, 1 };
        var free = SaddleFreeNewton.Minimize(Bowl, start, new() { GradientTolerance = 1e-12 });
        Assert.Equal((Outcome.Converged, 2, 5), (free.Outcome, free.Iterations, free.Products));
        var level = TrustRegion.Minimize(Bowl, Tensor.Zeros([2]));
        Assert.Equal((0, 2, 1), (level.Iterations, level.Products, level.Evaluations));
        Assert.Equal((2.0, 2.0), (Math.Round(level.Curvature, 12), Math.Round(level.CurvatureFloor, 12)));
    }

    [Fact]
    public void No_eigenvalue_is_below_the_floor()
    {
        // Evenly spread eigenvalues 1 to 2 are not resolved by a few products: the Ritz value stays above 1, and the floor must not.
        const int n = 400;
        var factors = Tensor.Of(Enumerable.Range(0, n).Select(i => (1 + (i / (n - 1.0))) / 2).ToArray());
        var objective = Objective.Of((Tensor p) => Sum(factors * Square(p)), Tensor.Zeros([n]));
        foreach (var products in new[] { 20, 30, 60 })
        {
            foreach (var seed in Enumerable.Range(0, 10))
            {
                var end = TrustRegion.Minimize(
                    objective,
                    Tensor.Zeros([n]),
                    new() { CurvatureProducts = products, Key = Key.Of((ulong)seed) }
                );
                Assert.Equal((Outcome.Converged, products), (end.Outcome, end.Products));
                Assert.InRange(end.Curvature, 1 + 1e-9, 1.1);
                // 1.648·√n·exp(−√δ·(2k − 1)) = 1e-6 ⁄ 2 for each end, and what is seen is 1 − 2δ of the range.
                var root = Math.Log(1.648 * Math.Sqrt(n) * 2e6) / ((2 * products) - 1);
                var miss = root * root / (1 - (2 * root * root)) * (end.State.LargestCurvature - end.Curvature);
                Assert.Equal(end.Curvature - miss, end.CurvatureFloor, 1e-12);
                Assert.InRange(end.CurvatureFloor, 0, 1);
            }
        }
        var few = TrustRegion.Minimize(objective, Tensor.Zeros([n]), new() { CurvatureProducts = 5 });
        Assert.Equal(double.NegativeInfinity, few.CurvatureFloor);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_small_classifier_gets_from_zero_weights_to_a_certain_minimum(string method)
    {
        var (rows, inputs, hidden, classes) = (60, 4, 4, 3);
        var x = Key.Of(1).Normal([rows, inputs]);
        var targets = new double[rows * classes];
        var values = x.ToArray();
        for (var i = 0; i < rows; i++)
            targets[
                (i * classes)
                    + (
                        values[i * inputs] > 0.4 ? 2
                        : values[(i * inputs) + 1] > 0 ? 1
                        : 0
                    )
            ] = 1;
        var y = Tensor.Of(targets, rows, classes);
        Tensor Loss(TreeList<Tensor> w)
        {
            var logits = MatMul(Tanh(MatMul(x, w[0]) + w[1]), w[2]) + w[3];
            var fit = Mean(LogSumExp(logits, -1)) - (Sum(logits * y) / rows);
            return fit + (1e-3 * (Sum(Square(w[0])) + Sum(Square(w[1])) + Sum(Square(w[2])) + Sum(Square(w[3]))));
        }
        TreeList<Tensor> start =
        [
            Tensor.Zeros([inputs, hidden]),
            Tensor.Zeros([hidden]),
            Tensor.Zeros([hidden, classes]),
            Tensor.Zeros([classes]),
        ];
        var objective = Objective.Of(Loss, start);
        // By gradients alone a step is judged by the loss, whose rounding hides the last of the gradient.
        var end = Leavers.Minimize(method, objective, start, new() { Tolerance = method == nameof(PerturbedDescent) ? 1e-7 : 1e-8 });
        Assert.Equal(Outcome.Converged, end.Outcome);
        var point = CriticalPoint.Classify(objective, end.Point);
        Assert.True(point is { Kind: CriticalPointKind.Minimum or CriticalPointKind.Degenerate, Index: 0, Inertia.Below: 0 }, $"{point}");
        Assert.True(end.Loss < 0.5, $"{end.Loss}");
        Assert.InRange(end.Curvature, point.Eigenvalues[0] - 1e-9, point.Eigenvalues[0] + 1e-5);
    }
}
