using System.Text.Json;
using AutoDiff.Nets;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Nets.Layers;

/// <summary>Layers against PyTorch, by Reference/layers_images.py: of Σ w·y + ½ Σ y² the gradient by input and parameters, and a Hessian product.</summary>
public class KnownLayersTests
{
    private static readonly Dictionary<string, Layer> Known = new(StringComparer.Ordinal)
    {
        ["dense"] = new Dense(3),
        ["dense, over the last axis, without bias"] = new Dense(2) { Bias = false },
        ["dense, one by one"] = new Dense(1),
        ["convolution 1-D"] = new Convolution1D(4, 3),
        ["convolution 1-D, all settings"] = new Convolution1D(6, 3)
        {
            Stride = 2,
            Padding = 3,
            Dilation = 2,
            Groups = 2,
        },
        ["convolution 1-D, same, even"] = new Convolution1D(3, 4)
        {
            Padding = Padding.Same,
            Dilation = 3,
            Bias = false,
        },
        ["convolution 1-D, one element"] = new Convolution1D(2, 1),
        ["convolution 2-D"] = new Convolution2D(3, 3),
        ["convolution 2-D, all settings"] = new Convolution2D(2, (3, 2))
        {
            Stride = (2, 3),
            Padding = new HeightWidth(1, 2),
            Dilation = (2, 1),
            Groups = 2,
        },
        ["convolution 2-D, same"] = new Convolution2D(2, (3, 4)) { Padding = Padding.Same },
        ["convolution 2-D, depthwise"] = new Convolution2D(6, 3)
        {
            Padding = 1,
            Groups = 3,
            Bias = false,
        },
        ["convolution 2-D, one element"] = new Convolution2D(1, 3) { Padding = 1 },
        ["convolution 2-D, lopsided"] = new Convolution2D(2, 3) { Stride = 2, Padding = Padding.Of([3, 0], [1, 2]) },
        ["transposed 1-D"] = new ConvolutionTranspose1D(2, 3),
        ["transposed 1-D, all settings"] = new ConvolutionTranspose1D(6, 3)
        {
            Stride = 3,
            Padding = 2,
            OutputPadding = 2,
            Groups = 2,
            Dilation = 2,
        },
        ["transposed 1-D, one element"] = new ConvolutionTranspose1D(1, 2) { Bias = false },
        ["transposed 2-D"] = new ConvolutionTranspose2D(3, 3) { Stride = 2 },
        ["transposed 2-D, all settings"] = new ConvolutionTranspose2D(4, (2, 3))
        {
            Stride = (3, 2),
            Padding = new HeightWidth(1, 0),
            OutputPadding = (2, 1),
            Groups = 2,
            Dilation = (1, 2),
        },
        ["max pool 1-D"] = new MaxPool1D(3),
        ["max pool 1-D, all settings"] = new MaxPool1D(3)
        {
            Stride = 2,
            Padding = 1,
            Dilation = 2,
        },
        ["max pool 2-D"] = new MaxPool2D(2),
        ["max pool 2-D, all settings"] = new MaxPool2D((3, 2))
        {
            Stride = new HeightWidth(1, 2),
            Padding = 1,
            Dilation = (2, 1),
        },
        ["max pool 2-D, one element"] = new MaxPool2D(1),
        ["mean pool 1-D"] = new AveragePool1D(3) { Stride = 2, Padding = 1 },
        ["mean pool 1-D, own elements"] = new AveragePool1D(4)
        {
            Stride = 3,
            Padding = 2,
            CountPadding = false,
        },
        ["mean pool 2-D"] = new AveragePool2D((2, 3)),
        ["mean pool 2-D, padded"] = new AveragePool2D((2, 3)) { Stride = new HeightWidth(1, 2), Padding = 1 },
        ["mean pool 2-D, own elements"] = new AveragePool2D((3, 2))
        {
            Stride = new HeightWidth(2, 1),
            Padding = 1,
            CountPadding = false,
        },
        ["global max pool"] = new GlobalMaxPool(),
        ["global mean pool"] = new GlobalAveragePool(),
        ["adaptive max pool 1-D, 6 to 3"] = new AdaptiveMaxPool1D(3),
        ["adaptive max pool 1-D, 7 to 3"] = new AdaptiveMaxPool1D(3),
        ["adaptive max pool 1-D, 3 to 5"] = new AdaptiveMaxPool1D(5),
        ["adaptive max pool 1-D, 1 to 2"] = new AdaptiveMaxPool1D(2),
        ["adaptive mean pool 1-D, 6 to 3"] = new AdaptiveAveragePool1D(3),
        ["adaptive mean pool 1-D, 7 to 3"] = new AdaptiveAveragePool1D(3),
        ["adaptive mean pool 1-D, 3 to 5"] = new AdaptiveAveragePool1D(5),
        ["adaptive mean pool 1-D, 1 to 2"] = new AdaptiveAveragePool1D(2),
        ["adaptive max pool 2-D, 4×6 to 2×3"] = new AdaptiveMaxPool2D((2, 3)),
        ["adaptive max pool 2-D, 5×7 to 3×4"] = new AdaptiveMaxPool2D((3, 4)),
        ["adaptive max pool 2-D, 3×8 to 5×4"] = new AdaptiveMaxPool2D((5, 4)),
        ["adaptive mean pool 2-D, 4×6 to 2×3"] = new AdaptiveAveragePool2D((2, 3)),
        ["adaptive mean pool 2-D, 5×7 to 3×4"] = new AdaptiveAveragePool2D((3, 4)),
        ["adaptive mean pool 2-D, 3×8 to 5×4"] = new AdaptiveAveragePool2D((5, 4)),
        ["embedding"] = new Embedding(5, 3),
        ["embedding with padding"] = new Embedding(4, 2) { PaddingIndex = 1 },
        ["flatten"] = new Flatten(),
        ["prelu"] = new PRelu(),
        ["prelu by channels"] = new PRelu { PerChannel = true },
        ["rrelu"] = new RRelu(),
        ["softmax"] = Activation.Softmax(),
        ["softmax of channels"] = Activation.Softmax(0),
        ["softmin"] = Activation.Softmin(),
        ["log softmax"] = Activation.LogSoftmax(),
        ["glu"] = Activation.Glu(),
        ["glu of channels"] = Activation.Glu(0),
        ["residual"] = new Residual(new Sequential(new Dense(2), Activation.Tanh), new Dense(2) { Bias = false }),
        ["relu"] = Activation.Relu,
        ["relu6"] = Activation.Relu6,
        ["leaky_relu"] = Activation.LeakyRelu(),
        ["leaky_relu 0.2"] = Activation.LeakyRelu(0.2),
        ["elu"] = Activation.Elu(),
        ["elu 0.5"] = Activation.Elu(0.5),
        ["selu"] = Activation.Selu,
        ["celu"] = Activation.Celu(),
        ["celu 2"] = Activation.Celu(2),
        ["gelu"] = Activation.Gelu,
        ["gelu tanh"] = Activation.GeluTanh,
        ["silu"] = Activation.Silu,
        ["swish 1.5"] = Activation.Swish(1.5),
        ["mish"] = Activation.Mish,
        ["sigmoid"] = Activation.Sigmoid,
        ["log_sigmoid"] = Activation.LogSigmoid,
        ["hard_sigmoid"] = Activation.HardSigmoid,
        ["hard_swish"] = Activation.HardSwish,
        ["tanh"] = Activation.Tanh,
        ["tanhshrink"] = Activation.Tanhshrink,
        ["softplus"] = Activation.Softplus(),
        ["softplus 2"] = Activation.Softplus(2),
        ["softsign"] = Activation.Softsign,
        ["softshrink"] = Activation.Softshrink(),
        ["softshrink 0.25"] = Activation.Softshrink(0.25),
        ["hardshrink"] = Activation.Hardshrink(),
        ["hardshrink 1"] = Activation.Hardshrink(1),
        ["hard_tanh"] = Activation.HardTanh(),
        ["hard_tanh -2 0.5"] = Activation.HardTanh(-2, 0.5),
        ["threshold 0.5 -1"] = Activation.Threshold(0.5, -1),
        ["identity"] = Activation.Identity,
        ["sine"] = Activation.Sine,
    };

