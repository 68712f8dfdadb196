using AutoDiff.Curvature;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Curvature;

public class NewtonTests
{
    public static TheoryData<string, double, Outcome> Ends =>
        new()
        {
            { "gradient NaN at the start", 800, Outcome.NotFinite },
            { "loss infinite at the start", 800, Outcome.NotFinite },
            { "overflow beyond the minimum", 300, Outcome.Converged },
            { "falls to minus infinity", 1, Outcome.NotFinite },
            { "pole of minus infinity", 1, Outcome.NotFinite },
            { "kink", 3, Outcome.SmallStep },
            { "constant", 3, Outcome.SmallStep },
            { "maximum", 0, Outcome.NegativeCurvature },
            { "tail", 0, Outcome.SmallStep },
            { "offset", 3, Outcome.Converged },
        };

    [Theory]
    [MemberData(nameof(Ends))]
    public void EveryEndIsSaid(string name, double start, Outcome outcome)
    {
        var end = Newton.Minimize(Function(name), (Tensor)start, new() { MaxIterations = 1000 });
        Assert.Equal(outcome, end.Outcome);
        Assert.True(double.IsFinite(end.Point.Item()));
        Assert.True(end.Iterations == 0 || double.IsFinite(end.Loss));
    }

    [Fact]
    public void ATrialIsTakenWhereGradientAndCurvatureAreFiniteToo()
    {
        // Where 1 + eˣ overflows the loss is finite and its gradient NaN; whole steps from the flat side lead there.
        Tensor Loss(Tensor x) => Square(Reciprocal(1 + Exp(x)) - 0.1) * 1e-3;
        var end = Newton.Minimize(Loss, (Tensor)(-6.0));
        Assert.Equal(Outcome.Converged, end.Outcome);
        Assert.Equal(Math.Log(9), end.Point.Item(), 1e-7);
    }

    [Fact]
    public void ATrialOfManyParametersIsTakenWhereItsGradientIsFinite()
    {
        Tensor Loss(Tensor x) => 1e-3 * Sum(Square(Reciprocal(1 + Exp(x)) - 0.1));
        var end = Newton.Minimize(Loss, Tensor.Full(-6, [200]));
        Assert.Equal(Outcome.Converged, end.Outcome);
        ReferenceData.AssertClose([.. Enumerable.Repeat(Math.Log(9), 200)], end.Point.ToArray(), 1e-7, "minimum");
        var stuck = Newton.Minimize((Tensor x) => Sum(Reciprocal(1 + Exp(x))), Tensor.Full(800, [200]));
        Assert.Equal((Outcome.NotFinite, 0), (stuck.Outcome, stuck.Iterations));
    }

    [Fact]
    public void ASmallLossIsMinimizedToo()
    {
        Tensor Loss(Tensor p) => 1e-8 * (Take(p, 0, 0) + Sum(Square(p)));
        var end = Newton.Minimize(Loss, Tensor.Zeros([2]));
        Assert.Equal(Outcome.Converged, end.Outcome);
        ReferenceData.AssertClose([-0.5, 0], end.Point.ToArray(), 1e-12, "minimum");
    }

    [Fact]
    public void AGradientToleranceIsDemandedBesidesTheOthers()
    {
        Tensor Loss(Tensor p) => Sum(Square(Square(p) - 2)) + 1;
        var start = (Tensor)new[] { 3.0, 1.0 };
        var plain = Newton.Minimize(Loss, start, new() { Tolerance = 1e-2 });
        var strict = Newton.Minimize(Loss, start, new() { Tolerance = 1e-2, GradientTolerance = 1e-12 });
        Assert.True(plain.GradientNorm > 1e-12);
        Assert.Equal((Outcome.Converged, Outcome.Converged), (plain.Outcome, strict.Outcome));
        Assert.True(strict.GradientNorm <= 1e-12);
        var never = Newton.Minimize(
            (Tensor x) => Square(x - 0.1) + Exp(x),
            (Tensor)1.0,
            new() { GradientTolerance = 0, MaxIterations = 1000 }
        );
        Assert.True(never.Outcome is Outcome.Converged ? never.GradientNorm == 0 : never.Outcome is Outcome.Stagnated or Outcome.SmallStep);
    }

    [Theory]
    [InlineData(1e-4)]
    [InlineData(1.0)]
    [InlineData(1e4)]
    public void ManyParametersAreFoundByConjugateGradients(double scale)
    {
        // 200 parameters in a banded quartic with its minimum at known places.
        var places = Key.Of(5).Normal([200]);
        Tensor Loss(Tensor x)
        {
            var apart = (x * scale) - places;
            return 3 + Sum(Square(apart)) + Sum(Square(Square(apart))) + (0.4 * Sum(Square(Slice(apart, 0, 1) - Slice(apart, 0, 0, 199))));
        }
        var end = Newton.Minimize(Loss, Tensor.Zeros([200]));
        Assert.Equal(Outcome.Converged, end.Outcome);
        ReferenceData.AssertClose(places.ToArray(), (end.Point * scale).ToArray(), 1e-7, "minimum");
        Assert.InRange(end.Products, 1, 400);
    }

