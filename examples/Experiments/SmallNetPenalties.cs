using System.Collections.Immutable;
using AutoDiff.Nets;
using AutoDiff.Optimization;
using AutoDiff.Plots;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>A small net whose targets need two of its six inputs: what penalties leave of its weights, and when to stop.</summary>
internal static class SmallNetPenalties
{
    private const double Rate = 0.1;
    private const int Inputs = 6;
    private const int Needed = 2;
    private const int Hidden = 4;
    private const double Strength = 0.03;

    // So many that inputs hardly correlate by chance: what targets do not need has no share in them then.
    private const int Examples = 512;
    private const string First = "layers.0";
    private const string Second = "layers.1";
    private const string ByProximalStep = "L1, proximal step";

    public static Experiment Experiment { get; } =
        new(
            "penalties",
            ["17"],
            "What do L1, L2 and stopping early leave of a small net?",
            "Eight problems of training, 8.4 and 3: L1 makes weights that do not matter exactly zero, L2 only small; each layer may have a coefficient of its own. Stopping when the loss on examples held out rises prevents overfitting.",
            Run
        );

    /// <summary>What a penalty leaves.</summary>
    private sealed record Left(string Name, double Loss, TensorMap End)
    {
        public double[] First { get; } = End[$"{SmallNetPenalties.First}.weight"].ToArray();

        public double[] Second { get; } = End[$"{SmallNetPenalties.Second}.weight"].ToArray();

        public int Zeros => First.Concat(Second).Count(weight => weight == 0);

        public static double Norm(double[] weights) => Math.Sqrt(weights.Sum(weight => weight * weight));
    }

    private static Answer Run(ExperimentRun run)
    {
        var descent = Optimizers.GradientDescent<TensorMap>(Rate);
        var x = run.Key.FoldIn(0).Normal([Examples, Inputs]);
        var y = Wanted(x);
        var start = Start(run.Key.FoldIn(1), Hidden);
        var nothing = After("nothing", descent, _ => 0);
        var all = After("L2", descent, p => Penalties.L2(p, 0.01));
        var first = After(
            "L2, more in the first layer",
            descent,
            p => Penalties.L2(p, Penalties.ByPath(p, (First, 0.02), (Second, 0.001)))
        );
        var second = After("L2, more in the second", descent, p => Penalties.L2(p, Penalties.ByPath(p, (First, 0.001), (Second, 0.02))));
        var inLoss = After("L1 in the loss", descent, p => Penalties.L1(p, Penalties.ByPath(p, (First, Strength))));
        var proximal = After(
            ByProximalStep,
            descent.Chain(Modifiers.ProximalL1<TensorMap>(Rate, Strength, name => name.StartsWith(First, StringComparison.Ordinal))),
            _ => 0
        );
        Left[] rows = [nothing, all, first, second, inLoss, proximal];
        run.Done(0.6);
        var stopped = Stopped(run);
        var best = stopped.Best!;
        return new()
        {
            Figures =
            [
                new(
                    "Weights of the first layer after 2,000 steps, and a net of 30 units that learns 24 noisy examples by heart",
                    [Weights(nothing), Weights(all), Weights(proximal), Stopping(stopped)]
                ),
            ],
            Listings =
            [
                new(
                    "after 2,000 steps",
                    ["penalty", "loss", "exact zeros", "norm of layer 1", "norm of layer 2"],
                    [
                        .. rows.Select(r =>
                            Cells.Row(r.Name, $"{r.Loss:F4}", $"{r.Zeros}", $"{Left.Norm(r.First):F3}", $"{Left.Norm(r.Second):F3}")
                        ),
                    ]
                ),
            ],
            Checks =
            [
                Check.Equal(
                    "L1: weights at exactly 0 of the four inputs that targets do not need",
                    (Inputs - Needed) * Hidden,
                    proximal.First[(Needed * Hidden)..].Count(weight => weight == 0)
                ),
                new(
                    "L1: weights of the two that they need, not 0",
                    "1 or more, of 8",
                    $"{proximal.First[..(Needed * Hidden)].Count(weight => weight != 0)}",
                    proximal.First[..(Needed * Hidden)].Any(weight => weight != 0)
                ),
                Check.AtMost("L1: largest slope of the loss at a weight of 0, as at every minimum", Strength, SlopeAtZeros(proximal)),
                Check.Equal("L2: weights at exactly 0", 0, all.Zeros + first.Zeros + second.Zeros),
                Check.Equal("no penalty: weights at exactly 0", 0, nothing.Zeros),
                Below("L2: norm of the first layer", all.First, nothing.First, "without"),
                Below("L2, more in the first layer: its norm", first.First, second.First, "with less"),
                Below("L2, more in the second layer: its norm", second.Second, first.Second, "with less"),
                new(
                    "loss on examples held out where it stops",
                    $"below {stopped.Evaluations!["Metric"][^1]:F4}, that after all 3,000 steps",
                    $"{best.Value:F4} after {best.Step} steps",
                    best.Value < stopped.Evaluations["Metric"][^1] && best.Step < 3000
                ),
            ],
        };

        double SlopeAtZeros(Left left)
        {
            var slopes = Transforms.Grad<TensorMap>(p => Loss(p, x, y), left.End)[$"{First}.weight"].ToArray();
            return slopes.Where((_, i) => left.First[i] == 0).Max(Math.Abs);
        }

        Left After<S>(string name, Optimizer<TensorMap, S> optimizer, Func<TensorMap, Tensor> penalty)
            where S : ITensorTree<S>
        {
            var step = Training.CompileStep(optimizer, (TensorMap p) => Loss(p, x, y) + penalty(p));
            var end = Transforms.Fold(step, Training.Init(optimizer, start), 2000, cancellation: run.Cancellation).Parameters;
            return new(name, Loss(end, x, y).Item(), end);
        }
    }

