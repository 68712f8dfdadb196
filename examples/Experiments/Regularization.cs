using AutoDiff.Nets;
using AutoDiff.Optimization;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>A small net whose targets need two of its six inputs: what penalties leave of its weights, and when to stop.</summary>
internal static class Regularization
{
    private const double Rate = 0.1;
    private const string First = "layers.0";
    private const string Second = "layers.1";

    public static void Compare(ExperimentRun run)
    {
        var key = Key.Of(run.Seed);
        var descent = Optimizers.GradientDescent<TensorMap>(Rate);
        var x = key.FoldIn(0).Normal([64, 6]);
        var y = Wanted(x);
        var start = Start(key.FoldIn(1), 4);
        run.Output.WriteLine("after 2000 steps               loss   zeros 1  zeros 2  norm 1  norm 2");
        Write("nothing", descent, _ => 0);
        Write("L2 of all", descent, p => Penalties.L2(p, 0.01));
        Write("L2, more in the first layer", descent, p => Penalties.L2(p, Penalties.ByPath(p, (First, 0.02), (Second, 0.001))));
        Write("L2, more in the second", descent, p => Penalties.L2(p, Penalties.ByPath(p, (First, 0.001), (Second, 0.02))));
        Write("L1 in the loss", descent, p => Penalties.L1(p, Penalties.ByPath(p, (First, 0.03))));
        Write(
            "L1 by its proximal step",
            descent.Chain(Modifiers.ProximalL1<TensorMap>(Rate, 0.03, name => name.StartsWith(First, StringComparison.Ordinal))),
            _ => 0
        );
        Stop(run.Output, key);

        void Write<S>(string name, Optimizer<TensorMap, S> optimizer, Func<TensorMap, Tensor> penalty)
            where S : ITensorTree<S>
        {
            var step = Training.CompileStep(optimizer, (TensorMap p) => Loss(p, x, y) + penalty(p));
            var end = Transforms.Fold(step, Training.Init(optimizer, start), 2000, cancellation: run.Cancellation).Parameters;
            var layers = new[] { First, Second }.Select(layer => end[$"{layer}.weight"]).ToArray();
            var zeros = string.Concat(layers.Select(w => $"{w.ToArray().Count(weight => weight == 0), 9}"));
            var norms = string.Concat(layers.Select(w => $"{Norm(w).Item(), 8:F3}"));
            run.Output.WriteLine($"{name, -28} {Loss(end, x, y).Item(), 7:F4}{zeros}{norms}");
        }
    }

    /// <summary>Thirty units learn 24 noisy examples by heart; 200 others say when to stop.</summary>
    private static void Stop(TextWriter output, Key key)
    {
        var (x, unseen) = (key.FoldIn(2).Normal([24, 6]), key.FoldIn(3).Normal([200, 6]));
        var y = Wanted(x) + (0.5 * key.FoldIn(4).Normal([24, 1]));
        var adam = Optimizers.Adam<TensorMap>(0.01);
        var step = Training.CompileMeasured(adam, (TensorMap p, Tensor batch) => Loss(p, batch, y));
        var run = Training.Run(
            step,
            Training.Init(adam, Start(key.FoldIn(5), 30)),
            _ => x,
            3000,
            new()
            {
                EarlyStopping = new() { Metric = Transforms.Compile((TensorMap p) => Loss(p, unseen, Wanted(unseen))), Every = 10 },
            }
        );
        output.WriteLine(
            $"loss on examples not trained on: {run.Best!.Value:F4} after {run.Best.Step} steps, {run.Evaluations!["Metric"][^1]:F4} after 3000"
        );
    }

    private static Tensor Wanted(Tensor x) => Tanh(x[.., 0..1] - (2 * x[.., 1..2]));

    private static TensorMap Start(Key key, int hidden) =>
        TensorMap.Of(
            ($"{First}.weight", Initializers.Normal(0.5).Draw(key.FoldIn(0), [6, hidden], new(6, hidden))),
            ($"{Second}.weight", Initializers.Normal(0.5).Draw(key.FoldIn(1), [hidden, 1], new(hidden, 1)))
        );

    private static Tensor Loss(TensorMap p, Tensor x, Tensor y) =>
        Losses.MeanSquared(MatMul(Tanh(MatMul(x, p[$"{First}.weight"])), p[$"{Second}.weight"]), y);
}
