using AutoDiff.Data;
using AutoDiff.Nets;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>A net in training by gradient descent, whose rate and weight decay are values: one plan serves all.</summary>
/// <param name="Parameters">The parameters.</param>
/// <param name="State">The net's state, as running statistics.</param>
/// <param name="Key">What the next step draws from.</param>
/// <param name="Rate">The learning rate.</param>
/// <param name="Decay">Added to the gradient, times the weights: not of shifts and biases.</param>
/// <param name="Loss">The loss before the last step.</param>
[TensorTree]
internal sealed partial record NetRun(TensorMap Parameters, TensorMap State, Key Key, Tensor Rate, Tensor Decay, Tensor Loss)
{
    /// <summary>A net before its first step.</summary>
    public static NetRun Start(Net net, Key key, double rate, double decay = 0) =>
        Transforms.Evaluate(new NetRun(net.Init(key.FoldIn(0)), net.InitState(), key.FoldIn(1), rate, decay, double.NaN));

    /// <summary>One step on rows of a set, given by their positions.</summary>
    public static Compiled<NetRun, Tensor, NetRun> Step(Net net, Dataset data) =>
        Transforms.Compile((NetRun run, Tensor rows) => Next(net, run, data.Rows(rows)));

    /// <summary>The part of a set's classes that the trained net names, and the mean loss on it.</summary>
    public static Func<NetRun, (double Accuracy, double Loss)> Examined(Net net, Dataset data)
    {
        var examine = Transforms.Compile(
            (NetRun run) =>
            {
                var logits = net.Apply(run.Parameters, data.Inputs, Context.Inference(run.State)).Output;
                return new Pair<Tensor, Tensor>(Mean(Equal(ArgMax(logits), data.Targets)), CrossEntropy(logits, data.Targets));
            }
        );
        return run =>
        {
            var (accuracy, loss) = examine.Invoke(run);
            return (accuracy.Item(), loss.Item());
        };
    }

    /// <summary>Some epochs, each through all rows in an order of its own, whole batches only.</summary>
    public NetRun Trained(Compiled<NetRun, Tensor, NetRun> step, int rows, int size, int epochs, CancellationToken cancellation)
    {
        var run = this;
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            var order = run.Key.FoldIn(1).Permutation(rows);
            for (var first = 0; first + size <= rows; first += size)
            {
                cancellation.ThrowIfCancellationRequested();
                run = step.Invoke(run, Tensor.Of([.. order.AsSpan(first, size).ToArray().Select(row => (double)row)], size));
            }
        }
        return run;
    }

    private static NetRun Next(Net net, NetRun run, Dataset batch)
    {
        var (loss, state, gradient) = Transforms.ValueAndGrad<TensorMap, TensorMap>(
            parameters =>
            {
                var (logits, state) = net.Apply(parameters, batch.Inputs, Context.Training(run.Key.FoldIn(0), run.State));
                return (CrossEntropy(logits, batch.Targets), state);
            },
            run.Parameters
        );
        var parameters = TensorMap.Of([
            .. run.Parameters.Zip(
                gradient,
                (p, g) => (p.Key, p.Value - (run.Rate * (p.Value.Rank > 1 ? g.Value + (run.Decay * p.Value) : g.Value)))
            ),
        ]);
        return run with { Parameters = parameters, State = state, Key = run.Key.FoldIn(2), Loss = loss };
    }

    private static Tensor CrossEntropy(Tensor logits, Tensor classes) => -Mean(Gather(LogSoftmax(logits), classes, 1, 1));
}
