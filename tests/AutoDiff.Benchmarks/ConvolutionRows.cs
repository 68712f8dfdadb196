using System.Collections.Immutable;
using AutoDiff.Optimization;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Benchmarks;

/// <summary>Images [batch, 1, 28, 28], their classes [batch, 10] and the key that dropout draws by.</summary>
[TensorTree]
internal sealed partial record ImageBatch(Tensor Images, Tensor Targets, Key Key);

/// <summary>What is timed on images of 28×28 pixels: training steps of two convolutional nets, and one convolution by itself, in both precisions.</summary>
internal static class ConvolutionRows
{
    public const string Name = "conv";

    private const double Rate = 1e-6; // the peer's: the parameters stay where they are
    private const int Images = 128;
    private const int Verified = 2; // the naive evaluator takes a minute for all

    public static IEnumerable<Row> Of(int threads)
    {
        foreach (var precision in Enum.GetValues<Precision>())
        {
            var options = new CompileOptions { Threads = threads, Precision = precision };
            var name = precision == Precision.Double ? "float64" : "float32";
            yield return Training(
                $"two convolutions, dropout, {name}",
                [
                    [32, 1, 3, 3],
                    [64, 32, 3, 3],
                    [9216, 128],
                    [128, 10],
                ],
                Large,
                options
            );
            yield return Training(
                $"convolutions and pools, {name}",
                [
                    [8, 1, 3, 3],
                    [16, 8, 3, 3],
                    [400, 10],
                ],
                Small,
                options
            );
            foreach (var row in Singles(name, options))
                yield return row;
        }
    }

    /// <summary>Two convolutions, a pool, two affine layers, dropout before each: logits of 10 classes.</summary>
    private static Tensor Large(ImmutableArray<Layer> layers, ImageBatch batch)
    {
        var (first, second) = batch.Key.Split();
        var x = Relu(Filtered(layers[1], Relu(Filtered(layers[0], batch.Images))));
        x = Dropout(Reshape(MaxPool(x, 2), x.Shape[0], -1), 0.25, first);
        x = Dropout(Relu(MatMul(x, layers[2].Weight) + layers[2].Bias), 0.5, second);
        return MatMul(x, layers[3].Weight) + layers[3].Bias;
    }

    /// <summary>Two convolutions, a pool behind each, and an affine layer.</summary>
    private static Tensor Small(ImmutableArray<Layer> layers, ImageBatch batch)
    {
        var x = MaxPool(Relu(Filtered(layers[0], batch.Images)), 2);
        x = MaxPool(Relu(Filtered(layers[1], x)), 2);
        return MatMul(Reshape(x, x.Shape[0], -1), layers[2].Weight) + layers[2].Bias;
    }

    private static Tensor Filtered(Layer layer, Tensor images) => Convolution(images, layer.Weight) + Reshape(layer.Bias, -1, 1, 1);

    private static Tensor Dropout(Tensor x, double rate, Key key) => x * key.Bernoulli(x.Shape, 1 - rate) / (1 - rate);

    private static Row Training(
        string what,
        Shape[] weights,
        Func<ImmutableArray<Layer>, ImageBatch, Tensor> logits,
        CompileOptions options
    )
    {
        var step = Step(weights, logits, options, Images);
        return Row.Of(what, step, () => Step(weights, logits, options, Verified).Verify(what, Tolerance(options))) with
        {
            Run = step.Steps(),
        };
    }

    /// <summary>A step of Adam on so many images.</summary>
    private static Call Step(Shape[] weights, Func<ImmutableArray<Layer>, ImageBatch, Tensor> logits, CompileOptions options, int images)
    {
        var keys = Key.Of(1).Split(3);
        var net = Evaluate(new Net([.. weights.Select((shape, i) => Random(shape, keys[0].FoldIn((ulong)i)))]));
        var labels = Array.ConvertAll(keys[1].Choice(10, images, replace: true), label => (double)label);
        var batch = Evaluate(new ImageBatch(keys[2].Uniform([images, 1, 28, 28]), OneHot(labels, 10), keys[1]));
        var adam = Optimizers.Adam<Net>(Rate);
        return Call.Of(
            (Pair<State<Net, AdamState<Net>>, ImageBatch> x) =>
                AutoDiff.Optimization.Training.Step(adam, x.First, n => Loss(logits(n.Layers, x.Second), x.Second)),
            new(Evaluate(AutoDiff.Optimization.Training.Init(adam, net)), batch),
            options
        );
    }

    private static Tensor Loss(Tensor logits, ImageBatch batch) => Mean(LogSumExp(logits, 1) - Sum(batch.Targets * logits, 1));

    /// <summary>The second convolution of the larger net, and its gradients.</summary>
    private static IEnumerable<Row> Singles(string name, CompileOptions options)
    {
        return
        [
            Of("convolution", (x, kernel, _) => Convolution(x, kernel)),
            Of("gradient by images", (_, kernel, y) => ConvolutionTranspose(y, kernel, 26, 26)),
            Of("gradient by kernels", (x, _, y) => ConvolutionKernelTranspose(x, y, 3, 3)),
        ];

        Row Of(string what, Func<Tensor, Tensor, Tensor, Tensor> function)
        {
            var call = On(Images, function);
            var row = Row.Of($"{what}, {name}", call, () => On(Verified, function).Verify(what, Tolerance(options)));
            return options.Precision == Precision.Double ? row : row with { Run = call.Singles(options.Threads) };
        }

        Call On(int images, Func<Tensor, Tensor, Tensor, Tensor> function)
        {
            var keys = Key.Of(2).Split(3);
            var (x, kernel) = (keys[0].Normal([images, 32, 26, 26]), keys[1].Normal([64, 32, 3, 3]));
            return Call.Of(
                (Pair<Pair<Tensor, Tensor>, Tensor> at) => function(at.First.First, at.First.Second, at.Second),
                Evaluate(new Pair<Pair<Tensor, Tensor>, Tensor>(new(x, kernel), keys[2].Normal([images, 64, 24, 24]))),
                options
            );
        }
    }

    private static double Tolerance(CompileOptions options) => options.Precision == Precision.Double ? 1e-9 : 1e-4;

    private static Layer Random(Shape shape, Key key)
    {
        var (weight, bias) = key.Split();
        var (inputs, outputs) = shape.Rank == 2 ? (shape[0], shape[1]) : (shape[1] * shape[2] * shape[3], shape[0]);
        return new(weight.Normal(shape, standardDeviation: 1 / Math.Sqrt(inputs)), bias.Normal([outputs], standardDeviation: 0.1));
    }
}
