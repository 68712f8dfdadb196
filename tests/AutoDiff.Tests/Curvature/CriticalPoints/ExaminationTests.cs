using AutoDiff.Curvature;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Curvature;

/// <summary>The same points by all eigenvalues, by factorizations, and by both ends of the spectrum.</summary>
public class ExaminationTests
{
    private static readonly CurvatureOptions ByInertia = new() { MostDense = 0, Pairs = 3 };
    private static readonly CurvatureOptions ByEnds = new()
    {
        MostDense = 0,
        MostFactored = 0,
        Pairs = 3,
    };

    public static TheoryData<string, double[], CriticalPointKind, CriticalPointKind> Quadratics =>
        new()
        {
            { "saddle", [-3, -2, -1, -1, 1, 1, 2, 5], CriticalPointKind.Saddle, CriticalPointKind.Saddle },
            { "minimum", [1, 1, 2, 2, 3, 4, 5, 5], CriticalPointKind.Minimum, CriticalPointKind.Minimum },
            { "maximum", [-5, -4, -3, -3, -2, -2, -1, -1], CriticalPointKind.Maximum, CriticalPointKind.Maximum },
            { "degenerate", [0, 0, 0, 0, 1, 2, 3, 4], CriticalPointKind.Degenerate, CriticalPointKind.Undecided },
            { "flat", [0, 0, 0, 0, 0, 0, 0, 0], CriticalPointKind.Degenerate, CriticalPointKind.Undecided },
            { "hidden", [-1, -1, -1, -1, 0, 0, 0, 0], CriticalPointKind.Degenerate, CriticalPointKind.Undecided },
        };

    [Theory]
    [MemberData(nameof(Quadratics))]
    public void A_quadratic_is_named_alike(string name, double[] eigenvalues, CriticalPointKind kind, CriticalPointKind byEnds)
    {
        // Turned, so that no coordinate is an eigenvector.
        var v = Key.Of(1).Normal([8]);
        var lambda = Tensor.Of(eigenvalues);
        Tensor Loss(Tensor x)
        {
            var y = x - (2 * Dot(v, x) / Dot(v, v) * v);
            return 0.5 * Sum(lambda * Square(y));
        }
        var (all, inertia, ends) = Classified(Loss, Tensor.Zeros([8]));
        Assert.True(kind == all.Kind && kind == inertia.Kind, $"{name}: {all}; {inertia}");
        Assert.True(byEnds == ends.Kind, $"{name}: {ends}");
        Assert.Equal((2, 8), (ends.Uncounted, all.Eigenvalues.Length));
        Assert.Equal(eigenvalues[..3], ends.LowestPairs.Select(pair => Math.Round(pair.Value, 12) + 0));
        Assert.Equal(eigenvalues[5..], ends.HighestPairs.Select(pair => Math.Round(pair.Value, 12) + 0));
        Assert.InRange(ends.SmallestPossible, eigenvalues[0] - 1e-10, eigenvalues[0]);
        Assert.InRange(ends.LargestPossible, eigenvalues[^1], eigenvalues[^1] + 1e-10);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(9, 8192)]
    [InlineData(9, 0)]
    public void Where_Lanczos_is_allowed_nothing_there_is_a_pair_all_the_same(int n, int mostFactored)
    {
        var point = CriticalPoint.Classify(
            x => Sum(Square(x) * (1 + Tensor.Range(n))),
            Tensor.Zeros([n]),
            ByEnds with
            {
                MostFactored = mostFactored,
                Ends = new() { MaxProducts = 0 },
            }
        );
        Assert.NotEqual(Outcome.Converged, point.Outcome);
        Assert.False(point.IndexConfirmed);
        Assert.Equal(CriticalPointKind.Minimum, point.Kind);
        Assert.InRange(point.Lowest.Value, 2 - 1e-12, 2 + point.Lowest.ErrorBound);
        Assert.True(point.Lowest.Residual <= point.Lowest.ErrorBound);
    }

