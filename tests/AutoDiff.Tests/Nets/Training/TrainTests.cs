using AutoDiff.Data;
using AutoDiff.Nets;
using AutoDiff.Optimization;
using AutoDiff.Tests.Files;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Nets.Training;

public sealed class TrainTests
{
    private static readonly Net Small = Net.Of([2], new Dense(8), new Squash(), new Dense(1));

    private static readonly Dataset Corners = Made(Key.Of(1), 300);

    private static readonly Metric Right = new("Right", (y, t) => Mean(Equal(Sign(y), t)));

    [Fact]
    public void It_learns_what_a_line_cannot_tell_apart()
    {
        var trained = Small.Train(
            Corners,
            Optimizers.Adam<TensorMap>(0.05),
            Squared,
            new()
            {
                Epochs = 60,
                Metrics = [Right],
                Validation = Made(Key.Of(2), 200),
            }
        );
        Assert.Equal(TrainingEnd.MaxSteps, trained.Run.End);
        Assert.Equal(600, trained.Run.Steps);
        Assert.Equal(["Loss", "GradientNorm", "Right"], trained.Run.History.Names);
        Assert.Equal(["Loss", "Right"], trained.Run.Evaluations!.Names);
        Assert.Equal([.. Enumerable.Range(1, 60).Select(epoch => epoch * 10)], trained.Run.Evaluations.Steps);
        Assert.True(trained.Run.Evaluations["Right"][^1] > 0.9);
        Assert.Equal(trained.Run.Evaluations["Loss"].Min(), trained.Run.Best!.Value);
        Assert.Same(trained.Run.Best.State.Parameters, trained.Variables);
    }

