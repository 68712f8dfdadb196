using AutoDiff.Curvature;
using AutoDiff.Data;
using AutoDiff.Nets;
using AutoDiff.Optimization;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>What normalizing inputs and layers does to the surface, to the rate, and to small batches (LeeDL, 3.7).</summary>
internal static class Normalizations
{
    /// <summary>The Hessian of least squares before and after standardization: of two features of unlike size, and of the pixels that vary.</summary>
    public static void Inputs(ExperimentRun run)
    {
        var key = Key.Of(run.Seed);
        var unlike = Stack([key.FoldIn(0).Uniform([200], 1, 3), key.FoldIn(1).Uniform([200], 100, 300)], 1);
        run.Output.WriteLine("eigenvalues of the Hessian of a linear least-squares fit");
        run.Output.WriteLine("inputs                          smallest     largest   largest / smallest");
        var features = Write("two features, as measured", unlike) / Write("two features, standardized", Standardized(unlike));
        var pictures = Pictures.Read(run, 1000, 1);
        var x = pictures.Train.Inputs;
        var deviations = StandardDeviation(x, [0]).ToArray();
        int[] varying = [.. Enumerable.Range(0, pictures.Pixels).Where(pixel => deviations[pixel] > 0.02)];
        x = Gather(x, Tensor.Of([.. varying.Select(pixel => (double)pixel)], varying.Length), 1);
        var pixels = Write($"{varying.Length} pixels", x) / Write($"{varying.Length} pixels, standardized", Standardized(x));
        run.Output.WriteLine($"powers of 10 between the ratios: {Math.Floor(Math.Log10(features))} and {Math.Floor(Math.Log10(pixels))}");

        double Write(string name, Tensor inputs)
        {
            var net = Net.Of([inputs.Shape[1]], new Dense(1));
            var objective = Objective.Of((TensorMap at) => 0.5 * Mean(Square(net.Apply(at, inputs))), net.Init(key));
            var (low, high) = Lanczos.BothEnds(objective.Hessian(net.Init(key)), 1, 1);
            var (smallest, largest) = (low.Eigenvalues[0], high.Eigenvalues[^1]);
            run.Output.WriteLine($"{name, -28} {smallest, 11:G4} {largest, 11:G4} {largest / smallest, 13:G4}");
            return largest / smallest;
        }
    }

    /// <summary>Rates up to where the net no longer learns, with and without batch normalization.</summary>
    public static void Rates(ExperimentRun run)
    {
        var pictures = Pictures.Read(run, run.IsWhole ? 1700 : 1000, 1);
        run.Output.WriteLine($"{pictures.Name}: training loss after {Epochs(run)} epochs of batches of 50, five layers of 50");
        run.Output.WriteLine("rate      ReLU: without   with batch norm   sigmoid: without   with batch norm");
        double[] rates = [0.01, 0.1, 1, 3, 10, 30];
        double[][] columns =
        [
            Ends(Parts.He, Activation.Relu, null),
            Ends(Parts.He, Activation.Relu, new BatchNormalization()),
            Ends(Initializers.FanIn, Activation.Sigmoid, null),
            Ends(Initializers.FanIn, Activation.Sigmoid, new BatchNormalization()),
        ];
        for (var i = 0; i < rates.Length; i++)
            run.Output.WriteLine(
                $"{rates[i], -9} {columns[0][i], 13:G4} {columns[1][i], 17:G4} {columns[2][i], 18:G4} {columns[3][i], 17:G4}"
            );
        run.Output.WriteLine($"largest rate that comes below 1: {string.Join(", ", columns.Select(Largest))}");

        string Largest(double[] losses) => Array.FindLastIndex(losses, loss => loss < 1) is var last and >= 0 ? $"{rates[last]}" : "none";

        double[] Ends(Initializer weights, Activation activation, Nets.Layer? normalization)
        {
            var net = Parts.Classifier(pictures.Pixels, 5, 50, weights, normalization, activation);
            return [.. rates.Select(rate => Loss(Parts.Trained(run, net, pictures.Train, rate, 50, Epochs(run))))];
        }

        // Training ends where the loss is no number, at the last step where it was.
        double Loss(Trained<RateState> trained) =>
            trained.Run.End == TrainingEnd.NonFinite ? double.NaN : Parts.Scores(trained, pictures.Train).Loss;
    }

    /// <summary>Every normalization at batches from 64 down to 2.</summary>
    public static void SmallBatches(ExperimentRun run)
    {
        int[] sizes = run.IsWhole ? [2, 3, 4, 8, 16, 64] : [2, 4, 64];
        var pictures = Pictures.Read(run, 960, 700); // which all sizes divide: a batch of one has no statistics
        run.Output.WriteLine(
            $"{pictures.Name}: accuracy on held pictures in percent after {Epochs(run)} epochs at rate 0.1, by batch size"
        );
        run.Output.WriteLine($"{"", -22} {string.Join(' ', sizes.Select(size => $"{size, 6}"))}");
        var batch = Write("batch", new BatchNormalization());
        var layer = Write("layer", new LayerNormalization());
        if (run.IsWhole)
        {
            Write("nothing", null);
            Write("batch renormalization", new BatchRenormalization { Decay = 0.9 });
            Write("group, 5 groups", new GroupNormalization(5));
            Write("root mean square", new RmsNormalization());
            Write("weight", null, layer => new WeightNormalized(layer));
            Write("spectral", null, layer => new SpectralNormalized(layer));
        }
        run.Output.WriteLine(
            $"smallest batches that reach 80 %: batch normalization {Smallest(batch)}, layer normalization {Smallest(layer)}"
        );

        string Smallest(double[] accuracies) =>
            Array.FindIndex(accuracies, accuracy => accuracy >= 0.8) is var first and >= 0 ? $"{sizes[first]}" : "none";

        double[] Write(string name, Nets.Layer? normalization, Func<Nets.Layer, Nets.Layer>? around = null)
        {
            var net = Parts.Classifier(pictures.Pixels, 3, 50, Parts.He, normalization, around: around);
            double[] row =
            [
                .. sizes.Select(size =>
                    Parts.Scores(Parts.Trained(run, net, pictures.Train, 0.1, size, Epochs(run)), pictures.Test).Accuracy
                ),
            ];
            run.Output.WriteLine($"{name, -22} {string.Join(' ', row.Select(accuracy => $"{100 * accuracy, 6:F1}"))}");
            return row;
        }
    }

    private static int Epochs(ExperimentRun run) => run.IsWhole ? 20 : 3;

    private static Tensor Standardized(Tensor x)
    {
        var layer = new Standardization(Mean(x, 0), StandardDeviation(x, [0]));
        return layer.Apply(TensorMap.Empty, x, Context.Inference(layer.InitState([x.Shape[1]]))).Output;
    }
}
