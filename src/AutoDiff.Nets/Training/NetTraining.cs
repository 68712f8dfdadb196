using System.Collections.Immutable;
using AutoDiff.Data;
using AutoDiff.Optimization;

namespace AutoDiff.Nets;

/// <summary>Training of nets: the pieces of <see cref="Training"/> put together.</summary>
public static partial class NetTraining
{
    /// <summary>A compiled step over batches of positions for <c>Training.Run</c>: picking rows, loss, gradient, update, metrics and the net's next state in one plan.</summary>
    /// <param name="net">The net.</param>
    /// <param name="data">The examples, a constant of the plan.</param>
    /// <param name="optimizer">The optimizer of the parameters.</param>
    /// <param name="loss">(outputs [batch, …], targets [batch, …]) → the loss, a scalar.</param>
    /// <param name="metrics">What is measured beside the loss.</param>
    /// <param name="penalty">What is added to the loss.</param>
    /// <param name="rate">The learning rate as a function of the optimizer's state before the step; it is a column of the history then.</param>
    /// <param name="options">How it is compiled.</param>
    /// <remarks>A step whose loss or gradient is not finite leaves everything as it was, the net's state too, and ends the run.</remarks>
    /// <exception cref="ArgumentException">An argument is null; when the step is called: shapes do not fit, or a loss or metric is no scalar.</exception>
    public static Compiled<State<Variables, S>, Batch, Pair<State<Variables, S>, StepMetrics<TensorMap>>> CompileStep<S>(
        Net net,
        Dataset data,
        Optimizer<TensorMap, S> optimizer,
        Func<Tensor, Tensor, Tensor> loss,
        IEnumerable<Metric>? metrics = null,
        Func<TensorMap, Tensor>? penalty = null,
        Func<S, Tensor>? rate = null,
        CompileOptions? options = null
    )
        where S : ITensorTree<S>
    {
        Require.NotNull(net, nameof(CompileStep));
        Require.NotNull(data, nameof(CompileStep));
        Require.NotNull(optimizer, nameof(CompileStep));
        Require.NotNull(loss, nameof(CompileStep));
        ImmutableArray<Metric> measured = [.. metrics ?? []];
        return Transforms.Compile(
            (State<Variables, S> state, Batch batch) =>
            {
                var (variables, rows) = (state.Parameters, data.Rows(batch.Positions));
                var (next, step) = Training.MeasuredStep(
                    optimizer,
                    new State<TensorMap, S>(variables.Parameters, state.Optimizer, state.Loss),
                    parameters =>
                    {
                        var (output, after) = net.Apply(parameters, rows.Inputs, Context.Training(batch.Key, variables.State));
                        var value = loss(output, rows.Targets);
                        return (
                            penalty is null ? value : value + penalty(parameters),
                            new Pair<TensorMap, TensorMap>(Measured(measured, output, rows.Targets), after)
                        );
                    },
                    rate
                );
                var (numbers, nextState) = step.Metrics;
                var kept = TreeMath.Zip(nextState, variables.State, (after, before) => Ops.Where(step.Finite!, after, before));
                return (
                    new State<Variables, S>(new(next.Parameters, kept), next.Optimizer, next.Loss),
                    new StepMetrics<TensorMap>(step.Loss, step.GradientNorm, step.Rate, step.Finite, numbers)
                );
            },
            options
        );
    }

    /// <summary>Trains a net on examples.</summary>
    /// <param name="net">The net.</param>
    /// <param name="data">The examples.</param>
    /// <param name="optimizer">The optimizer of the parameters.</param>
    /// <param name="loss">(outputs [batch, …], targets [batch, …]) → the loss, the mean over the batch.</param>
    /// <param name="options">How long, in which batches, and what to do besides.</param>
    /// <remarks>
    /// <see cref="CompileStep"/>, <see cref="Batches"/> and <c>Training.Run</c> put together; whoever needs more writes these three lines. The same arguments give the same bits. A loss that is not
    /// finite, a cancellation, or an exhausted patience ends it with all that it has reached: <c>Run.End</c> says which.
    /// </remarks>
    /// <exception cref="ArgumentException">The examples do not fit the net, an option is out of range, or two metrics have one name.</exception>
    public static Trained<S> Train<S>(
        this Net net,
        Dataset data,
        Optimizer<TensorMap, S> optimizer,
        Func<Tensor, Tensor, Tensor> loss,
        TrainOptions? options = null
    )
        where S : ITensorTree<S>
    {
        Require.NotNull(net, nameof(Train));
        Require.NotNull(data, nameof(Train));
        Require.NotNull(optimizer, nameof(Train));
        Require.NotNull(loss, nameof(Train));
        options ??= new();
        var (start, draws) = options.Key.Split();
        var batches = new Batches(data.Count, Math.Min(options.BatchSize, data.Count), draws);
        var steps = (long)options.Epochs * batches.PerEpoch;
        Require.That(
            steps <= int.MaxValue,
            $"[Train] got {options.Epochs} epochs of {batches.PerEpoch} steps; expected at most {int.MaxValue} steps in all"
        );
        var step = CompileStep(net, data, optimizer, loss, options.Metrics, options.Penalty, options: options.Compile);
        var variables = options.Start ?? Variables.Init(net, start);
        var run = Training.Run(
            step,
            new State<Variables, S>(variables, optimizer.Init(variables.Parameters), double.NaN),
            i => batches[i],
            (int)steps,
            new TrainingOptions<Variables>
            {
                RecordEvery = options.RecordEvery,
                Progress = options.Progress,
                Checkpoints = options.Checkpoints,
                Cancellation = options.Cancellation,
                EarlyStopping = options.Validation is not { } held
                    ? null
                    : new()
                    {
                        Metrics = CompileEvaluation(net, held, loss, options.Metrics, options.Compile),
                        Column = options.Watched,
                        LargerIsBetter = options.LargerIsBetter,
                        Every = batches.PerEpoch,
                        Patience = options.Patience,
                    },
            }
        );
        return new(net, (run.Best?.State ?? run.State).Parameters, run);
    }
}
