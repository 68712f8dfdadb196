using System.IO.Compression;
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
        var folder = run.IsWhole ? run.RequiredData("MNIST's train-images-idx3-ubyte.gz and train-labels-idx1-ubyte.gz") : run.Data;
        var data = folder is null ? BuiltIn(run.Cancellation) : Mnist(folder);
        var (steps, rate) = run.IsWhole ? (2000, 0.01) : (150, 0.1);
        run.Output.WriteLine($"loss on all {data.Count} rows after steps of descent at rate {rate}, batches of {Size}");
        run.Output.WriteLine($"{"steps", -9}{string.Concat(Enumerable.Range(0, Records + 1).Select(i => $"{i * steps / Records, 8}"))}");
        foreach (var (name, weights) in Compared)
            run.Output.WriteLine($"{name, -9}{string.Concat(Curve(data, weights, steps, rate, run).Select(loss => $"{loss, 8:F4}"))}");
    }

    /// <summary>The loss at the start and after each tenth of the steps.</summary>
    private static double[] Curve(Dataset data, Initializer weights, int steps, double rate, ExperimentRun run)
    {
        Dense[] layers =
        [
            .. Enumerable
                .Range(0, Hidden + 1)
                .Select(i => new Dense(i < Hidden ? 100 : Classes) { Weight = weights, BiasStart = Initializers.Zeros }),
        ];
        var key = Key.Of(run.Seed);
        var optimizer = Optimizers.GradientDescent<TensorMap>(rate);
        var step = Training.CompileStep(optimizer, (TensorMap parameters, Tensor rows) => Loss(layers, parameters, data.Rows(rows)));
        var whole = Transforms.Compile((TensorMap parameters) => Loss(layers, parameters, data));
        var state = Training.Init(optimizer, Init(layers, key.FoldIn(0), data.Inputs.Shape[1]));
        var losses = new double[Records + 1];
        losses[0] = whole.Invoke(state.Parameters).Item();
        for (var record = 1; record <= Records; record++)
        {
            var batches = Enumerable
                .Range((record - 1) * steps / Records, steps / Records)
                .Select(i => key.FoldIn(1).FoldIn((ulong)i).Integers([Size], data.Count));
            state = Transforms.Fold(step, state, batches, cancellation: run.Cancellation);
            losses[record] = whole.Invoke(state.Parameters).Item();
        }
        return losses;
    }

    private static TensorMap Init(Dense[] layers, Key key, int inputs) =>
        TensorMap.Join([
            .. layers.Select((layer, i) => ($"layers.{i}", layer.Init(key.FoldIn((ulong)i), [i == 0 ? inputs : layers[i - 1].Units]))),
        ]);

    private static Tensor Loss(Dense[] layers, TensorMap parameters, Dataset data)
    {
        var x = data.Inputs;
        for (var i = 0; i < layers.Length; i++)
        {
            x = layers[i].Apply(parameters.Part($"layers.{i}"), x, Context.Inference()).Output;
            if (i < layers.Length - 1)
                x = Relu(x);
        }
        return Losses.CrossEntropy(x, data.Targets);
    }

    private static Dataset BuiltIn(CancellationToken cancellation)
    {
        var digits = Digits.Read(cancellation);
        var table = Tensor.Of(digits.Cells.AsSpan(), digits.Rows, digits.Columns);
        return Transforms.Evaluate(new Dataset(table[.., 0..64] / 16, table[.., 64]));
    }

    private static Dataset Mnist(string folder)
    {
        var labels = Unpacked(System.IO.Path.Combine(folder, "train-labels-idx1-ubyte.gz"), 8);
        var pixels = Unpacked(System.IO.Path.Combine(folder, "train-images-idx3-ubyte.gz"), 16);
        return new(
            Tensor.Of(Array.ConvertAll(pixels, pixel => pixel / 255.0), labels.Length, 784),
            Tensor.Of(Array.ConvertAll(labels, label => (double)label))
        );
    }

    private static byte[] Unpacked(string file, int header)
    {
        using var unpacked = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        unpacked.CopyTo(bytes);
        return bytes.ToArray()[header..];
    }
}
