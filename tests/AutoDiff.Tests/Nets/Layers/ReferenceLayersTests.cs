using AutoDiff.Nets;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Nets.Layers;

/// <summary>Layers against the file of PyTorch's that <c>LayersTests</c> compares the ops with.</summary>
public class ReferenceLayersTests
{
    private static readonly Dictionary<string, Layer> Known = new(StringComparer.Ordinal)
    {
        ["softmax"] = Activation.Softmax(),
        ["log_softmax"] = Activation.LogSoftmax(),
        ["gelu"] = Activation.Gelu,
        ["silu"] = Activation.Silu,
        ["softplus"] = Activation.Softplus(),
        ["elu"] = Activation.Elu(),
        ["selu"] = Activation.Selu,
        ["leaky_relu"] = Activation.LeakyRelu(),
        ["hardtanh"] = Activation.HardTanh(),
        ["softsign"] = Activation.Softsign,
        ["mish"] = Activation.Mish,
        ["logsigmoid"] = Activation.LogSigmoid,
        ["conv2d"] = new Convolution2D(4, 3) { Padding = 1 },
        ["conv2d_stride"] = new Convolution2D(3, 3) { Stride = 2, Bias = false },
        ["max_pool2d"] = new MaxPool2D(2),
        ["avg_pool2d"] = new AveragePool2D(2),
    };

    public static TheoryData<string> Cases => [.. Known.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void OutputAndGradientsEqualPyTorch(string name)
    {
        var data = ReferenceData.Read("layers.json").EnumerateArray().First(layer => layer.GetProperty("name").GetString() == name);
        var point = TensorMap.Of([
            .. data.GetProperty("inputs").EnumerateObject().Select(input => (input.Name, input.Value.ShapedTensor())),
        ]);
        ReferenceData.AssertClose(data.GetProperty("output").GetProperty("data").Numbers(), Output(point).ToArray(), 1e-12, "output");
        Tensor weights = data.GetProperty("weights").Numbers();
        var gradient = Grad(at => Sum(Reshape(Output(at), -1) * weights), point);
        foreach (var expected in data.GetProperty("gradients").EnumerateObject())
            ReferenceData.AssertClose(expected.Value.Numbers(), gradient[expected.Name].ToArray(), 1e-10, $"gradient of {expected.Name}");

        Tensor Output(TensorMap at)
        {
            var parameters = at.Where(leaf => leaf.Key != "x").Select(leaf => (leaf.Key == "w" ? "weight" : "bias", leaf.Value));
            return Known[name].Apply(TensorMap.Of([.. parameters]), at["x"], Context.Inference()).Output;
        }
    }
}
