using AutoDiff.Nets;
using AutoDiff.Optimization;

namespace AutoDiff.Examples.Experiments;

/// <summary>Batch normalization by initial weights, weight decay and dropout against overfitting, and a random search (the sources' techniques of learning, 1.3 to 1.5).</summary>
internal static class Regularizations
{
    /// <summary>Accuracy on 1,000 training pictures, epoch by epoch, for weights begun at several scales.</summary>
    public static void WeightScales(ExperimentRun run)
    {
        double[] scales = run.IsWhole ? [.. Enumerable.Range(0, 16).Select(i => Math.Pow(10, -i * 4 / 15.0))] : [1, 0.1, 0.01, 0.001];
        int[] epochs = run.IsWhole ? [1, 5, 10, 20] : [1, 4, 10];
        var pictures = Pictures.Read(run, 1000, 1);
        run.Output.WriteLine(
            $"{pictures.Name}: accuracy on 1,000 training pictures in percent, rate 0.01, batches of 100, five layers of 100 ReLU"
        );
        run.Output.WriteLine($"{"", -28} after epochs {string.Join("    ", epochs)}");
        var (without, with) = (0, 0);
        foreach (var scale in scales)
        {
            without += Write("without", scale, null) > 0.7 ? 1 : 0;
            with += Write("batch normalization", scale, new BatchNormalization()) > 0.7 ? 1 : 0;
        }
        run.Output.WriteLine($"above 70 % in the end: {without} of {scales.Length} scales without, {with} with batch normalization");

        double Write(string name, double scale, Nets.Layer? normalization)
        {
            var net = Parts.Classifier(pictures.Pixels, 5, 100, Initializers.Normal(scale), normalization);
            var trained = Parts.Trained(run, net, pictures.Train, 0.01, 100, epochs[^1], watched: pictures.Train);
            var accuracies = trained.Run.Evaluations![Parts.Accuracy][^epochs[^1]..];
            var row = epochs.Select(epoch => $"{100 * accuracies[epoch - 1], 6:F1}");
            run.Output.WriteLine($"std {scale, -8:G3} {name, -20} {string.Join(' ', row)}");
            return accuracies[^1];
        }
    }

    /// <summary>300 training pictures, which a net learns by heart: what weight decay and dropout change.</summary>
    public static void Overfitting(ExperimentRun run)
    {
        const int epochs = 200;
        var pictures = Pictures.Read(run, 300, run.IsWhole ? 10_000 : 1000);
        run.Output.WriteLine($"{pictures.Name}: 300 training pictures, six layers of 100 ReLU, rate 0.01, batches of 100, {epochs} epochs");
        run.Output.WriteLine($"{"", -20} trained on      held       gap   in percent");
        var (byHeart, gap) = Write("nothing");
        (string Name, double Decay, double Drop)[] nets =
        [
            ("weight decay 0.1", 0.1, 0),
            ("dropout 0.15", 0, 0.15),
            ("dropout 0.2", 0, 0.2),
        ];
        var smaller = nets.Where(net => Write(net.Name, net.Decay, net.Drop).Gap < gap).Select(net => net.Name).ToArray();
        run.Output.WriteLine($"nothing learns {100 * byHeart:F0} % by heart; a smaller gap with: {string.Join(", ", smaller)}");

        (double Trained, double Gap) Write(string name, double decay = 0, double drop = 0)
        {
            var net = Parts.Classifier(pictures.Pixels, 6, 100, Parts.He, drop: drop);
            var end = Parts.Trained(run, net, pictures.Train, 0.01, 100, epochs, decay);
            var (trained, held) = (Parts.Scores(end, pictures.Train).Accuracy, Parts.Scores(end, pictures.Test).Accuracy);
            run.Output.WriteLine($"{name, -20} {100 * trained, 10:F1} {100 * held, 9:F1} {100 * (trained - held), 9:F1}");
            return (trained, trained - held);
        }
    }

    /// <summary>Random search over rate and weight decay, by accuracy on a fifth of 500 pictures that training does not see.</summary>
    public static void RandomSearch(ExperimentRun run)
    {
        var (trials, epochs) = run.IsWhole ? (100, 50) : (12, 10);
        var pictures = Pictures.Read(run, 400, 100);
        var net = Parts.Classifier(pictures.Pixels, 6, 100, Parts.He);
        var space = from rate in Space.LogUniform(1e-6, 1e-1) from decay in Space.LogUniform(1e-8, 1e-4) select (Rate: rate, Decay: decay);
        var table = Search.Random(
            space,
            trials,
            Key.Of(run.Seed).FoldIn(1),
            setting =>
                1 - Parts.Scores(Parts.Trained(run, net, pictures.Train, setting.Rate, 100, epochs, setting.Decay), pictures.Test).Accuracy,
            cancellation: run.Cancellation
        );
        run.Output.WriteLine($"{pictures.Name}: {trials} settings, {epochs} epochs of 400 pictures each, by accuracy on 100 others");
        run.Output.WriteLine("rank   accuracy       rate      decay");
        foreach (var (trial, rank) in table.Ranked.Select((trial, rank) => (trial, rank + 1)).Take(10))
            run.Output.WriteLine(
                $"{rank, 4} {100 * (1 - trial.Score), 8:F1} % {trial.Setting.Rate, 10:0.0e+0} {trial.Setting.Decay, 10:0.0e+0}"
            );
        var best = table.Ranked.Take(trials / 3).Select(trial => trial.Setting.Rate).ToArray();
        run.Output.WriteLine($"rates of the best third: {best.Min():0.0e+0} to {best.Max():0.0e+0}");
    }
}
