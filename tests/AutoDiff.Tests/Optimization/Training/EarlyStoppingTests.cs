using AutoDiff.Optimization;
using static AutoDiff.Ops;
using static AutoDiff.Optimization.Training;
using static AutoDiff.Tests.Optimization.RunCases;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Optimization;

/// <summary>Runs that watch a metric.</summary>
public class EarlyStoppingTests
{
    // The state is the number of steps, and what is watched is looked up in a list.
    private static readonly Transition<Tensor, RateState> _counting = Optimizers.GradientDescent<Tensor>(1.0);

    private static Compiled<State<Tensor, RateState>, Tensor, Pair<State<Tensor, RateState>, StepMetrics<Tensor>>> Counting { get; } =
        CompileMeasured(_counting, (Tensor x, Tensor value) => (-x, value));

    private static TrainingRun<Tensor, RateState> Watch(double[] values, EarlyStopping<Tensor> stopping)
    {
        var start = Init(_counting, 0);
        var run = Run(
            Counting,
            start,
            i => (Tensor)values[i],
            values.Length,
            new() { EarlyStopping = stopping with { Column = "Metrics" } }
        );
        // Watched as a function of the parameters it is the same.
        var other = Run(
            Counting,
            start,
            i => (Tensor)values[i],
            values.Length,
            new() { EarlyStopping = stopping with { Metric = steps => values[(int)steps.Item() - 1] } }
        );
        Assert.Equal(
            Text(run).Replace("Metrics", "Metric", StringComparison.Ordinal),
            Text(other).Replace("Metrics", "Metric", StringComparison.Ordinal)
        );
        return run;
    }

