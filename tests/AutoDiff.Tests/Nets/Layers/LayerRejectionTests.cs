using AutoDiff.Nets;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Nets.Layers;

/// <summary>What a layer does not take it says at once: the message begins with its name, and shows what it got.</summary>
public class LayerRejectionTests
{
    private static readonly Dense Any = new(2);

    private static readonly (string Starts, string Shows, Action Call)[] Settings =
    [
        ("[Dense]", "0 units", () => _ = new Dense(0)),
        ("[Dense]", "-1 units", () => _ = Any with { Units = -1 }),
        ("[Dense]", "null", () => _ = Any with { Weight = null! }),
        ("[Dense]", "null", () => _ = Any with { BiasStart = null! }),
        ("[Convolution1D]", "0 outputs", () => _ = new Convolution1D(0, 1)),
        ("[Convolution1D]", "0 size", () => _ = new Convolution1D(1, 0)),
        ("[Convolution1D]", "0 stride", () => _ = new Convolution1D(1, 1) { Stride = 0 }),
        ("[Convolution1D]", "-2 dilation", () => _ = new Convolution1D(1, 1) { Dilation = -2 }),
        ("[Convolution1D]", "0 groups", () => _ = new Convolution1D(1, 1) { Groups = 0 }),
        ("[Convolution2D]", "1×0 size", () => _ = new Convolution2D(1, (1, 0))),
        ("[Convolution2D]", "0×1 stride", () => _ = new Convolution2D(1, 1) { Stride = (0, 1) }),
        ("[Convolution2D]", "1×0 dilation", () => _ = new Convolution2D(1, 1) { Dilation = (1, 0) }),
        ("[Convolution2D]", "null", () => _ = new Convolution2D(1, 1) { Padding = null! }),
        ("[Convolution2D]", "null", () => _ = new Convolution2D(1, 1) { Weight = null! }),
        ("[Convolution2D]", "null", () => _ = new Convolution2D(1, 1) { BiasStart = null! }),
        ("[ConvolutionTranspose1D]", "-1 output padding", () => _ = new ConvolutionTranspose1D(1, 1) { OutputPadding = -1 }),
        ("[ConvolutionTranspose2D]", "0×-1 output padding", () => _ = new ConvolutionTranspose2D(1, 1) { OutputPadding = (0, -1) }),
        ("[ConvolutionTranspose2D]", "-1×1 stride", () => _ = new ConvolutionTranspose2D(1, 1) { Stride = (-1, 1) }),
        ("[Padding]", "-1", () => _ = (Padding)(-1)),
        ("[Padding]", "-3", () => _ = Padding.Of(0, -3)),
        ("[Padding]", "[1,2]", () => _ = Padding.Of([1], [1, 2])),
        ("[Padding]", "[]", () => _ = Padding.Of([], [])),
        ("[MaxPool1D]", "0 size", () => _ = new MaxPool1D(0)),
        ("[MaxPool1D]", "0 stride", () => _ = new MaxPool1D(1) { Stride = 0 }),
        ("[MaxPool2D]", "0×1 dilation", () => _ = new MaxPool2D(1) { Dilation = (0, 1) }),
        ("[AveragePool2D]", "1×-1 size", () => _ = new AveragePool2D((1, -1))),
        ("[AveragePool1D]", "null", () => _ = new AveragePool1D(1) { Padding = null! }),
        ("[AdaptiveMaxPool1D]", "0 length", () => _ = new AdaptiveMaxPool1D(0)),
        ("[AdaptiveAveragePool2D]", "2×0 size", () => _ = new AdaptiveAveragePool2D((2, 0))),
        ("[Reshape]", "[-2,3]", () => _ = new AutoDiff.Nets.Reshape(-2, 3)),
        ("[Reshape]", "[-1,-1]", () => _ = new AutoDiff.Nets.Reshape(-1, -1)),
        ("[Embedding]", "0 classes", () => _ = new Embedding(0, 1)),
        ("[Embedding]", "0 numbers", () => _ = new Embedding(1, 0)),
        ("[Embedding]", "-1 as", () => _ = new Embedding(1, 1) { PaddingIndex = -1 }),
        ("[Embedding]", "null", () => _ = new Embedding(1, 1) { Weight = null! }),
        ("[Dropout]", "1.5", () => _ = new Dropout(1.5)),
        ("[Dropout]", "NaN", () => _ = new Dropout(double.NaN)),
        ("[SpatialDropout]", "-0.5", () => _ = new SpatialDropout(-0.5)),
        ("[PRelu]", "NaN", () => _ = new PRelu { Start = double.NaN }),
        ("[RRelu]", "low 1, high 0", () => _ = new RRelu(1, 0)),
        ("[RRelu]", "∞", () => _ = new RRelu(0, double.PositiveInfinity)),
        ("[LeakyRelu]", "NaN", () => Activation.LeakyRelu(double.NaN)),
        ("[Elu]", "∞", () => Activation.Elu(double.PositiveInfinity)),
        ("[Celu]", "0", () => Activation.Celu(0)),
        ("[Celu]", "NaN", () => Activation.Celu(double.NaN)),
        ("[Softplus]", "-1", () => Activation.Softplus(-1)),
        ("[Softplus]", "∞", () => Activation.Softplus(double.PositiveInfinity)),
        ("[Swish]", "NaN", () => Activation.Swish(double.NaN)),
        ("[Softshrink]", "-1", () => Activation.Softshrink(-1)),
        ("[Hardshrink]", "NaN", () => Activation.Hardshrink(double.NaN)),
        ("[HardTanh]", "low 1, high 1", () => Activation.HardTanh(1, 1)),
        ("[HardTanh]", "∞", () => Activation.HardTanh(0, double.PositiveInfinity)),
        ("[Threshold]", "NaN", () => Activation.Threshold(0, double.NaN)),
        ("[Lambda]", "null", () => _ = new Lambda(null!)),
        ("[Lambda]", "null", () => _ = new Lambda(Square, null!)),
        ("[Residual]", "null", () => _ = new Residual(null!)),
        ("[Branch]", "null", () => Branch.Sum(Any, null!)),
        ("[Branch]", "no layers", () => Branch.Concatenate(0)),
        ("[Branch]", "null", () => Branch.Combine(null!, Any)),
        ("[Sequential]", "layer 1 is null", () => _ = new Sequential(Any, null!)),
    ];