    [Fact]
    public void It_is_the_pieces_put_together()
    {
        var optimizer = Optimizers.Momentum<TensorMap>(0.1, 0.9);
        var trained = Drawing.Train(
            Corners,
            optimizer,
            Squared,
            new()
            {
                Epochs = 2,
                BatchSize = 64,
                Key = Key.Of(5),
            }
        );
        var (start, draws) = Key.Of(5).Split();
        var batches = new Batches(Corners.Count, 64, draws);
        var variables = Variables.Init(Drawing, start);
        var state = new State<TensorMap, MomentumState<TensorMap>>(variables.Parameters, optimizer.Init(variables.Parameters), double.NaN);
        for (var i = 0; i < 2 * batches.PerEpoch; i++)
        {
            var batch = batches[i];
            var rows = Corners.Rows(batch.Positions);
            Tensor Loss(TensorMap parameters) =>
                Squared(Drawing.Apply(parameters, rows.Inputs, Context.Training(batch.Key)).Output, rows.Targets);
            state = Transforms.Evaluate(AutoDiff.Optimization.Training.Step(optimizer, state, Loss));
        }
        foreach (var (name, tensor) in state.Parameters)
            ReferenceData.AssertClose(tensor.ToArray(), trained.Parameters[name].ToArray(), 1e-13, name);
    }

    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Single)]
    public void The_same_key_gives_the_same_bits(Precision precision)
    {
        Trained<AdamState<TensorMap>> Run(Key key) =>
            Drawing.Train(
                Corners,
                Optimizers.Adam<TensorMap>(0.01),
                Squared,
                new()
                {
                    Epochs = 2,
                    Key = key,
                    Compile = new() { Precision = precision },
                }
            );
        Assert.Equal(Bits(Run(Key.Of(3)).Variables), Bits(Run(Key.Of(3)).Variables));
        Assert.NotEqual(Bits(Run(Key.Of(3)).Variables), Bits(Run(Key.Of(4)).Variables));
    }

    [Fact]
    public void A_training_that_was_ended_goes_on_to_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        using var cancel = new CancellationTokenSource();
        TrainOptions options = new()
        {
            Epochs = 3,
            Validation = Made(Key.Of(2), 50),
            Metrics = [Right],
        };
        var adam = Optimizers.Adam<TensorMap>(0.01);
        var whole = Drawing.Train(Corners, adam, Squared, options);
        var part = Drawing.Train(
            Corners,
            adam,
            Squared,
            options with
            {
                Checkpoints = new() { Folder = folder.Path },
                Progress = new Report(progress =>
                {
                    if (progress.Step == 17)
                        cancel.Cancel();
                }),
                Cancellation = cancel.Token,
            }
        );
        Assert.Equal((TrainingEnd.Cancelled, 17), (part.Run.End, part.Run.Steps));
        var rest = Drawing.Train(
            Corners,
            adam,
            Squared,
            options with
            {
                Checkpoints = new() { Folder = folder.Path, Resume = true },
            }
        );
        Assert.Equal(17, rest.Run.Resumption!.Step);
        Assert.Equal(Bits(whole.Variables), Bits(rest.Variables));
        Assert.Equal(whole.Run.History["Loss"], rest.Run.History["Loss"]);
        Assert.Equal(whole.Run.Evaluations!["Right"], rest.Run.Evaluations!["Right"]);
    }

    [Fact]
    public void Patience_ends_it_with_the_best()
    {
        var trained = Small.Train(
            Corners,
            Optimizers.Adam<TensorMap>(0.3),
            Squared,
            new()
            {
                Epochs = 200,
                Patience = 3,
                Validation = Made(Key.Of(2), 50),
                Metrics = [Right],
                Watched = "Right",
                LargerIsBetter = true,
            }
        );
        Assert.Equal(TrainingEnd.EarlyStopped, trained.Run.End);
        var right = trained.Run.Evaluations!["Right"];
        Assert.True(right.Min() < right.Max());
        Assert.Equal(right.Max(), trained.Run.Best!.Value);
        Assert.Equal(right.IndexOf(right.Max()), right.Length - 4);
    }

    [Fact]
    public void A_step_that_is_not_finite_leaves_the_nets_state_too()
    {
        var data = new Dataset(Tensor.Of([1.0, double.NaN], 2, 1), Tensor.Of([0.0, 0], 2, 1));
        var net = Net.Of([1], new Counting());
        var trained = net.Train(data, Optimizers.GradientDescent<TensorMap>(0.1), Squared, new() { BatchSize = 1, Epochs = 4 });
        Assert.Equal(TrainingEnd.NonFinite, trained.Run.End);
        Assert.True(trained.Run.Steps < 2);
        Assert.Equal(trained.Run.Steps, trained.Variables.State["layers.0.count"].Item());
        Assert.True(double.IsFinite(trained.Parameters["layers.0.weight"].Item()));
    }

    [Fact]
    public void A_penalty_counts_in_training_and_not_in_validation()
    {
        TrainOptions options = new()
        {
            Epochs = 1,
            BatchSize = 300,
            Validation = Corners,
        };
        var plain = Small.Train(Corners, Optimizers.GradientDescent<TensorMap>(0.0), Squared, options);
        var with = Small.Train(Corners, Optimizers.GradientDescent<TensorMap>(0.0), Squared, options with { Penalty = _ => 2 });
        Assert.Equal(plain.Run.History["Loss"][0] + 2, with.Run.History["Loss"][0], 12);
        Assert.Equal(plain.Run.Evaluations!["Loss"], with.Run.Evaluations!["Loss"]);
    }

    [Fact]
    public void A_later_training_begins_where_the_first_ended()
    {
        var descent = Optimizers.GradientDescent<TensorMap>(0.1);
        var first = Small.Train(Corners, descent, Squared, new() { Epochs = 1 });
        var none = Small.Train(Corners, descent, Squared, new() { Epochs = 0, Start = first.Variables });
        Assert.Equal(Bits(first.Variables), Bits(none.Variables));
    }

    [Fact]
    public void Evaluation_is_the_mean_over_all_examples_however_many()
    {
        var many = Made(Key.Of(7), 2500);
        var variables = Variables.Init(Drawing, Key.Of(8));
        var measured = NetTraining.CompileEvaluation(Drawing, many, Squared, [Right])(variables);
        var output = Drawing.Apply(variables.Parameters, many.Inputs);
        Assert.Equal(Squared(output, many.Targets).Item(), measured["Loss"].Item(), 13);
        Assert.Equal(Right.Of(output, many.Targets).Item(), measured["Right"].Item(), 13);
    }

    [Fact]
    public void What_does_not_fit_is_said()
    {
        var descent = Optimizers.GradientDescent<TensorMap>(0.1);
        var wide = new Dataset(Tensor.Zeros([4, 3]), Tensor.Zeros([4, 1]));
        Assert.Contains("expected [batch,2]", Refusal(() => Small.Train(wide, descent, Squared)), StringComparison.Ordinal);
        Assert.Contains(
            "expected a scalar",
            Refusal(() => Small.Train(Corners, descent, (y, t) => Square(y - t))),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "twice",
            Refusal(() => Small.Train(Corners, descent, Squared, new() { Metrics = [Right, Right] })),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "expected one of the metrics Loss",
            Refusal(() => Small.Train(Corners, descent, Squared, new() { Validation = Corners, Watched = "Wrong" })),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "steps in all",
            Refusal(() => Small.Train(Corners, descent, Squared, new() { Epochs = int.MaxValue })),
            StringComparison.Ordinal
        );
        Assert.Contains("batch size of 0", Refusal(() => new TrainOptions { BatchSize = 0 }), StringComparison.Ordinal);
        Assert.Contains("epochs of -1", Refusal(() => new TrainOptions { Epochs = -1 }), StringComparison.Ordinal);
    }

    private static Net Drawing => Net.Of([2], new Dense(8), new Squash(), new Noise(), new Dense(1));

    private static Tensor Squared(Tensor outputs, Tensor targets) => Mean(Square(outputs - targets));

    private static Dataset Made(Key key, int count)
    {
        var x = Transforms.Evaluate(key.Uniform([count, 2], -1, 1));
        return new(x, Transforms.Evaluate(ExpandDims(Sign(x[.., 0] * x[.., 1]), 1)));
    }

    private static long[] Bits<T>(T tree)
        where T : ITensorTree<T> => [.. TreeMath.Leaves(tree).SelectMany(leaf => leaf.ToArray()).Select(BitConverter.DoubleToInt64Bits)];

    private static string Refusal(Func<object> action) => Assert.ThrowsAny<ArgumentException>(action).Message;

    private sealed record Squash : Layer
    {
        public override Applied Apply(TensorMap parameters, Tensor x, Context context) => Tanh(x);
    }

    private sealed record Noise : Layer
    {
        public override Applied Apply(TensorMap parameters, Tensor x, Context context) =>
            context.IsTraining ? x + (0.1 * context.Key!.Normal(x.Shape)) : x;
    }

    private sealed record Counting : Layer
    {
        public override TensorMap Init(Key key, Shape input) => TensorMap.Of(("weight", 1));

        public override TensorMap InitState(Shape input) => TensorMap.Of(("count", 0));

        public override Applied Apply(TensorMap parameters, Tensor x, Context context) =>
            new(parameters["weight"] * x, context.IsTraining ? TensorMap.Of(("count", context.State["count"] + 1)) : context.State);
    }

    private sealed class Report(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        void IProgress<TrainingProgress>.Report(TrainingProgress value) => report(value);
    }
}
