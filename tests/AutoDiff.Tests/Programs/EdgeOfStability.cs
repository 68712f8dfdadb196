using AutoDiff.Curvature;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Programs;

/// <summary>Gradient descent at the edge of stability (Cohen, Kaur, Li, Kolter, Talwalkar 2021): the sharpness rises to 2/η and stays about there.</summary>
public sealed partial class EdgeOfStability
{
    private const int Width = 100;

    [TensorTree]
    private sealed partial record Net(Tensor First, Tensor FirstBias, Tensor Second, Tensor SecondBias);

    private static readonly Tensor X = Tensor.Of([.. Enumerable.Range(0, 20).Select(i => -1 + (2.0 * i / 19))], 20, 1);

    private static Tensor Chebyshev(Tensor x) => (8 * Square(Square(x))) - (8 * Square(x)) + 1;

    private static Tensor Loss(Net net) =>
        Mean(Square(MatMul(Tanh(MatMul(X, net.First) + net.FirstBias), net.Second) + net.SecondBias - Chebyshev(X)));

    private static Net Start(ulong seed)
    {
        var keys = Key.Of(seed).Split(4);
        return new(
            keys[0].Uniform([1, Width], -1, 1),
            keys[1].Uniform([Width], -1, 1),
            keys[2].Uniform([Width, 1], -0.1, 0.1),
            keys[3].Uniform([1], -0.1, 0.1)
        );
    }

    private const double Rate = 0.04;

    /// <summary>From 42 the sharpness rises to 2/η = 50 within 4,000 steps and stays there, while the loss goes on down in the long run.</summary>
    [Fact]
    public void TheSharpnessRisesToTwoOverTheRateAndStays()
    {
        var limit = StabilityThreshold.GradientDescent(Rate);
        var objective = Objective.Of(Loss, Start(1));
        var (end, records) = Train(objective, Rate, 20, 500);
        Assert.InRange(records[0].Largest / limit, 0.8, 0.9);
        foreach (var record in records.Skip(8))
            Assert.InRange(record.Largest / limit, 0.9, 1.1);
        Assert.True(records.Skip(15).Min(record => record.Loss) < 0.3 * records[7].Loss);
        // Meanwhile the loss rises now and then: steps turn back and forth along the sharpest direction.
        var history = History(objective, end, Rate, 2000);
        var peak = Enumerable.Range(0, history.Count).MaxBy(i => history[i].Loss);
        Assert.True(history[peak].Loss > 1.2 * history.Min(point => point.Loss));
        var report = PlateauDetector.Examine(objective, history[..(peak + 1)]);
        Assert.Equal(PlateauVerdict.Oscillation, report.Verdict);
        Assert.InRange(report.Signs.Turning, -1, -0.9);
        Assert.InRange(report.Largest / limit, 0.9, 1.2);
    }

    /// <summary>At half the rate, after the same time η·steps, nothing holds the sharpness at 50, and the loss falls at every step.</summary>
    [Fact]
    public void BelowTheEdgeItRisesOnAndTheLossFallsSteadily()
    {
        var objective = Objective.Of(Loss, Start(1));
        var (end, records) = Train(objective, Rate / 2, 20, 1000);
        Assert.InRange(records[^1].Largest / StabilityThreshold.GradientDescent(Rate), 1.2, 1.4);
        Assert.True(records.Zip(records.Skip(1)).All(pair => pair.Second.Loss < pair.First.Loss));
        var history = History(objective, end, Rate / 2, 500);
        Assert.True(history.Zip(history.Skip(1)).All(pair => pair.Second.Loss < pair.First.Loss));
        Assert.NotEqual(PlateauVerdict.Oscillation, PlateauDetector.Examine(objective, history).Verdict);
    }

    private static List<TrainingPoint<Net>> History(Objective<Net> objective, Net net, double rate, int steps)
    {
        var (descend, history, gradient) = (Descend(rate, 1), new List<TrainingPoint<Net>>(), new double[objective.Size]);
        for (var i = 0; i < steps; i++)
        {
            var loss = objective.ValueAndGradient(objective.Ravel(net), gradient);
            history.Add(new(loss, Math.Sqrt(gradient.Sum(g => g * g)), net));
            net = descend.Invoke(net);
        }
        return history;
    }

    private static (Net End, List<TrackedSharpness<Net>> Records) Train(Objective<Net> objective, double rate, int records, int steps)
    {
        var (descend, net) = (Descend(rate, steps), Evaluate(Start(1)));
        var tracked = new List<TrackedSharpness<Net>> { SharpnessTracker.Start(objective, net) };
        for (var i = 0; i < records; i++)
        {
            net = descend.Invoke(net);
            tracked.Add(SharpnessTracker.Next(objective, tracked[^1], net));
        }
        return (net, tracked);
    }

    private static Compiled<Net, Net> Descend(double rate, int steps) =>
        Compile((Net net) => ForI(steps, (_, at) => TreeMath.Axpy(-rate, Grad<Net>(Loss)(at), at), net));
}
