using System.Numerics.Tensors;
using static AutoDiff.Ops;

namespace AutoDiff.Benchmarks;

/// <summary>A convolutional net for images of 8×8 pixels: two layers of 3×3 filters, tanh behind each, and an affine one.</summary>
[TensorTree]
internal sealed partial record ConvolutionNet(Layer First, Layer Second, Layer Last)
{
    /// <summary>The mean cross-entropy on a batch, whose rows are images [batch, 1, 8, 8].</summary>
    public Tensor Loss(Batch batch)
    {
        var images = Tanh(Filtered(Second, Tanh(Filtered(First, batch.Rows))));
        var logits = MatMul(Reshape(images, images.Shape[0], -1), Last.Weight) + Last.Bias;
        return Mean(LogSumExp(logits, 1) - Sum(batch.Targets * logits, 1));
    }

    private static Tensor Filtered(Layer layer, Tensor images) => Convolution(images, layer.Weight) + layer.Bias;
}

/// <summary>What is timed on signals: a convolutional net, Fourier transforms.</summary>
internal static class SignalRows
{
    public const string Name = "signals";
    private const int Images = 256;

    private static readonly int[] Lengths = [1024, 4096, 65536, 10007, 59049];

    public static IEnumerable<Row> Of() => [.. Net(), .. Lengths.Select(Fourier)];

    private static Row[] Net()
    {
        var keys = Key.Of(5).Split(3);
        var (point, direction) = (Random(keys[0]), Random(keys[1]));
        var (pixels, classes) = keys[2].Split();
        var labels = Array.ConvertAll(classes.Choice(10, Images, replace: true), label => (double)label);
        var batch = Transforms.Evaluate(new Batch(pixels.Uniform([Images, 1, 8, 8]), OneHot(labels, 10)));
        var loss = Call.Of((Pair<ConvolutionNet, Batch> at) => at.First.Loss(at.Second), new(point, batch));
        var gradient = Call.Of(
            (Pair<ConvolutionNet, Batch> at) => Transforms.Grad(net => net.Loss(at.Second), at.First),
            new(point, batch)
        );
        var product = Call.Of(
            (Pair<Pair<ConvolutionNet, Batch>, ConvolutionNet> at) =>
                Transforms.Hvp(net => net.Loss(at.First.Second), at.First.First, at.Second),
            new(new(point, batch), direction)
        );
        double[][] vector = [.. TreeMath.Leaves(direction).Select(leaf => leaf.ToArray())];
        return
        [
            Row.Of("convolutional net, gradient", gradient, VerifyGradient),
            Row.Of("convolutional net, hvp", product, () => Check.Derivative("convolutional net, hvp", gradient, vector, product.Values())),
        ];

        void VerifyGradient()
        {
            loss.Verify("convolutional net");
            var slope = TensorPrimitives.Dot<double>(gradient.Values(), [.. vector.SelectMany(x => x)]);
            Check.Derivative("convolutional net, gradient", loss, vector, [slope]);
        }
    }

    private static ConvolutionNet Random(Key key)
    {
        var keys = key.Split(3);
        return Transforms.Evaluate(
            new ConvolutionNet(
                Layer(keys[0], [8, 1, 3, 3], [8, 1, 1], 9),
                Layer(keys[1], [16, 8, 3, 3], [16, 1, 1], 72),
                Layer(keys[2], [256, 10], [10], 256)
            )
        );
    }

    private static Layer Layer(Key key, Shape weight, Shape bias, int inputs)
    {
        var (first, second) = key.Split();
        return new(first.Normal(weight, standardDeviation: 1 / Math.Sqrt(inputs)), second.Normal(bias, standardDeviation: 0.1));
    }

    private static Row Fourier(int length)
    {
        var (real, imaginary) = Key.Of(6).Split();
        var signal = Transforms.Evaluate(new Pair<Tensor, Tensor>(real.Normal([length]), imaginary.Normal([length])));
        var there = Call.Of((Pair<Tensor, Tensor> x) => Transformed(Fft(x.First, x.Second)), signal);
        var andBack = Call.Of((Pair<Tensor, Tensor> x) => Transformed(Back(Fft(x.First, x.Second))), signal);
        return Row.Of(
            $"fft of {length}",
            there,
            () => Check.Close("fft and back", [.. andBack.Inputs.SelectMany(x => x)], andBack.Values(), 1e-12)
        );

        static Pair<Tensor, Tensor> Transformed((Tensor Real, Tensor Imaginary) x) => new(x.Real, x.Imaginary);

        static (Tensor Real, Tensor Imaginary) Back((Tensor Real, Tensor Imaginary) x) => InverseFft(x.Real, x.Imaginary);
    }
}
