using System.Text.Json;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests;

/// <summary>Layers and losses, written with the library's ops, against PyTorch: outputs, and gradients of the output weighted at random.</summary>
public class LayersTests
{
    private delegate Tensor Layer(Func<string, Tensor> x, Func<string, double> option);

    private static readonly Dictionary<string, Layer> Layers = new(StringComparer.Ordinal)
    {
        ["cross_entropy_labels"] = (x, _) => -Mean(Gather(LogSoftmax(x("logits")), x("labels"), 1, 1)),
        ["cross_entropy_label_smoothing"] = (x, option) =>
            -((1 - option("label_smoothing")) * Mean(Gather(LogSoftmax(x("logits")), x("labels"), 1, 1)))
            - (option("label_smoothing") * Mean(LogSoftmax(x("logits")))),
        ["binary_cross_entropy_logits"] = (x, _) => Mean(Softplus(x("logits")) - (x("logits") * x("targets"))),
        ["mse"] = (x, _) => Mean(Square(x("prediction") - x("targets"))),
        ["huber"] = (x, option) => Mean(Huber(x("prediction") - x("targets"), option("delta"))),
        ["kl_div"] = (x, _) => Sum(x("targets") * (Log(x("targets")) - LogSoftmax(x("log_prediction")))) / x("targets").Shape[0],
        ["softmax"] = (x, _) => Softmax(x("x")),
        ["log_softmax"] = (x, _) => LogSoftmax(x("x")),
        ["logsumexp"] = (x, _) => LogSumExp(x("x"), -1),
        ["gelu"] = (x, _) => Gelu(x("x")),
        ["silu"] = (x, _) => Silu(x("x")),
        ["softplus"] = (x, _) => Softplus(x("x")),
        ["elu"] = (x, _) => Elu(x("x")),
        ["selu"] = (x, _) => Selu(x("x")),
        ["leaky_relu"] = (x, _) => LeakyRelu(x("x")),
        ["hardtanh"] = (x, _) => Clamp(x("x"), -1, 1),
        ["softsign"] = (x, _) => x("x") / (1 + Abs(x("x"))),
        ["mish"] = (x, _) => Mish(x("x")),
        ["logsigmoid"] = (x, _) => LogSigmoid(x("x")),
        ["batch_norm_train"] = (x, option) => (Standardized(x("x"), option("eps"), 0) * x("scale")) + x("shift"),
        ["layer_norm"] = (x, option) => (Standardized(x("x"), option("eps"), 1) * x("scale")) + x("shift"),
        ["group_norm"] = (x, option) =>
            (Reshape(Standardized(Reshape(x("x"), 3, 2, 2, 2, 2), option("eps"), 2, 3, 4), 3, 4, 2, 2) * Reshape(x("scale"), 4, 1, 1))
            + Reshape(x("shift"), 4, 1, 1),
        ["instance_norm"] = (x, option) => Standardized(x("x"), option("eps"), 2, 3),
        ["weight_norm"] = (x, _) => x("g") * x("v") / KeepAxes(Norm(x("v"), [1]), x("v").Shape, 1),
        ["conv2d"] = (x, option) => Convolution(x("x"), x("w"), (int)option("stride"), (int)option("padding")) + Reshape(x("b"), 4, 1, 1),
        ["conv2d_stride"] = (x, option) => Convolution(x("x"), x("w"), (int)option("stride"), (int)option("padding")),
        ["max_pool2d"] = (x, option) => MaxPool(x("x"), (int)option("size")),
        ["avg_pool2d"] = (x, option) => AveragePool(x("x"), (int)option("size")),
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
        var layer = Layers[name];
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
            layer(key => x[key], key => data.GetProperty("options").GetProperty(key).GetDouble());
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
        var batches = data.GetProperty("batches").EnumerateArray().Select(ReferenceData.Matrix).ToArray();
        Tensor mean = new double[] { 0, 0, 0 };
        Tensor variance = new double[] { 1, 1, 1 };
        foreach (var batch in batches)
        {
            mean = ((1 - momentum) * mean) + (momentum * Mean(batch, 0));
            variance = ((1 - momentum) * variance) + (momentum * Variance(batch, [0], correction: 1));
        }
        ReferenceData.AssertClose(data.GetProperty("running_mean").Numbers(), mean.ToArray(), 1e-13, "mean");
        ReferenceData.AssertClose(data.GetProperty("running_var").Numbers(), variance.ToArray(), 1e-13, "variance");
        var evaluated = (batches[0] - mean) / Sqrt(variance + epsilon);
        ReferenceData.AssertClose(data.GetProperty("evaluated").Matrix().ToArray(), evaluated.ToArray(), 1e-12, "evaluated");
    }

    private static Tensor Input(JsonProperty input) =>
        input.Name == "labels" ? input.Value.GetProperty("data").Numbers() : input.Value.ShapedTensor();

    private static Tensor Standardized(Tensor x, double epsilon, params int[] axes) =>
        (x - KeepAxes(Mean(x, axes), x.Shape, axes)) / Sqrt(KeepAxes(Variance(x, axes), x.Shape, axes) + epsilon);

    private static Tensor Huber(Tensor error, double delta) =>
        Where(Abs(error) <= delta, 0.5 * Square(error), delta * (Abs(error) - (0.5 * delta)));
}