    [Fact]
    public void ARunEndsWherePatienceDoes()
    {
        var run = Watch([5, 4, 4, 4.5, 3, 3, 3.5, 3.1, 0], new() { Patience = 3 });
        Assert.Equal((TrainingEnd.EarlyStopped, 8, 8), (run.End, run.Steps, run.State.Parameters.Item()));
        Assert.Equal((5, 3, 5), (run.Best!.Step, run.Best.Value, run.Best.State.Parameters.Item()));
        Assert.Equal([5, 4, 4, 4.5, 3, 3, 3.5, 3.1], run.Evaluations!["Metrics"]);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], run.Evaluations.Steps);
    }

    [Fact]
    public void NaNIsNotBetter()
    {
        var run = Watch([double.NaN, 2, double.NaN, double.NaN], new() { Patience = 2 });
        Assert.Equal((TrainingEnd.EarlyStopped, 4, 2), (run.End, run.Steps, run.Best!.Step));
        var never = Watch([double.NaN, double.PositiveInfinity, double.NaN], new() { Patience = 3 });
        Assert.Equal((TrainingEnd.EarlyStopped, 3), (never.End, never.Steps));
        Assert.Null(never.Best);
    }

    [Fact]
    public void AnImprovementMustBeLargerThanTheLeast()
    {
        var near = Watch([5, 4.5, 4, 3], new() { Patience = 2, MinimumImprovement = 1 });
        Assert.Equal((TrainingEnd.EarlyStopped, 3, 1), (near.End, near.Steps, near.Best!.Step)); // 4 is no more than 1 below 5
        var far = Watch([5, 4.5, 3.9, 3.9, 2.8, 2.7], new() { Patience = 2, MinimumImprovement = 1 });
        Assert.Equal((TrainingEnd.MaxSteps, 6, 5), (far.End, far.Steps, far.Best!.Step));
    }

    [Fact]
    public void LargerMayBeBetter()
    {
        var run = Watch([0.5, 0.7, 0.6, 0.9, 0.9, 0.8], new() { Patience = 2, LargerIsBetter = true });
        Assert.Equal((TrainingEnd.EarlyStopped, 6, 4, 0.9), (run.End, run.Steps, run.Best!.Step, run.Best.Value));
        var near = Watch(
            [0.5, 0.55, 0.58, 0.9],
            new()
            {
                Patience = 2,
                LargerIsBetter = true,
                MinimumImprovement = 0.1,
            }
        );
        Assert.Equal((TrainingEnd.EarlyStopped, 3, 1), (near.End, near.Steps, near.Best!.Step));
        var target = Watch([0.5, 0.7, 0.9], new() { LargerIsBetter = true, Target = 0.7 });
        Assert.Equal((TrainingEnd.TargetReached, 2, 2), (target.End, target.Steps, target.Best!.Step));
    }

    [Fact]
    public void ATargetEndsTheRunHoweverSmallTheImprovement()
    {
        var run = Watch([5, 4.99, 0], new() { MinimumImprovement = 1, Target = 4.99 });
        Assert.Equal((TrainingEnd.TargetReached, 2, 2, 4.99), (run.End, run.Steps, run.Best!.Step, run.Best.Value));
    }

    [Fact]
    public void WithoutPatienceTheBestIsKept()
    {
        var run = Watch([5, 1, 4, 6, 7], new());
        Assert.Equal((TrainingEnd.MaxSteps, 5, 2), (run.End, run.Steps, run.Best!.Step));
    }

    [Fact]
    public void StepsBetweenEvaluationsAreNotLookedAt()
    {
        var run = Watch([0, 5, 0, 6, 0, 4, 0, 4, 0, 4, 0], new() { Every = 2, Patience = 2 });
        Assert.Equal((TrainingEnd.EarlyStopped, 10, 6), (run.End, run.Steps, run.Best!.Step));
        Assert.Equal([2, 4, 6, 8, 10], run.Evaluations!.Steps);
    }

    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Single)]
    public void ANetStopsWhereAPlainLoopDoes(Precision precision)
    {
        var step = Step(precision);
        var (state, best, bestStep, waited, end) = (Start, (State<RunCases.Small, AdamState<RunCases.Small>>?)null, 0, 0, 0);
        var lowest = double.PositiveInfinity;
        for (var i = 1; i <= 400 && end == 0; i++)
        {
            (state, _) = step.Invoke(state, Batch(i - 1));
            if (i % 4 != 0)
                continue;
            var value = Loss(state.Parameters, Validation).Item();
            if (value < lowest - 1e-4)
                (lowest, best, bestStep, waited) = (value, state, i, 0);
            else if (++waited == 6)
                end = i;
        }
        Assert.InRange(end, 30, 399); // neither at once nor never
        var run = Run(
            step,
            Start,
            Batch,
            400,
            new()
            {
                EarlyStopping = new()
                {
                    Metric = Compile((RunCases.Small net) => Loss(net, Validation)),
                    Every = 4,
                    Patience = 6,
                    MinimumImprovement = 1e-4,
                },
            }
        );
        Assert.Equal((TrainingEnd.EarlyStopped, end, bestStep), (run.End, run.Steps, run.Best!.Step));
        Assert.Equal(lowest, run.Best.Value);
        Assert.Equal(Bits(best!), Bits(run.Best.State));
        Assert.Equal(Bits(state), Bits(run.State));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("Second", true)]
    public void OneOfSeveralMetricsIsWatchedAndAllAreKept(string? column, bool second)
    {
        TensorMap Metrics(RunCases.Small net) => TensorMap.Of(("First", Sum(net.First)), ("Second", -Sum(net.First)));
        var run = Run(
            Step(),
            Start,
            Batch,
            6,
            new()
            {
                EarlyStopping = new()
                {
                    Metrics = Metrics,
                    Column = column,
                    Every = 2,
                },
            }
        );
        var one = Run(
            Step(),
            Start,
            Batch,
            6,
            new()
            {
                EarlyStopping = new() { Metric = net => Metrics(net)[second ? "Second" : "First"], Every = 2 },
            }
        );
        Assert.Equal(["First", "Second"], run.Evaluations!.Names);
        Assert.Equal([2, 4, 6], run.Evaluations.Steps);
        Assert.Equal(one.Evaluations!["Metric"], run.Evaluations[second ? "Second" : "First"]);
        Assert.Equal(run.Evaluations["First"].Select(value => -value), run.Evaluations["Second"]);
        Assert.Equal((one.Best!.Step, one.Best.Value), (run.Best!.Step, run.Best.Value));
    }

    [Fact]
    public void MisuseIsRefused()
    {
        Assert.Throws<ArgumentException>(() => new EarlyStopping<Tensor> { Patience = 0 });
        Assert.Throws<ArgumentException>(() => new EarlyStopping<Tensor> { Every = 0 });
        Assert.Throws<ArgumentException>(() => new EarlyStopping<Tensor> { MinimumImprovement = -1 });
        Assert.Throws<ArgumentException>(() => new EarlyStopping<Tensor> { MinimumImprovement = double.NaN });
        Assert.Throws<ArgumentException>(() => new EarlyStopping<Tensor> { Target = double.NaN });
        string Message(EarlyStopping<RunCases.Small> stopping) =>
            Assert.Throws<ArgumentException>(() => Run(Step(), Start, Batch, 1, new() { EarlyStopping = stopping })).Message;
        Assert.StartsWith("[EarlyStopping] got nothing to watch; expected a metric, several metrics or a column", Message(new()));
        Assert.StartsWith(
            "[EarlyStopping] got a metric and a column; expected",
            Message(new() { Column = "Loss", Metric = net => Sum(net.First) })
        );
        Assert.StartsWith("[EarlyStopping] got column \"Lost\"; expected one of Loss, ", Message(new() { Column = "Lost" }));
        Assert.StartsWith("[EarlyStopping] the metric has shape [2,3]", Message(new() { Metric = net => net.First }));
        Assert.StartsWith(
            "[EarlyStopping] the metric has shape [2,3]",
            Message(new() { Metrics = net => TensorMap.Of(("First", net.First)) })
        );
        Assert.StartsWith(
            "[EarlyStopping] got column \"Lost\"; expected one of the metrics First, Second",
            Message(new() { Column = "Lost", Metrics = _ => TensorMap.Of(("First", 1), ("Second", 2)) })
        );
        var calls = 0;
        Assert.StartsWith(
            "[EarlyStopping] the metrics are Other; expected First, as before the first step",
            Message(new() { Metrics = _ => TensorMap.Of((calls++ == 0 ? "First" : "Other", 1)) })
        );
    }
}