    private static Check Below(string what, double[] weights, double[] others, string theOthers) =>
        new(what, $"below {Left.Norm(others):F3}, that {theOthers}", $"{Left.Norm(weights):F3}", Left.Norm(weights) < Left.Norm(others));

    /// <summary>Thirty units learn 24 noisy examples by heart; 200 others say when to stop.</summary>
    private static TrainingRun<TensorMap, AdamState<TensorMap>> Stopped(ExperimentRun run)
    {
        var key = run.Key;
        var (x, unseen) = (key.FoldIn(2).Normal([24, Inputs]), key.FoldIn(3).Normal([200, Inputs]));
        var y = Wanted(x) + (0.5 * key.FoldIn(4).Normal([24, 1]));
        var adam = Optimizers.Adam<TensorMap>(0.01);
        var step = Training.CompileMeasured(adam, (TensorMap p, Tensor batch) => Loss(p, batch, y));
        return Training.Run(
            step,
            Training.Init(adam, Start(key.FoldIn(5), 30)),
            _ => x,
            3000,
            new()
            {
                EarlyStopping = new() { Metric = Transforms.Compile((TensorMap p) => Loss(p, unseen, Wanted(unseen))), Every = 10 },
                RecordEvery = 10,
                Cancellation = run.Cancellation,
            }
        );
    }

    private static Panel Weights(Left left) =>
        new(
            $"{left.Name}: {left.First.Count(weight => weight == 0)} of 24 are 0",
            new("weight") { From = -2.5, To = 2.5 },
            new("weights"),
            [new Mark.Histogram([.. left.First]) { Colour = 0 }]
        );

    // The loss on what is trained on falls to rounding errors; what matters is over by a thousandth.
    private static Panel Stopping<S>(TrainingRun<TensorMap, S> run)
        where S : ITensorTree<S>
    {
        var shown = run.History["Loss"].TakeWhile(loss => loss > 1e-3).Count();
        return new(
            "When to stop",
            new("step") { Scale = Scale.Log },
            new("mean squared error") { Scale = Scale.Log },
            [
                new Mark.Line([.. run.History.Steps.Take(shown).Select(step => (double)step)], run.History["Loss"][..shown])
                {
                    Name = "trained on",
                },
                new Mark.Line([.. run.Evaluations!.Steps.Select(step => (double)step)], run.Evaluations["Metric"]) { Name = "held out" },
                new Mark.Scatter([run.Best!.Step], [run.Best.Value]) { Name = "stop here", Symbol = Symbol.Diamond },
            ]
        );
    }

    private static Tensor Wanted(Tensor x) => Tanh(x[.., 0..1] - (2 * x[.., 1..2]));

    private static TensorMap Start(Key key, int hidden) =>
        TensorMap.Of(
            ($"{First}.weight", Initializers.Normal(0.5).Draw(key.FoldIn(0), [Inputs, hidden], new(Inputs, hidden))),
            ($"{Second}.weight", Initializers.Normal(0.5).Draw(key.FoldIn(1), [hidden, 1], new(hidden, 1)))
        );

    private static Tensor Loss(TensorMap p, Tensor x, Tensor y) =>
        Losses.MeanSquared(MatMul(Tanh(MatMul(x, p[$"{First}.weight"])), p[$"{Second}.weight"]), y);
}
