using AutoDiff.Curvature;
using AutoDiff.Data;
using AutoDiff.Nets;
using AutoDiff.Optimization;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>A net with one layer of tanh that learns which of four clouds about the corners of a square a point is of, by descent on all points at once.</summary>
internal sealed class CloudNet
{
    public const int Classes = 4;

    private readonly double _decay;

    /// <param name="rows">How many points.</param>
    /// <param name="hidden">How many units.</param>
    /// <param name="decay">The weight λ of ½λ‖w‖² in the loss.</param>
    /// <param name="key">What the points are drawn by.</param>
    public CloudNet(int rows, int hidden, double decay, Key key)
    {
        (Hidden, _decay) = (hidden, decay);
        Data = Toys.Blobs(rows, Tensor.Of([1, 1, -1, 1, -1, -1, 1, -1], Classes, 2), 0.5, key);
        Net = Net.Of([2], new Dense(hidden), Activation.Tanh, new Dense(Classes));
        Objective = Curvature.Objective.Of<TensorMap>(Loss, Start(key));
    }

    public int Hidden { get; }

    public Dataset Data { get; }

    public Net Net { get; }

    public Objective<TensorMap> Objective { get; }

    public TensorMap Start(Key key) => Transforms.Evaluate(Net.Init(key));

    /// <summary>What descent at a constant rate passes: loss, gradient and parameters before each step.</summary>
    /// <param name="run">May end it.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="rate">The rate.</param>
    /// <param name="steps">How many steps.</param>
    public TrainingPoint<TensorMap>[] Descend(ExperimentRun run, TensorMap start, double rate, int steps)
    {
        var optimizer = Optimizers.GradientDescent<TensorMap>(rate);
        var step = Training.CompileMeasured(optimizer, (TensorMap net, Tensor _) => Loss(net));
        var (state, history) = (Training.Init(optimizer, start), new TrainingPoint<TensorMap>[steps]);
        for (var i = 0; i < steps; i++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            var (next, measured) = step.Invoke(state, 0);
            history[i] = new(measured.Loss.Item(), measured.GradientNorm.Item(), state.Parameters);
            state = next;
        }
        return history;
    }

    private Tensor Loss(TensorMap parameters) =>
        Losses.CrossEntropy(Net.Apply(parameters, Data.Inputs), Data.Targets) + (_decay == 0 ? 0 : Penalties.L2(parameters, _decay));
}
