using AutoDiff.Data;
using AutoDiff.Nets;
using AutoDiff.Optimization;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>Five layers of 100 ReLU on handwritten digits, by their initial weights (figure 1.6 of the source on techniques of learning).</summary>
/// <remarks>Whole: MNIST, 2,000 steps of descent at rate 0.01 over batches of 128. Else 150 steps at rate 0.1 over the built-in digits, or over MNIST where its folder is given.</remarks>
internal static class Starts
{
    private const int Classes = 10;
    private const int Hidden = 5;
    private const int Size = 128;
    private const int Records = 10;

    private static readonly (string Name, Initializer Weights)[] Compared =
    [
        ("std 0.01", Initializers.Normal(0.01)),
        ("Xavier", Initializers.XavierNormal()),
        ("He", Initializers.HeNormal()),
    ];

    public static void Compare(ExperimentRun run)
    {
        if (run.IsWhole)
            run.RequiredData("mnist");
        var data = Pictures.Read(run, 60_000, 0).Train;
        var (steps, rate) = run.IsWhole ? (2000, 0.01) : (150, 0.1);
        run.Output.WriteLine($"loss on all {data.Count} rows after steps of descent at rate {rate}, batches of {Size}");
        run.Output.WriteLine($"{"steps", -9}{string.Concat(Enumerable.Range(0, Records + 1).Select(i => $"{i * steps / Records, 8}"))}");
        foreach (var (name, weights) in Compared)
            run.Output.WriteLine($"{name, -9}{string.Concat(Curve(data, weights, steps, rate, run).Select(loss => $"{loss, 8:F4}"))}");
    }

    /// <summary>The loss at the start and after each tenth of the steps.</summary>
    private static double[] Curve(Dataset data, Initializer weights, int steps, double rate, ExperimentRun run)
    {
        var layers = Enumerable
            .Range(0, Hidden)
            .SelectMany(_ =>
                new AutoDiff.Nets.Layer[]
                {
                    new Dense(100) { Weight = weights, BiasStart = Initializers.Zeros },
                    Activation.Relu,
                }
            );
        var net = Net.Of([data.Inputs.Shape[1]], [.. layers, new Dense(Classes) { Weight = weights, BiasStart = Initializers.Zeros }]);
        var key = Key.Of(run.Seed);
        var optimizer = Optimizers.GradientDescent<TensorMap>(rate);
        var step = Training.CompileStep(optimizer, (TensorMap parameters, Tensor rows) => Loss(net, parameters, data.Rows(rows)));
        var whole = Transforms.Compile((TensorMap parameters) => Loss(net, parameters, data));
        var state = Training.Init(optimizer, Transforms.Evaluate(net.Init(key.FoldIn(0))));
        var batches = new Batches(data, Size, key.FoldIn(1)) { Replacement = true };
        var losses = new double[Records + 1];
        losses[0] = whole.Invoke(state.Parameters).Item();
        for (var record = 1; record <= Records; record++)
        {
            var rows = batches.Take(steps / Records, (record - 1) * steps / Records).Select(batch => batch.Positions);
            state = Transforms.Fold(step, state, rows, cancellation: run.Cancellation);
            losses[record] = whole.Invoke(state.Parameters).Item();
        }
        return losses;
    }

    private static Tensor Loss(Net net, TensorMap parameters, Dataset data) =>
        Losses.CrossEntropy(net.Apply(parameters, data.Inputs), data.Targets);
}
