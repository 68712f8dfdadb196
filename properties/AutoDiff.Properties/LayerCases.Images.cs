using AutoDiff.Nets;

namespace AutoDiff.Properties;

public static partial class LayerCases
{
    private static LayerCase[] Images =>
        [
            new("convolution, 1-D", new Convolution1D(2, 3) { Padding = 1 }, [2, 4]),
            new(
                "convolution, 1-D, lopsided",
                new Convolution1D(2, 2)
                {
                    Stride = 2,
                    Padding = Padding.Of(2, 1),
                    Bias = false,
                },
                [1, 4]
            ),
            new("convolution, 2-D", new Convolution2D(2, (2, 3)) { Padding = new HeightWidth(0, 1) }, [2, 3, 3]),
            new(
                "convolution, 2-D, same",
                new Convolution2D(1, 2)
                {
                    Padding = Padding.Same,
                    Stride = (2, 1),
                    Dilation = (1, 2),
                },
                [1, 3, 4]
            ),
            new("convolution, 2-D, depthwise", new Convolution2D(4, 2) { Groups = 2 }, [2, 3, 2]),
            new(
                "transposed convolution, 1-D",
                new ConvolutionTranspose1D(2, 3)
                {
                    Stride = 2,
                    Padding = 1,
                    OutputPadding = 1,
                },
                [2, 3]
            ),
            new("transposed convolution, 2-D", new ConvolutionTranspose2D(2, (2, 1)) { Stride = (1, 2), Groups = 2 }, [2, 2, 2]),
            new("max pooling, 1-D", new MaxPool1D(2) { Stride = 1, Padding = 1 }, [2, 4]),
            new("max pooling, 2-D", new MaxPool2D((2, 1)) { Dilation = (2, 1), Stride = 1 }, [1, 4, 2]),
            new("mean pooling, 1-D", new AveragePool1D(2), [2, 5]),
            new(
                "mean pooling, 2-D, its own elements",
                new AveragePool2D(3)
                {
                    Stride = 2,
                    Padding = 1,
                    CountPadding = false,
                },
                [1, 4, 3]
            ),
            new("global max pooling", new GlobalMaxPool(), [2, 2, 2]),
            new("global mean pooling", new GlobalAveragePool(), [2, 3]),
            new("adaptive max pooling, 1-D", new AdaptiveMaxPool1D(3), [2, 5]),
            new("adaptive max pooling, 2-D", new AdaptiveMaxPool2D((2, 3)), [1, 4, 4]),
            new("adaptive mean pooling, 1-D", new AdaptiveAveragePool1D(4), [1, 3]),
            new("adaptive mean pooling, 2-D", new AdaptiveAveragePool2D((2, 1)), [2, 3, 2]),
            new("flatten", new Flatten(), [2, 1, 3]),
            new("reshape", new AutoDiff.Nets.Reshape(3, -1), [2, 1, 3]),
            new("embedding", new Embedding(4, 3), [2]) { IsDifferentiable = false, Inputs = Classes },
            new("embedding, of one number", new Embedding(5, 2), []) { IsDifferentiable = false, Inputs = Classes },
            new("embedding, padded", new Embedding(4, 3) { PaddingIndex = 3 }, [2])
            {
                IsDifferentiable = false,
                StopsGradients = true,
                Inputs = Classes,
            },
        ];

    private static LayerCase[] Activations =>
        [
            .. new[]
            {
                Activation.Identity,
                Activation.Relu,
                Activation.Relu6,
                Activation.Selu,
                Activation.Gelu,
                Activation.GeluTanh,
                Activation.Silu,
                Activation.Mish,
                Activation.Sigmoid,
                Activation.LogSigmoid,
                Activation.HardSigmoid,
                Activation.HardSwish,
                Activation.Tanh,
                Activation.Tanhshrink,
                Activation.Softsign,
                Activation.Sine,
                Activation.LeakyRelu(),
                Activation.Elu(0.5),
                Activation.Celu(2),
                Activation.Softplus(2),
                Activation.Swish(0.5),
                Activation.Softshrink(),
                Activation.Hardshrink(),
                Activation.HardTanh(-1.5, 0.5),
                Activation.Threshold(0.25, -1),
                Activation.Softmax(),
                Activation.Softmin(0),
                Activation.LogSoftmax(0),
                Activation.Glu(),
            }.Select(activation => new LayerCase(activation.Name, activation, [3, 2])),
            new("PRelu", new PRelu(), [3]),
            new("PRelu, a slope for each channel", new PRelu { PerChannel = true, Start = 0.5 }, [2, 3]),
            new("RRelu", new RRelu(), [4]),
            new("dropout", new Dropout(0.25), [3, 2]),
            new("dropout of channels", new SpatialDropout(0.25), [3, 2]),
        ];

    private static LayerCase[] Composites =>
        [
            new("convolutions", new Sequential(new Convolution2D(3, 2), Activation.Tanh, new Convolution2D(2, (1, 2))), [2, 3, 4])
            {
                Units = new(3, ("layers.0.weight", 0, 1), ("layers.0.bias", 0, 1), ("layers.2.weight", 1, 1)),
            },
            new(
                "convolutions, normalized",
                new Sequential(
                    new Convolution1D(3, 2) { Bias = false },
                    new BatchNormalization(),
                    Activation.Relu,
                    new Convolution1D(1, 2)
                ),
                [2, 4]
            )
            {
                MixesExamples = true,
                Units = new(
                    3,
                    ("layers.0.weight", 0, 1),
                    ("layers.1.scale", 0, 1),
                    ("layers.1.shift", 0, 1),
                    ("layers.1.mean", 0, 1),
                    ("layers.1.variance", 0, 1),
                    ("layers.3.weight", 1, 1)
                ),
            },
            new(
                "transposed convolutions",
                new Sequential(new ConvolutionTranspose1D(3, 2), Activation.Tanh, new ConvolutionTranspose1D(2, 2)),
                [2, 3]
            )
            {
                Units = new(3, ("layers.0.weight", 1, 1), ("layers.0.bias", 0, 1), ("layers.2.weight", 0, 1)),
            },
            new("lambda", new Lambda(Ops.Square), [3]),
            new("residual", new Residual(new Sequential(new Dense(3), Activation.Tanh)), [3]),
            new("residual with a shortcut", new Residual(new Dense(2), new Dense(2) { Bias = false }), [3]),
            new("branch, summed", Branch.Sum(new Dense(2), new Dropout(0.5), Activation.Tanh), [2]),
            new(
                "parallel, one after another",
                Branch.Concatenate(0, new Convolution1D(2, 1), new MaxPool1D(3) { Stride = 1, Padding = 1 }),
                [2, 3]
            ),
            new("branch, multiplied", Branch.Combine(outputs => outputs[0] * outputs[1], new Dense(2), new Dense(2)), [3]),
        ];

    private static Tensor Classes(Key key, Shape shape) => Ops.Floor(key.Uniform(shape, 0, 4));
}
