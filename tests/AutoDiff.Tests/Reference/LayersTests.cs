using System.Text.Json;
using AutoDiff.Nets;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests;

/// <summary>Layers, losses and ops against PyTorch: outputs, and gradients of the output weighted at random.</summary>
public class LayersTests
{
    private delegate Tensor Function(Func<string, Tensor> x, Func<string, double> option);

    private static readonly Dictionary<string, Function> Functions = new(StringComparer.Ordinal)
    {
        ["cross_entropy_labels"] = (x, _) => Losses.CrossEntropy(x("logits"), x("labels")),
        ["cross_entropy_label_smoothing"] = (x, option) =>
            Losses.CrossEntropy(x("logits"), x("labels"), labelSmoothing: option("label_smoothing")),
        ["binary_cross_entropy_logits"] = (x, _) => Losses.BinaryCrossEntropyWithLogits(x("logits"), x("targets")),
        ["mse"] = (x, _) => Losses.MeanSquared(x("prediction"), x("targets")),
        ["huber"] = (x, option) => Losses.Huber(x("prediction"), x("targets"), option("delta")),
        ["kl_div"] = (x, _) => Losses.KullbackLeibler(LogSoftmax(x("log_prediction")), x("targets")),
        ["softmax"] = Of(Activation.Softmax()),
        ["log_softmax"] = Of(Activation.LogSoftmax()),
        ["logsumexp"] = (x, _) => LogSumExp(x("x"), -1),
        ["gelu"] = Of(Activation.Gelu),
        ["silu"] = Of(Activation.Silu),
        ["softplus"] = Of(Activation.Softplus()),
        ["elu"] = Of(Activation.Elu()),
        ["selu"] = Of(Activation.Selu),
        ["leaky_relu"] = Of(Activation.LeakyRelu()),
        ["hardtanh"] = Of(Activation.HardTanh()),
        ["softsign"] = Of(Activation.Softsign),
        ["mish"] = Of(Activation.Mish),
        ["logsigmoid"] = Of(Activation.LogSigmoid),
        ["batch_norm_train"] = (x, option) => Scaled(new BatchNormalization { Epsilon = option("eps") }, x),
        ["layer_norm"] = (x, option) => Scaled(new LayerNormalization { Epsilon = option("eps") }, x),
        ["group_norm"] = (x, option) => Scaled(new GroupNormalization((int)option("groups")) { Epsilon = option("eps") }, x),
        ["instance_norm"] = (x, option) => Applied(new InstanceNormalization { Epsilon = option("eps") }, TensorMap.Empty, x("x")),
        ["weight_norm"] = (x, _) =>
            // Outputs are rows in PyTorch; each example of the identity is multiplied into a row of the weight's transpose.
            Transpose(
                Applied(
                    new WeightNormalized(new Dense(4) { Bias = false }),
                    TensorMap.Of(("weight.direction", Transpose(x("v"))), ("weight.length", Reshape(x("g"), 4))),
                    Tensor.Eye(3)
                )
            ),
        ["conv2d"] = (x, option) =>
            Applied(
                new Convolution2D(4, 3) { Stride = (int)option("stride"), Padding = (int)option("padding") },
                TensorMap.Of(("weight", x("w")), ("bias", x("b"))),
                x("x")
            ),
        ["conv2d_stride"] = (x, option) =>
            Applied(
                new Convolution2D(3, 3)
                {
                    Stride = (int)option("stride"),
                    Padding = (int)option("padding"),
                    Bias = false,
                },
                TensorMap.Of(("weight", x("w"))),
                x("x")
            ),
        ["max_pool2d"] = (x, option) => Applied(new MaxPool2D((int)option("size")), TensorMap.Empty, x("x")),
        ["avg_pool2d"] = (x, option) => Applied(new AveragePool2D((int)option("size")), TensorMap.Empty, x("x")),
        ["einsum_bij_bjk"] = (x, _) => Einsum("bij,bjk->bik", x("a"), x("b")),
        ["cumsum"] = (x, _) => CumulativeSum(x("x"), 1),
    };

    public static TheoryData<string> Cases =>
        [
            .. ReferenceData
                .Read("layers.json")
                .EnumerateArray()
                .Where(layer => layer.TryGetProperty("inputs", out _))
                .Select(layer => layer.GetProperty("name").GetString()!),
        ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void OutputAndGradientsEqualPyTorch(string name)
    {
        var data = ReferenceData.Read("layers.json").EnumerateArray().First(layer => layer.GetProperty("name").GetString() == name);
        var inputs = data.GetProperty("inputs").EnumerateObject().ToDictionary(input => input.Name, Input, StringComparer.Ordinal);
        var function = Functions[name];
        ReferenceData.AssertClose(data.GetProperty("output").GetProperty("data").Numbers(), Output(inputs).ToArray(), 1e-12, "output");
        Tensor weights = data.GetProperty("weights").Numbers();
        foreach (var expected in data.GetProperty("gradients").EnumerateObject())
        {
            var gradient = Grad(
                x => Sum(Reshape(Output(new(inputs, StringComparer.Ordinal) { [expected.Name] = x }), -1) * weights),
                inputs[expected.Name]
            );
            ReferenceData.AssertClose(expected.Value.Numbers(), gradient.ToArray(), 1e-10, $"gradient of {expected.Name}");
        }

        Tensor Output(Dictionary<string, Tensor> x) =>
            function(key => x[key], key => data.GetProperty("options").GetProperty(key).GetDouble());
    }

    [Fact]
    public void RunningStatisticsOfBatchNormalizationEqualPyTorch()
    {
        var data = ReferenceData
            .Read("layers.json")
            .EnumerateArray()
            .First(layer => layer.GetProperty("name").GetString() == "batch_norm_running");
        var (momentum, epsilon) = (
            data.GetProperty("options").GetProperty("momentum").GetDouble(),
            data.GetProperty("options").GetProperty("eps").GetDouble()
        );
        var layer = new BatchNormalization
        {
            Decay = 1 - momentum,
            Epsilon = epsilon,
            Affine = false,
        };
        var batches = data.GetProperty("batches").EnumerateArray().Select(ReferenceData.Matrix).ToArray();
        var state = layer.InitState([3]);
        foreach (var batch in batches)
            state = layer.Apply(TensorMap.Empty, batch, Context.Training(state: state)).State;
        ReferenceData.AssertClose(data.GetProperty("running_mean").Numbers(), state["mean"].ToArray(), 1e-13, "mean");
        ReferenceData.AssertClose(data.GetProperty("running_var").Numbers(), state["variance"].ToArray(), 1e-13, "variance");
        var evaluated = layer.Apply(TensorMap.Empty, batches[0], Context.Inference(state)).Output;
        ReferenceData.AssertClose(data.GetProperty("evaluated").Matrix().ToArray(), evaluated.ToArray(), 1e-12, "evaluated");
    }

    private static Function Of(Activation activation) => (x, _) => Applied(activation, TensorMap.Empty, x("x"));

    private static Tensor Scaled(Layer layer, Func<string, Tensor> x) =>
        Applied(layer, TensorMap.Of(("scale", x("scale")), ("shift", x("shift"))), x("x"));

    private static Tensor Applied(Layer layer, TensorMap parameters, Tensor x) =>
        layer.Apply(parameters, x, Context.Training(state: layer.InitState(x.Shape.Without([0])))).Output;

    private static Tensor Input(JsonProperty input) =>
        input.Name == "labels" ? input.Value.GetProperty("data").Numbers() : input.Value.ShapedTensor();
}