    private static readonly JsonElement Rows = ReferenceData.Read("layers_images.json");

    public static TheoryData<string> Cases => [.. Rows.EnumerateArray().Select(Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void OutputGradientsAndHessianProductEqualPyTorch(string name)
    {
        var row = Rows.EnumerateArray().First(candidate => Name(candidate) == name);
        var layer = Known[name.Split(", at kinks")[0].Split(", far")[0]];
        var (x, parameters, weights) = (
            row.GetProperty("x").ShapedTensor(),
            Map(row, "parameters"),
            row.GetProperty("weights").ShapedTensor()
        );
        var start = layer.Init(Key.Of(1), x.Shape.Without([0]));
        Assert.Equal(parameters.Select(Described), start.Select(Described));
        var output = layer.Apply(parameters, x, Context.Inference()).Output;
        var expected = row.GetProperty("output").ShapedTensor();
        Assert.Equal(expected.Shape, output.Shape);
        ReferenceData.AssertClose(expected.ToArray(), output.ToArray(), 1e-12, "output");

        var gradients = Map(row, "gradients");
        var point = TensorMap.Of([.. gradients.Names.Select(key => (key, key == "x" ? x : parameters[key]))]);
        AssertClose(gradients, Grad(Loss, point), "gradient");
        if (row.TryGetProperty("products", out _))
            AssertClose(Map(row, "products"), Hvp(Loss, point, Map(row, "directions")), "Hessian product");

        Tensor Loss(TensorMap at)
        {
            var own = TensorMap.Of([.. at.Where(leaf => leaf.Key != "x").Select(leaf => (leaf.Key, leaf.Value))]);
            var y = layer.Apply(own, at.TryGet("x", out var input) ? input : x, Context.Inference()).Output;
            return Sum((weights * y) + (0.5 * Square(y)));
        }
    }

    [Fact]
    public void EveryLayerHasItsValues() =>
        Assert.Equal(
            Known.Keys.Order(StringComparer.Ordinal),
            Rows.EnumerateArray().Select(row => Name(row).Split(", at kinks")[0].Split(", far")[0]).Distinct().Order(StringComparer.Ordinal)
        );

    private static string Name(JsonElement row) => row.GetProperty("name").GetString()!;

    private static string Described(KeyValuePair<string, Tensor> leaf) => $"{leaf.Key} {leaf.Value.Shape}";

    private static TensorMap Map(JsonElement row, string key) =>
        TensorMap.Of([.. row.GetProperty(key).EnumerateObject().Select(leaf => (leaf.Name, leaf.Value.ShapedTensor()))]);

    private static void AssertClose(TensorMap expected, TensorMap actual, string what)
    {
        Assert.Equal(expected.Names.AsEnumerable(), actual.Names);
        foreach (var (name, values) in expected)
            ReferenceData.AssertClose(values.ToArray(), actual[name].ToArray(), 1e-10, $"{what} of {name}");
    }
}
