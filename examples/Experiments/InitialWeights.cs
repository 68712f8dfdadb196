using AutoDiff.Data;
using AutoDiff.Nets;
using AutoDiff.Optimization;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>Five layers of 100 ReLU on handwritten digits, by their initial weights.</summary>
/// <remarks>Whole: MNIST, 2,000 steps of descent at rate 0.01 over batches of 128. Else 300 steps at rate 0.1 over the built-in digits, or over MNIST where its folder is given.</remarks>
internal static class InitialWeights
{
    private const int Hidden = 5;
    private const int Size = 128;
    private const int Records = 25;

    private static readonly (string Name, Initializer Weights)[] _compared =
    [
        ("std 0.01", Initializers.Normal(0.01)),
        ("Xavier", Initializers.LeCunNormal), // √(1/n) of n inputs, as the source has it.
        ("He", Initializers.HeNormal()),
    ];

    public static Experiment Experiment { get; } =
        new(
            "starts",
            ["20"],
            "Which initial weights let five layers of ReLU learn?",
            "Techniques of learning, 1.2.4, figure 1.6: five layers of 100 ReLU on MNIST do not learn at all from weights of deviation 0.01; from Xavier's and from He's they do, and from He's somewhat faster.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        if (run.IsWhole)
            run.RequiredData("mnist");
        var pictures = Pictures.Read(run, 60_000, 0);
        var shown = pictures.Train.Take(Math.Min(10_000, pictures.Train.Count));
        var (steps, rate) = run.IsWhole ? (2000, 0.01) : (300, 0.1);
        var curves = Together.Each(run, _compared, compared => Curve(run, pictures, shown, compared.Weights, steps, rate));
        var (small, xavier, he) = (curves[0], curves[1], curves[2]);
        var chance = Math.Log(Pictures.Classes);
        return new()
        {
            Figures =
            [
                new(
                    $"Figure 1.6: {pictures.Name}, descent at rate {rate}, batches of {Size}, five layers of 100 ReLU",
                    [
                        new(
                            "Loss by initial weights",
                            new("step"),
                            new($"loss on {shown.Count} pictures (nats)"),
                            [
                                .. _compared.Select(
                                    (compared, i) =>
                                        new Mark.Line([.. curves[i].Select((_, at) => (double)at * steps / Records)], [.. curves[i]])
                                        {
                                            Name = compared.Name,
                                        }
                                ),
                            ]
                        ),
                    ]
                )
                {
                    Columns = 1,
                },
            ],
            Listings =
            [
                new(
                    $"loss on {shown.Count} pictures",
                    ["weights", .. Enumerable.Range(0, 6).Select(i => $"{i * steps / 5} steps")],
                    [
                        .. _compared.Select(
                            (compared, i) => Cells.Row([compared.Name, .. Enumerable.Range(0, 6).Select(at => $"{curves[i][5 * at]:F4}")])
                        ),
                    ]
                ),
            ],
            Checks =
            [
                Check.Near(
                    "std 0.01: the loss furthest from that of guessing, ln 10, on the way",
                    chance,
                    small.MaxBy(loss => Math.Abs(loss - chance)),
                    0.01
                ),
                Check.Below("Xavier: loss in the end", chance / 2, xavier[^1], "half that of guessing: it learns"),
                Check.Below("He: loss in the end", chance / 2, he[^1], "half that of guessing: it learns"),
                Check.Below("He: the same, somewhat faster", xavier[^1], he[^1], "Xavier's"),
                Check.Below("He: mean loss on the way", xavier.Average(), he.Average(), "Xavier's"),
            ],
        };
    }

    /// <summary>The loss on some pictures at the start and after each part of the steps.</summary>
    private static double[] Curve(ExperimentRun run, Pictures pictures, Dataset shown, Initializer weights, int steps, double rate)
    {
        var (data, net) = (pictures.Train, Parts.Classifier(pictures.Pixels, Hidden, 100, weights));
        var optimizer = Optimizers.GradientDescent<TensorMap>(rate);
        var step = Training.CompileStep(optimizer, (TensorMap parameters, Tensor rows) => Loss(net, parameters, data.Rows(rows)));
        var whole = Transforms.Compile((TensorMap parameters) => Loss(net, parameters, shown));
        var state = Training.Init(optimizer, Transforms.Evaluate(net.Init(run.Key.FoldIn(0))));
        var batches = new Batches(data, Size, run.Key.FoldIn(1)) { Replacement = true };
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
