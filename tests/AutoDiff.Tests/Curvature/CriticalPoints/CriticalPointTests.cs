using AutoDiff.Curvature;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Curvature;

/// <summary>Functions whose critical points are known.</summary>
public class CriticalPointTests
{
    public static TheoryData<string, double[], CriticalPointKind, int, int, double[]> Points =>
        new()
        {
            { "two-weight net", [0, 0], CriticalPointKind.Saddle, 1, 0, [-2, 2] },
            { "two-weight net", [2, 0.5], CriticalPointKind.Degenerate, 0, 1, [0, 8.5] },
            { "difference of squares", [0, 0], CriticalPointKind.Saddle, 1, 0, [-2, 2] },
            { "monkey saddle", [0, 0], CriticalPointKind.Degenerate, 0, 2, [0, 0] },
            { "Rosenbrock", [1, 1], CriticalPointKind.Minimum, 0, 0, [0.39936076705, 1001.60063923] },
            { "Beale", [0, 1], CriticalPointKind.Saddle, 1, 0, [-27.75, 27.75] },
            { "Beale", [3, 0.5], CriticalPointKind.Minimum, 0, 0, [0.3014636465, 48.9797863535] },
            { "bowl upside down", [0, 0], CriticalPointKind.Maximum, 2, 0, [-2, -0.1] },
            { "bowl upside down", [1, 0], CriticalPointKind.NotCritical, 2, 0, [-2, -0.1] },
        };

    [Theory]
    [MemberData(nameof(Points))]
    public void IsOfTheKnownKind(string name, double[] at, CriticalPointKind kind, int index, int nullity, double[] eigenvalues)
    {
        var point = CriticalPoint.Classify(Function(name), at);
        Assert.Equal(kind, point.Kind);
        Assert.Equal(index, point.Index);
        Assert.Equal(nullity, point.Nullity);
        ReferenceData.AssertClose(eigenvalues, point.Eigenvalues.AsSpan(), 1e-7, name);
        Assert.True(point.Lowest.Residual <= 1e-12 && point.Highest.Residual <= 1e-12 * Math.Max(1, point.Highest.Value));
        Assert.True(nullity > 0 || point.IndexConfirmed);
    }

    [Fact]
    public void HimmelblauHasFourMinimaFourSaddlesAndAMaximum()
    {
        var f = Function("Himmelblau");
        var found = new Dictionary<CriticalPointKind, SortedSet<double>>();
        for (var x = -5.0; x <= 5; x++)
        {
            for (var y = -5.0; y <= 5; y++)
            {
                // The squared gradient norm has its zeros at every kind of critical point.
                var end = Newton.Minimize(
                    p => Sum(Square(Transforms.Grad(f, p))),
                    (Tensor)new[] { x, y },
                    new() { GradientTolerance = 1e-9 }
                );
                if (end.Outcome != Outcome.Converged || end.Loss > 1e-12)
                    continue;
                var point = CriticalPoint.Classify(f, end.Point);
                found.TryAdd(point.Kind, []);
                found[point.Kind].Add(Math.Round(point.Loss, 3));
            }
        }
        Assert.Equal([0], found[CriticalPointKind.Minimum]);
        Assert.Equal([13.312, 67.719, 104.015, 178.337], found[CriticalPointKind.Saddle]);
        Assert.Equal([181.617], found[CriticalPointKind.Maximum]);
    }

    [Fact]
    public void TheOriginOfAThreeLayerLinearNetIsDegenerate()
    {
        var x = Key.Of(1).Normal([10, 2]);
        var point = CriticalPoint.Classify(
            (TreeList<Tensor> w) => Mean(Square(MatMul(MatMul(MatMul(x, w[0]), w[1]), w[2]) - x)),
            new TreeList<Tensor>([Tensor.Zeros([2, 2]), Tensor.Zeros([2, 2]), Tensor.Zeros([2, 2])])
        );
        Assert.Equal(CriticalPointKind.Degenerate, point.Kind);
        Assert.Equal(12, point.Nullity);
    }

