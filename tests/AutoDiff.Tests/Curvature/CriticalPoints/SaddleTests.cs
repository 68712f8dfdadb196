using AutoDiff.Curvature;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Curvature;

/// <summary>Losses of (x, y) that curve down along y at the origin, and where the search along y ends.</summary>
public class SaddleTests
{
    public static TheoryData<string, Outcome, double> Ends =>
        new()
        {
            { "quartic", Outcome.Converged, 1 },
            { "falls for ever", Outcome.MaxIterations, double.NaN },
            { "falls to minus infinity", Outcome.NotFinite, double.NaN },
            { "infinite beyond its minimum", Outcome.Converged, 1 },
            { "falls to the edge of its domain", Outcome.NotFinite, 2 },
            { "not a number but at 0", Outcome.NotFinite, 0 },
        };

    [Theory]
    [MemberData(nameof(Ends))]
    public void TheSearchSaysHowItEnded(string name, Outcome outcome, double distance)
    {
        var f = Function(name);
        var origin = CriticalPoint.Classify((Tensor p) => Square(Take(p, 0, 0)) - Square(Take(p, 0, 1)), Tensor.Zeros([2]));
        var point = name == "not a number but at 0" ? origin : CriticalPoint.Classify(f, Tensor.Zeros([2]));
        Assert.Equal(CriticalPointKind.Saddle, point.Kind);
        var end = Saddle.Escape(f, point);
        Assert.Equal(outcome, end.Outcome);
        Assert.True(double.IsFinite(end.Loss) && end.Loss <= point.Loss && end.Decrease >= 0);
        Assert.Equal(f(end.Point).Item(), end.Loss, 1e-12 * Math.Abs(end.Loss));
        if (!double.IsNaN(distance))
            Assert.Equal(distance, Math.Abs(end.Step), 1e-5);
        Assert.True(end.Step != 0 || outcome != Outcome.Converged);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(-0.1)]
    public void The_lower_side_is_taken(double slant)
    {
        // Along y the slope is 2y³ + 3cy² − 2y, and the lower of its two minima is on the side of −c.
        Tensor Loss(Tensor p)
        {
            var (x, y) = (Take(p, 0, 0), Take(p, 0, 1));
            return Square(x) + (Square(Square(y)) / 2) + (slant * y * y * y) - Square(y);
        }
        var end = Saddle.Escape(Loss, CriticalPoint.Classify(Loss, Tensor.Zeros([2])));
        Assert.Equal(Outcome.Converged, end.Outcome);
        Assert.Equal(-Math.Sign(slant) * (0.3 + Math.Sqrt(16.09)) / 4, end.Point.ToArray()[1], 1e-5);
        Assert.InRange(end.Measure, 0, 1e-5);
        Assert.True(end.Iterations > 20 && end.Products == 0);
    }

    [Fact]
    public void Several_directions_lead_lower_than_one()
    {
        // Along each of three axes the loss is cᵢ·(y⁴/2 − y²), lowest at ±1; together they are lowest at (±1, ±1, ±1).
        var c = Tensor.Of([3, 2, 1]);
        Tensor Loss(Tensor p) => Sum(c * ((Power(p, 4) / 2) + (0.1 * Power(p, 3)) - Square(p)));
        var origin = CriticalPoint.Classify(Loss, Tensor.Zeros([3]));
        var falls = Enumerable.Range(1, 4).Select(k => Saddle.Escape(Loss, origin, k)).ToArray();
        Assert.All(falls, end => Assert.Equal(Outcome.Converged, end.Outcome));
        Assert.Equal([1, 2, 3, 3], falls.Select(end => end.Coefficients.Length));
        var y = -(0.3 + Math.Sqrt(16.09)) / 4;
        var one = (Math.Pow(y, 4) / 2) + (0.1 * Math.Pow(y, 3)) - (y * y);
        foreach (var (end, weight) in falls.Zip([3.0, 5, 6]))
            Assert.Equal(weight * one, end.Loss, 1e-9);
        ReferenceData.AssertClose([y, y, y], falls[2].Point.ToArray(), 1e-4, "lowest");
        Assert.Equal(1, TreeMath.Norm(falls[2].Direction).Item(), 1e-12);
        Assert.Equal(1, falls[2].Coefficients.Sum(a => a * a), 1e-12);
        ReferenceData.AssertClose(
            falls[2].Point.ToArray(),
            (falls[2].Step * falls[2].Direction).ToArray(),
            1e-12,
            "step along the direction"
        );
        Assert.Equal(falls[0].Point.ToArray(), Saddle.Escape(Loss, origin).Point.ToArray());
        Assert.True(falls[2].Iterations > 2 * falls[0].Iterations);
    }

    [Fact]
    public void The_best_single_direction_is_kept_where_a_combination_is_worse()
    {
        // Wells along each axis that exclude each other.
        Tensor Loss(Tensor p) =>
            Sum(Tensor.Of([1, 2]) * ((Power(p, 4) / 2) - Square(p))) + (10 * Square(Take(p, 0, 0)) * Square(Take(p, 0, 1)));
        var end = Saddle.Escape(Loss, CriticalPoint.Classify(Loss, Tensor.Zeros([2])), 2);
        Assert.Equal(-1, end.Loss, 1e-9);
        Assert.Equal([1, 0], end.Coefficients);
    }

    [Fact]
    public void Directions_are_counted_and_a_minimum_has_none()
    {
        Tensor Loss(Tensor p) => Sum(Square(p));
        var point = CriticalPoint.Classify(Loss, Tensor.Zeros([2]));
        Assert.Throws<ArgumentException>(() => Saddle.Escape(Loss, point, 0));
        var end = Saddle.Escape(Loss, point, 2);
        Assert.Equal((Outcome.Breakdown, 0, 0.0), (end.Outcome, end.Iterations, end.Step));
        Assert.Empty(end.Coefficients);
        Assert.True(double.IsNaN(end.Measure));
    }

    private static Func<Tensor, Tensor> Function(string name) =>
        p =>
        {
            var (x, y) = (Take(p, 0, 0), Take(p, 0, 1));
            return Square(x)
                + name switch
                {
                    "quartic" => (Square(Square(y)) / 2) - Square(y),
                    "falls for ever" => -Square(y),
                    "falls to minus infinity" => -Exp(Square(y)),
                    "infinite beyond its minimum" => (Exp(Square(Square(y)) - 1) / 2) - Square(y),
                    "falls to the edge of its domain" => -Square(y) + (0 * Log(4 - Square(y))),
                    "not a number but at 0" => Where(Equal(y, 0), 0, double.NaN),
                    _ => throw new ArgumentException($"no function is called {name}"),
                };
        };
}
