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