    [Fact]
    public void What_is_not_known_is_not_said()
    {
        var point = CriticalPoint.Classify(x => Sum(Square(x) * Tensor.Of([-1, 1, 2, 3, 4, 5, 6, 7, 8])), Tensor.Zeros([9]), ByEnds);
        Assert.Equal(
            (Examination.Ends, 9, 6, 1, 5, 3),
            (point.Examination, point.Size, point.Eigenvalues.Length, point.Index, point.Positive, point.Uncounted)
        );
        Assert.False(point.IsComplete || point.IndexIsExact || point.IndexConfirmed || point.Inertia.IsCertain);
        Assert.True(double.IsNaN(point.MinimumRatio) && double.IsNaN(point.ConditionNumber));
        Assert.Null(point.Outliers);
        Assert.StartsWith(
            "Saddle, index ≥ 1 of 9 (none below -2), nullity ≥ 0, eigenvalues -2 to 16",
            point.ToString(),
            StringComparison.Ordinal
        );
        var counted = CriticalPoint.Classify(x => Sum(Square(x) * Tensor.Of([-1, 1, 2, 3, 4, 5, 6, 7, 8])), Tensor.Zeros([9]), ByInertia);
        Assert.Equal(
            (Examination.Inertia, 1, 0, 8, 0),
            (counted.Examination, counted.Index, counted.Nullity, counted.Positive, counted.Uncounted)
        );
        Assert.True(counted.IndexIsExact && counted.IndexConfirmed && !counted.IsComplete);
        Assert.Equal(8.0 / 9, counted.MinimumRatio);
        Assert.StartsWith("Saddle, index 1 of 9, nullity 0,", counted.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hundred_random_nets_are_named_alike()
    {
        var (critical, certain) = (0, 0);
        foreach (var (key, i) in Key.Of(9).Split(100).Select((key, i) => (key, i)))
        {
            var (inputs, hidden, rows) = (1 + (i % 3), 1 + (i / 3 % 4), 4 + (i % 7));
            var (x, y) = (key.FoldIn(0).Normal([rows, inputs]), key.FoldIn(1).Normal([rows, 1]));
            Tensor Loss(TreeList<Tensor> w) =>
                Mean(Square(MatMul(Tanh(MatMul(x, w[0])), w[1]) - y)) + (0.01 * (Sum(Square(w[0])) + Sum(Square(w[1]))));
            TreeList<Tensor> start =
                i % 4 == 0
                    ? [Tensor.Zeros([inputs, hidden]), Tensor.Zeros([hidden, 1])]
                    : [key.FoldIn(2).Normal([inputs, hidden]), key.FoldIn(3).Normal([hidden, 1])];
            var at = i % 4 is 0 or 1 ? start : Newton.Minimize(Loss, start).Point;
            var (all, inertia, ends) = Classified(Loss, at);
            Assert.True(all.IsCritical == ends.IsCritical && all.IsCritical == inertia.IsCritical, $"{i}: {all}; {ends}");
            Assert.True(ends.Index <= all.Index && ends.Positive <= all.Positive, $"{i}: {all}; {ends}");
            Assert.True(ends.SmallestPossible <= all.Eigenvalues[0] + all.ErrorBounds[0], $"{i}: {all}; {ends.SmallestPossible}");
            Assert.True(ends.LargestPossible >= all.Eigenvalues[^1] - all.ErrorBounds[^1], $"{i}: {all}; {ends.LargestPossible}");
            critical += all.IsCritical ? 1 : 0;
            if (!all.IndexConfirmed || !inertia.IndexConfirmed)
                continue;
            certain++;
            Assert.Equal((all.Index, all.Nullity, all.Kind), (inertia.Index, inertia.Nullity, inertia.Kind));
            Assert.True(ends.Kind == all.Kind || ends.Kind == CriticalPointKind.Undecided, $"{i}: {all}; {ends}");
        }
        Assert.True(critical >= 60 && certain >= 60, $"{critical} critical, {certain} confirmed both ways");
    }

    [Fact]
    public void Options_are_checked()
    {
        Assert.Throws<ArgumentException>(() => new CurvatureOptions { Pairs = 0 });
        Assert.Throws<ArgumentException>(() => new CurvatureOptions { MostDense = -1 });
        Assert.Throws<ArgumentException>(() => new CurvatureOptions { MostFactored = -1 });
        Assert.Throws<ArgumentNullException>(() => new CurvatureOptions { Ends = null! });
    }

    [Fact]
    public void One_parameter_and_what_is_not_finite()
    {
        var one = CriticalPoint.Classify(x => Sum(Square(x)), Tensor.Zeros([1]), ByEnds);
        Assert.Equal((CriticalPointKind.Minimum, true, 2.0, 2.0), (one.Kind, one.IndexIsExact, one.Lowest.Value, one.Highest.Value));
        foreach (var options in new[] { ByInertia, ByEnds })
        {
            var failure = Assert.Throws<ArgumentException>(() =>
                CriticalPoint.Classify(x => Sum(Power(x, 1.5)), Tensor.Zeros([4]), options)
            );
            Assert.Contains("expected finite values", failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1e-150)]
    [InlineData(1e150)]
    public void Units_of_the_loss_do_not_matter(double unit)
    {
        Tensor Loss(Tensor x) => unit * (Sum(Square(x) * Tensor.Of([-1, 1, 2, 3, 4, 5, 6, 7, 8])) + Sum(Power(x, 4)));
        var (all, inertia, ends) = Classified(Loss, Tensor.Zeros([9]));
        foreach (var point in new[] { all, inertia, ends })
            Assert.Equal((CriticalPointKind.Saddle, 1), (point.Kind, point.Index));
    }

    [Fact]
    public void A_minimum_near_by_counts_and_one_far_off_does_not()
    {
        Tensor Loss(Tensor x) => Sum(Square(x - 1) * Tensor.Of([1, 2, 3, 4, 5, 6, 7, 8]));
        foreach (var (off, kind) in new[] { (0.9e-4, CriticalPointKind.Minimum), (1.2e-4, CriticalPointKind.NotCritical) })
        {
            var (all, inertia, ends) = Classified(Loss, Tensor.Zeros([8]) + 1 + off);
            foreach (var point in new[] { all, inertia, ends })
            {
                Assert.Equal(kind, point.Kind);
                Assert.Equal(off, point.Displacement, 1e-3 * off);
            }
        }
    }

    [Fact]
    public void A_net_of_20_000_parameters_is_a_saddle_at_zero_weights()
    {
        // There the Hessian couples the layers by XᵀY alone: its eigenvalues are ±2σ/(rows·outputs), each once a hidden unit, and 0.
        var (rows, inputs, hidden, outputs) = (4, 20, 200, 80);
        var (x, y) = (Key.Of(1).Normal([rows, inputs]), Key.Of(2).Normal([rows, outputs]));
        var singular = LargestSingularValue(Transpose(x), y, rows);
        var point = CriticalPoint.Classify(
            w => Mean(Square(MatMul(Tanh(MatMul(x, w[0])), w[1]) - y)),
            new TreeList<Tensor>([Tensor.Zeros([inputs, hidden]), Tensor.Zeros([hidden, outputs])]),
            new() { Pairs = 4 }
        );
        Assert.Equal((Examination.Ends, 20_000, CriticalPointKind.Saddle), (point.Examination, point.Size, point.Kind));
        Assert.InRange(point.Index, 4, hidden * rows);
        Assert.False(point.IndexIsExact);
        var largest = 2 * singular / (rows * outputs);
        Assert.Equal(-largest, point.Lowest.Value, 1e-7 * largest);
        Assert.Equal(largest, point.Highest.Value, 1e-7 * largest);
        Assert.True(point.SmallestPossible <= -largest && point.LargestPossible >= largest);
    }

    [Fact]
    public void A_minimum_over_20_000_parameters_is_certain_by_what_cannot_have_been_missed()
    {
        var factors = 1 + Key.Of(3).Uniform([20_000]);
        var point = CriticalPoint.Classify(
            p => Sum(factors * (Square(p) + Power(p, 4))),
            Tensor.Zeros([20_000]),
            new()
            {
                Pairs = 1,
                Ends = new() { Tolerance = 1e-3 },
            }
        );
        Assert.Equal((CriticalPointKind.Minimum, false, 0), (point.Kind, point.IndexIsExact, point.Index));
        Assert.InRange(point.SmallestPossible, 1.9, 2.0001);
    }

    /// <summary>The largest singular value of ab, by the eigenvalues of a small matrix.</summary>
    private static double LargestSingularValue(Tensor a, Tensor b, int inner)
    {
        // (ab)(ab)ᵀ has the eigenvalues of (aᵀa)(bbᵀ), which is similar to a symmetric matrix by the Cholesky factor of one.
        var factor = Cholesky(MatMul(Transpose(a), a));
        var square = MatMul(MatMul(Transpose(factor), MatMul(b, Transpose(b))), factor);
        return Math.Sqrt(SymmetricEigen.Decompose(square.ToArray(), inner).Eigenvalues[^1]);
    }

    private static (CriticalPoint<T> All, CriticalPoint<T> Inertia, CriticalPoint<T> Ends) Classified<T>(Func<T, Tensor> loss, T point)
        where T : ITensorTree<T>
    {
        var objective = Objective.Of(loss, point);
        return (
            CriticalPoint.Classify(objective, point),
            CriticalPoint.Classify(objective, point, ByInertia),
            CriticalPoint.Classify(objective, point, ByEnds)
        );
    }
}
