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
