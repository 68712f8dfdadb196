using System.CommandLine;
using System.Globalization;
using AutoDiff.Nets;
using AutoDiff.Optimization;
using static AutoDiff.Ops;
using static AutoDiff.Optimization.Training;
using static AutoDiff.Transforms;

namespace AutoDiff.Benchmarks;

/// <summary>A training run on Fashion-MNIST, end to end: 196-100-50-10, sigmoid throughout, ½ squared error, batches of 64 drawn at random.</summary>
internal static class FoldCommand
{
    private const int BatchSize = 64;

    private static readonly string[] Columns = ["run", "accuracy", "MCC", "seconds", "steps/s"];

    public static Command Create()
    {
        var steps = Options.Count("--steps", 40_000, "Steps of each run.");
        var precision = new Option<Precision>("--precision") { Description = "Of our intermediate values." };
        var seed = new Option<ulong>("--seed") { Description = "Of the start and of the batches.", DefaultValueFactory = _ => 1 };
        var data = new Option<string>("--data")
        {
            HelpName = "FOLDER",
            Description = "Where the four files of Fashion-MNIST are.",
            Required = true,
        };
        var peer = new Option<bool>("--peer") { Description = "Run the NumPy script after ours, as many steps, with two seeds." };
        var command = new Command("fold", "Train a net on Fashion-MNIST through Fold.") { steps, precision, seed, data, peer };
        command.SetAction(parse =>
        {
            var folder = parse.GetRequiredValue(data);
            if (FashionMnist.Missing(folder) is { } missing)
            {
                Terminal.Say($"no data: there is no {missing}");
                return 1;
            }
            var (train, test) = (FashionMnist.Read(folder, "train"), FashionMnist.Read(folder, "t10k"));
            var options = new CompileOptions { Precision = parse.GetValue(precision) };
            var (key, count) = (Key.Of(parse.GetValue(seed)), parse.GetValue(steps));
            var plain = Optimizers.GradientDescent<Net>(1.0);
            var momentum = Optimizers.Momentum<Net>(0.2, 0.9);
            Terminal.Write(
                1,
                Columns,
                [
                    Run("η 1.0, plain", plain, train, test, key, count, options),
                    Run("η 0.2, μ 0.9", momentum, train, test, key, count, options),
                ]
            );
            if (parse.GetValue(peer))
                Terminal.Say(
                    Peer.Find(Peer.Script("fashion_mnist.py"), "numpy", 1, out var problem)?.Run(folder, "--steps", $"{count}") ?? problem
                );
            return 0;
        });
        return command;
    }

    private static string[] Run<S>(
        string name,
        Transition<Net, S> optimizer,
        FashionMnist train,
        FashionMnist test,
        Key key,
        int steps,
        CompileOptions options
    )
        where S : ITensorTree<S>
    {
        var (begin, draws) = key.Split();
        // The images are a constant of the plan, which picks a batch's rows by their positions.
        var images = train.Rows([.. Enumerable.Range(0, train.Count)]).Rows;
        var labels = Tensor.Of([.. train.Labels.Select(label => (double)label)]);
        var step = Compile(
            (State<Net, S> state, Tensor rows) =>
                Step(optimizer, state, net => Loss(net, new(Gather(images, rows), OneHot(Gather(labels, rows), FashionMnist.Classes)))),
            options
        );
        // Drawn as they are needed, inside what is timed, as the peer's are.
        var batches = Enumerable.Range(0, steps).Select(i => Drawn(draws.FoldIn((ulong)i), train.Count));
        var start = Init(optimizer, Start(begin));
        var end = start;
        var seconds = Clock.Seconds(() => end = Fold(step, start, batches));
        var scores = Score(end.Parameters, test);
        return
        [
            name,
            scores.Accuracy.ToString("0.0000", CultureInfo.InvariantCulture),
            scores.MatthewsCorrelation.ToString("0.0000", CultureInfo.InvariantCulture),
            seconds.ToString("0.0", CultureInfo.InvariantCulture),
            Terminal.Number(steps / seconds),
        ];
    }

    /// <summary>Weights and biases uniform in ±½.</summary>
    private static Net Start(Key key)
    {
        var net = new NetCase("fold", [FashionMnist.Pixels, 100, 50, FashionMnist.Classes], BatchSize).Random(key);
        var leaves = TreeMath.Leaves(net);
        return TreeMath.Rebuild(net, [.. leaves.Select((leaf, i) => key.FoldIn((ulong)i).Uniform(leaf.Shape, -0.5, 0.5))]);
    }

    /// <summary>Positions [64], drawn with replacement.</summary>
    private static Tensor Drawn(Key key, int count) =>
        Tensor.Of(Array.ConvertAll(key.Choice(count, BatchSize, replace: true), row => (double)row));

    private static Tensor Outputs(Net net, Tensor rows) => Sigmoid(net.Scores(rows, Sigmoid));

    private static Tensor Loss(Net net, Batch batch) => Losses.HalfSquared(Outputs(net, batch.Rows), batch.Targets);

    private static ConfusionMatrix Score(Net net, FashionMnist test)
    {
        var rows = test.Rows([.. Enumerable.Range(0, test.Count)]).Rows;
        return ConfusionMatrix.Of(Transforms.Evaluate(Outputs(net, rows)), Tensor.Of([.. test.Labels.Select(label => (double)label)]));
    }
}