    private static readonly (string Starts, string Shows, Layer Layer, Shape Input)[] Shapes =
    [
        ("[Dense]", "[]", Any, []),
        ("[Convolution1D]", "[3,4,5]", new Convolution1D(1, 1), [3, 4, 5]),
        ("[Convolution1D]", "3 channels of [3,5]", new Convolution1D(2, 1) { Groups = 2 }, [3, 5]),
        ("[Convolution1D]", "3 outputs", new Convolution1D(3, 1) { Groups = 2 }, [2, 5]),
        ("[Convolution2D]", "[4]", new Convolution2D(1, 1), [4]),
        ("[Convolution2D]", "[1,1,1] before", new Convolution2D(1, 1) { Padding = Padding.Of([1, 1, 1], [0, 0, 0]) }, [1, 4, 4]),
        ("[Convolution]", "[2,1,2,2]", new Convolution2D(1, 3), [1, 2, 2]),
        ("[ConvolutionTranspose1D]", "same", new ConvolutionTranspose1D(1, 2) { Padding = Padding.Same }, [1, 4]),
        ("[ConvolutionTranspose1D]", "output padding [2]", new ConvolutionTranspose1D(1, 2) { Stride = 2, OutputPadding = 2 }, [1, 4]),
        ("[ConvolutionTranspose2D]", "[2,1,1,1]", new ConvolutionTranspose2D(1, 2) { Padding = 1 }, [1, 1, 1]),
        ("[MaxPool1D]", "[4]", new MaxPool1D(2), [4]),
        ("[MaxPool]", "[2,1,1]", new MaxPool1D(2), [1, 1]),
        ("[MaxPool]", "padding 2", new MaxPool1D(2) { Padding = 2 }, [1, 9]),
        ("[AveragePool2D]", "[1,2]", new AveragePool2D(2), [1, 2]),
        ("[GlobalMaxPool]", "[3]", new GlobalMaxPool(), [3]),
        ("[GlobalAveragePool]", "[3,0]", new GlobalAveragePool(), [3, 0]),
        ("[AdaptiveMaxPool2D]", "[2,0,1]", new AdaptiveMaxPool2D(1), [2, 0, 1]),
        ("[AdaptiveAveragePool1D]", "[2,1,1]", new AdaptiveAveragePool1D(1), [2, 1, 1]),
        ("[Reshape]", "[2,3]", new AutoDiff.Nets.Reshape(4, -1), [2, 3]),
        ("[Reshape]", "[2,3]", new AutoDiff.Nets.Reshape(5), [2, 3]),
        ("[Reshape]", "[2,3]", new AutoDiff.Nets.Reshape(0, -1), [2, 3]),
        ("[Embedding]", "padding class 4", new Embedding(4, 2) { PaddingIndex = 4 }, [2]),
        ("[SpatialDropout]", "[3]", new SpatialDropout(), [3]),
        ("[PRelu]", "[]", new PRelu { PerChannel = true }, []),
        ("[Softmax]", "axis 1", Activation.Softmax(1), [3]),
        ("[LogSoftmax]", "axis -2", Activation.LogSoftmax(-2), [3]),
        ("[Softmin]", "axis -1", Activation.Softmin(), []),
        ("[Glu]", "3 elements", Activation.Glu(), [3]),
        ("[nothing]", "null", new Lambda(_ => null!, "nothing"), [3]),
        ("[Lambda]", "[]", new Lambda(x => Sum(x)), [3]),
        ("[Residual]", "[2] of Dense(2) and [3]", new Residual(Any), [3]),
        ("[Residual]", "[2] of Dense(2) and [4]", new Residual(Any, new Dense(4)), [3]),
        ("[Branch.Sum]", "[2,2] and [2,3]", Branch.Sum(Any, Activation.Identity), [3]),
        ("[Branch]", "axis 2", Branch.Concatenate(2, Any), [1, 3]),
    ];