    [Fact]
    public void ManyParametersAtASaddleAreNotConverged()
    {
        Tensor Loss(Tensor x) => Sum(Square(Slice(x, 0, 0, 100))) - Sum(Square(Slice(x, 0, 100)) * 2);
        Assert.Equal(Outcome.NegativeCurvature, Newton.Minimize(Loss, Tensor.Zeros([200])).Outcome);
    }

    [Theory]
    [InlineData(1e-150)]
    [InlineData(1)]
    [InlineData(1e150)]
    public void ManyParametersAtASaddleThatTheGradientDoesNotShowAreNotConverged(double unit)
    {
        // The gradient leads along the first 100 parameters only; the others are at a maximum.
        Tensor Loss(Tensor x) => unit * (Sum(Square(x[..100] - 1) * (1 + Tensor.Range(100))) + Sum(Square(Square(x[100..]) - 1)));
        var objective = Objective.Of(Loss, Tensor.Zeros([200]));
        var end = Newton.Minimize(objective, Tensor.Zeros([200]));
        Assert.Equal(Outcome.NegativeCurvature, end.Outcome);
        ReferenceData.AssertClose([.. Enumerable.Repeat(1.0, 100)], [.. end.Point.ToArray().Take(100)], 1e-7, "the rest is at its minimum");
        var level = Newton.Minimize(objective, end.Point);
        Assert.Equal((Outcome.NegativeCurvature, 0), (level.Outcome, level.Iterations));
    }

    [Fact]
    public void ManyParametersAtALevelMinimumAreConverged()
    {
        // A vector of ones shows no curvature of differences.
        Tensor Loss(Tensor x) => Sum(Square(x[1..] - x[..^1]));
        var end = Newton.Minimize(Loss, Tensor.Zeros([200]));
        Assert.Equal((Outcome.Converged, 0), (end.Outcome, end.Iterations));
        var few = Newton.Minimize(Loss, Tensor.Zeros([200]), new() { CurvatureProducts = 7 });
        Assert.Equal((Outcome.Converged, 7), (few.Outcome, few.Products));
        // Nothing but rounding of a zero eigenvalue is below a tolerance of 0.
        Assert.Equal(Outcome.Converged, Newton.Minimize(Loss, Tensor.Zeros([200]), new() { Tolerance = 0 }).Outcome);
    }

    [Fact]
    public void TheLookAtTheCurvatureIsCountedAndDrawnFromAKey()
    {
        Tensor Loss(Tensor x) => Sum(Square(x - 1) * (1 + (Tensor.Range(200) / 200)));
        Assert.Equal(20, Looked(25, 1).Products - Looked(5, 1).Products);
        Assert.Equal(Looked(25, 2).Point.ToArray(), Looked(25, 1).Point.ToArray());
        Assert.Throws<ArgumentException>(() => new NewtonOptions { CurvatureProducts = 0 });
        Assert.Throws<ArgumentNullException>(() => new NewtonOptions { Key = null! });

        NewtonResult<Tensor> Looked(int products, ulong key)
        {
            var end = Newton.Minimize(Loss, Tensor.Zeros([200]), new() { CurvatureProducts = products, Key = Key.Of(key) });
            Assert.Equal(Outcome.Converged, end.Outcome);
            return end;
        }
    }

    [Fact]
    public void WrongInputThrows()
    {
        Assert.Contains(
            "position 1 of the start",
            Assert.Throws<ArgumentException>(() => Newton.Minimize((Tensor x) => Sum(x), (Tensor)new[] { 1, double.NaN })).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentException>(() => Newton.Minimize((Tensor x) => x, Tensor.Zeros([2])));
        Assert.Throws<ArgumentException>(() => new NewtonOptions { Tolerance = double.NaN });
        Assert.Throws<ArgumentException>(() => new NewtonOptions { GradientTolerance = -1 });
    }

    private static Func<Tensor, Tensor> Function(string name) =>
        x =>
            name switch
            {
                "gradient NaN at the start" => Reciprocal(1 + Exp(x)),
                "loss infinite at the start" => Exp(x) + Square(x),
                "overflow beyond the minimum" => Exp(x) + Exp(-2 * x) - x,
                "falls to minus infinity" => -Exp(x * x),
                "pole of minus infinity" => Log(Abs(x)) + Square(x),
                "kink" => Abs(x - 0.3) + (0.1 * Square(x)),
                "constant" => 0 * x,
                "maximum" => Cos(x),
                "tail" => Exp(-x),
                "offset" => 1e8 + Square(x - 1),
                _ => throw new ArgumentException($"no function is called {name}"),
            };
}