    [Fact]
    public void AFlatMinimumReachedByNewtonIsNoSaddle()
    {
        // Exclusive or is learnt to a loss of nearly 0, where curvature along flat directions is noise of the gradient left.
        var inputs = Tensor.Of([0, 0, 0, 1, 1, 0, 1, 1], 4, 2);
        var targets = Tensor.Of([0, 1, 1, 0], 4, 1);
        Tensor Loss(TreeList<Tensor> w) => Mean(Square(MatMul(Tanh(MatMul(inputs, w[0]) + w[1]), w[2]) + w[3] - targets));
        var minima = 0;
        foreach (var key in Key.Of(1).Split(8))
        {
            TreeList<Tensor> start =
            [
                key.FoldIn(0).Normal([2, 4]),
                key.FoldIn(1).Normal([4]),
                key.FoldIn(2).Normal([4, 1]),
                key.FoldIn(3).Normal([1]),
            ];
            var end = Newton.Minimize(Loss, start);
            if (end.Outcome != Outcome.Converged || end.Loss > 1e-12)
                continue;
            var point = CriticalPoint.Classify(Loss, end.Point);
            Assert.Equal(CriticalPointKind.Degenerate, point.Kind);
            Assert.Equal(0, point.Index);
            minima++;
        }
        Assert.True(minima >= 4, $"{minima} of 8 starts reached a flat minimum");
    }

    [Fact]
    public void ThreadsDoNotChangeABit()
    {
        var x = Key.Of(3).Normal([40, 6]);
        Tensor Loss(Tensor w) => Mean(Square(Tanh(MatMul(x, Reshape(w, 6, 16)))));
        var at = Key.Of(4).Normal([96]);
        var one = HessianOperator.Of(Loss, at).ToMatrix(new() { Threads = 1 });
        foreach (var threads in new[] { 2, 3, 8 })
            Assert.Equal(one, HessianOperator.Of(Loss, at).ToMatrix(new() { Threads = threads }));
        ReferenceData.AssertClose(Transforms.Hessian(Loss, at).ToArray(), one, 1e-13, "Hessian");
    }

    [Fact]
    public void EscapesToALowerPointOrStays()
    {
        var f = Function("two-weight net");
        var lower = Saddle.Escape(f, CriticalPoint.Classify(f, (Tensor)new double[] { 0, 0 }));
        Assert.Equal(Outcome.Converged, lower.Outcome);
        Assert.True(lower.Loss < 1e-10);
        Assert.Equal(1, lower.Decrease, 1e-10);
        var minimum = Function("Rosenbrock");
        var stays = Saddle.Escape(minimum, CriticalPoint.Classify(minimum, (Tensor)new double[] { 1, 1 }));
        Assert.Equal(Outcome.Breakdown, stays.Outcome);
        Assert.Equal([1, 1], stays.Point.ToArray());
        var endless = Function("difference of squares");
        Assert.Equal(Outcome.MaxIterations, Saddle.Escape(endless, CriticalPoint.Classify(endless, (Tensor)new double[] { 0, 0 })).Outcome);
    }

    [Fact]
    public void NewtonMinimizesAndSaysWhenItCannot()
    {
        var end = Newton.Minimize(Function("Rosenbrock"), (Tensor)new[] { -1.2, 1 });
        Assert.Equal(Outcome.Converged, end.Outcome);
        ReferenceData.AssertClose([1, 1], end.Point.ToArray(), 1e-8, "minimum");
        Assert.Equal(
            Outcome.MaxIterations,
            Newton.Minimize(Function("Rosenbrock"), (Tensor)new[] { -1.2, 1 }, new() { MaxIterations = 2 }).Outcome
        );
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            Newton.Minimize(Function("Rosenbrock"), (Tensor)new[] { -1.2, 1 }, new() { Cancellation = cancelled.Token })
        );
    }

    [Fact]
    public void RefusesWhatIsNotFinite()
    {
        Assert.Contains(
            "expected finite values",
            Assert.Throws<ArgumentException>(() => CriticalPoint.Classify((Tensor x) => Sum(Log(x)), (Tensor)new double[] { -1 })).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentException>(() => CriticalPoint.Classify((Tensor x) => Sum(x), Tensor.Zeros([0])));
    }

    private static Func<Tensor, Tensor> Function(string name) =>
        p =>
        {
            var (x, y) = (Take(p, 0, 0), Take(p, 0, 1));
            return name switch
            {
                "two-weight net" => Square(1 - (x * y)),
                "difference of squares" => Square(x) - Square(y),
                "monkey saddle" => (x * x * x) - (3 * x * y * y),
                "Rosenbrock" => Square(1 - x) + (100 * Square(y - Square(x))),
                "Beale" => Square(1.5 - x + (x * y)) + Square(2.25 - x + (x * y * y)) + Square(2.625 - x + (x * y * y * y)),
                "Himmelblau" => Square(Square(x) + y - 11) + Square(x + Square(y) - 7),
                "bowl upside down" => -((Square(x) / 20) + Square(y)),
                _ => throw new ArgumentException($"no function is called {name}"),
            };
        };
}