    public static TheoryData<int> OfSettings => [.. Enumerable.Range(0, Settings.Length)];

    public static TheoryData<int> OfShapes => [.. Enumerable.Range(0, Shapes.Length)];

    [Theory]
    [MemberData(nameof(OfSettings))]
    public void SettingsOutOfRangeAreRefused(int row)
    {
        var (starts, shows, call) = Settings[row];
        var problem = Assert.ThrowsAny<ArgumentException>(call);
        Assert.StartsWith(starts, problem.Message, StringComparison.Ordinal);
        Assert.Contains(shows, problem.Message.Replace("Infinity", "∞", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OfShapes))]
    public void ShapesThatDoNotFitAreRefused(int row)
    {
        var (starts, shows, layer, input) = Shapes[row];
        var problem = Assert.ThrowsAny<ArgumentException>(() => new Net(layer, input));
        Assert.StartsWith(starts, problem.Message, StringComparison.Ordinal);
        Assert.Contains(shows, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NullsAreRefused()
    {
        foreach (var layer in (Layer[])[Any, new Convolution1D(1, 1), new ConvolutionTranspose2D(1, 1), new Embedding(1, 1)])
            Assert.Throws<ArgumentNullException>(() => layer.Init(null!, [1, 1]));
        foreach (var layer in (Layer[])[new Convolution2D(1, 1), new Embedding(1, 1), new PRelu(), new Residual(Any), Branch.Sum(Any)])
            Assert.Throws<ArgumentNullException>(() => layer.Apply(null!, Tensor.Zeros([1, 1, 1, 1]), Context.Inference()));
        foreach (var layer in (Layer[])[new Dropout(), new RRelu(), new Residual(Any), new Sequential(), Branch.Sum(Any)])
            Assert.Throws<ArgumentNullException>(() => layer.Apply(TensorMap.Empty, Tensor.Zeros([1, 1]), null!));
        Layer[] ofInputs =
        [
            new Convolution1D(1, 1),
            new MaxPool2D(1),
            new AdaptiveMaxPool1D(1),
            new GlobalMaxPool(),
            new AutoDiff.Nets.Reshape(1),
            new Dropout(),
            new SpatialDropout(),
            new Lambda(Square),
            Activation.Relu,
        ];
        foreach (var layer in ofInputs)
            Assert.Throws<ArgumentNullException>(() => layer.Apply(TensorMap.Empty, null!, Context.Inference()));
        foreach (var layer in (Composite[])[new Residual(Any), new Sequential(), Branch.Sum(Any)])
            Assert.Throws<ArgumentNullException>(() => layer.Parts(null!));
    }

    [Fact]
    public void AScalarIsNoBatch() =>
        Assert.StartsWith(
            "[Relu]",
            Assert.Throws<ArgumentException>(() => Activation.Relu.Apply(TensorMap.Empty, 1, Context.Inference())).Message,
            StringComparison.Ordinal
        );
}
