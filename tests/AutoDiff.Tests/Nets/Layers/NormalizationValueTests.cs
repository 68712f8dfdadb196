using System.Text.Json;
using AutoDiff.Nets;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Nets;

/// <summary>Normalizations against PyTorch, and against their papers' equations where it has none: outputs, states, gradients and Hessian products.</summary>
public class NormalizationValueTests
{
    private static readonly Dictionary<string, Layer> Layers = new(StringComparer.Ordinal)
    {
        ["batch, features"] = new BatchNormalization(),
        ["batch, signals"] = new BatchNormalization { Epsilon = 0.01, Decay = 0.7 },
        ["batch, images"] = new BatchNormalization(),
        ["batch, not affine"] = new BatchNormalization { Affine = false },
        ["batch, no running statistics"] = new BatchNormalization { RunningStatistics = false },
        ["layer, one axis"] = new LayerNormalization(),
        ["layer, two axes"] = new LayerNormalization { Axes = 2, Epsilon = 0.02 },
        ["layer, not affine"] = new LayerNormalization { Affine = false },
        ["instance, signals"] = new InstanceNormalization(),
        ["instance, images"] = new InstanceNormalization
        {
            Epsilon = 0.03,
            Decay = 0.7,
            Affine = true,
            RunningStatistics = true,
        },
        ["group, features"] = new GroupNormalization(2),
        ["group, images"] = new GroupNormalization(2) { Epsilon = 0.02 },
        ["group, not affine"] = new GroupNormalization(3) { Affine = false },
        ["rms, one axis"] = new RmsNormalization(),
        ["rms, two axes"] = new RmsNormalization { Axes = 2, Epsilon = 0.02 },
        ["renorm, features"] = new BatchRenormalization(),
        ["renorm, clipped"] = new BatchRenormalization
        {
            Decay = 0.8,
            MaxRatio = 1.1,
            MaxShift = 0.05,
        },
        ["weight, dense"] = new WeightNormalized(new Dense(3)),
        ["weight, kernels"] = new WeightNormalized(new Convolution1D(3, 2)),
        ["spectral, dense"] = new SpectralNormalized(new Dense(3)),
        ["spectral, kernels"] = new SpectralNormalized(new Convolution1D(3, 2)) { Iterations = 2 },
    };

    public static TheoryData<string> Cases => [.. Rows().Select(row => row.GetProperty("name").GetString()!)];

    [Fact]
    public void EveryLayerHasValues() => Assert.Equal(Layers.Keys, Rows().Select(row => row.GetProperty("name").GetString()!));

    [Theory]
    [MemberData(nameof(Cases))]
    public void OutputStateGradientAndHessianProductEqualThoseOfPyTorch(string name)
    {
        var (layer, row) = (Layers[name], Rows().Single(row => row.GetProperty("name").GetString() == name));
        var parameters = Map(row.GetProperty("parameters"));
        var batches = row.GetProperty("batches").EnumerateArray().Select(ReferenceData.ShapedTensor).ToArray();
        var example = batches[0].Shape.Without([0]);
        Assert.Equal(Shapes(layer.Init(Key.Of(1), example)), Shapes(parameters));
        Assert.Equal(Shapes(layer.InitState(example)), Shapes(Map(row.GetProperty("before"))));

        var state = Map(row.GetProperty("before"));
        foreach (var (batch, after) in batches.Zip(row.GetProperty("after").EnumerateArray()))
        {
            state = layer.Apply(parameters, batch, Context.Training(state: state)).State;
            AssertClose(after, state);
        }
        Check(Context.Training(state: state), row.GetProperty("training"));
        Check(Context.Inference(state), row.GetProperty("inference"));
        AssertClose(row.GetProperty("after")[2], layer.Apply(parameters, batches[0], Context.Inference(state)).State);

        void Check(Context context, JsonElement expected)
        {
            var weights = ReshapeTo(row.GetProperty("weights").Numbers(), expected.GetProperty("output").ShapedTensor().Shape);
            var point = new Pair<Tensor, TensorMap>(batches[0], parameters);
            var direction = TreeMath.Unravel(
                point,
                row.GetProperty("directions").EnumerateObject().SelectMany(leaf => leaf.Value.Numbers()).ToArray()
            );
            var actual = layer.Apply(parameters, batches[0], context).Output;
            ReferenceData.AssertClose(expected.GetProperty("output").GetProperty("data").Numbers(), actual.ToArray(), 1e-12, "output");
            AssertLeaves(expected.GetProperty("gradients"), Grad<Pair<Tensor, TensorMap>>(Weighted)(point), "gradient");
            AssertLeaves(expected.GetProperty("products"), Hvp<Pair<Tensor, TensorMap>>(Weighted)(point, direction), "Hessian product");

            Tensor Weighted(Pair<Tensor, TensorMap> at) => Sum(layer.Apply(at.Second, at.First, context).Output * weights);
        }
    }

    public static TheoryData<string> Sheets => ["batch_norm_train", "layer_norm", "group_norm", "instance_norm"];

    [Theory]
    [MemberData(nameof(Sheets))]
    public void LayersOfTheCommonSheetEqualPyTorch(string name)
    {
        var row = Sheet(name);
        var epsilon = row.GetProperty("options").GetProperty("eps").GetDouble();
        Layer layer = name switch
        {
            "batch_norm_train" => new BatchNormalization { Epsilon = epsilon, RunningStatistics = false },
            "layer_norm" => new LayerNormalization { Epsilon = epsilon },
            "group_norm" => new GroupNormalization(2) { Epsilon = epsilon },
            _ => new InstanceNormalization { Epsilon = epsilon },
        };
        var inputs = Map(row.GetProperty("inputs"));
        var weights = ReshapeTo(row.GetProperty("weights").Numbers(), inputs["x"].Shape);
        var output = layer.Apply(inputs, inputs["x"], Context.Training()).Output;
        ReferenceData.AssertClose(row.GetProperty("output").GetProperty("data").Numbers(), output.ToArray(), 1e-12, "output");
        var gradient = Grad((TensorMap at) => Sum(layer.Apply(at, at["x"], Context.Training()).Output * weights), inputs);
        foreach (var expected in row.GetProperty("gradients").EnumerateObject())
            ReferenceData.AssertClose(expected.Value.Numbers(), gradient[expected.Name].ToArray(), 1e-10, expected.Name);
    }

    [Fact]
    public void RunningStatisticsOfTheCommonSheetEqualPyTorch()
    {
        var row = Sheet("batch_norm_running");
        var options = row.GetProperty("options");
        var layer = new BatchNormalization
        {
            Affine = false,
            Epsilon = options.GetProperty("eps").GetDouble(),
            Decay = 1 - options.GetProperty("momentum").GetDouble(),
        };
        var batches = row.GetProperty("batches").EnumerateArray().Select(ReferenceData.Matrix).ToArray();
        var state = batches.Aggregate(
            layer.InitState([3]),
            (state, batch) => layer.Apply(TensorMap.Empty, batch, Context.Training(state: state)).State
        );
        ReferenceData.AssertClose(row.GetProperty("running_mean").Numbers(), state["mean"].ToArray(), 1e-13, "mean");
        ReferenceData.AssertClose(row.GetProperty("running_var").Numbers(), state["variance"].ToArray(), 1e-13, "variance");
        var evaluated = layer.Apply(TensorMap.Empty, batches[0], Context.Inference(state)).Output;
        ReferenceData.AssertClose(row.GetProperty("evaluated").Matrix().ToArray(), evaluated.ToArray(), 1e-12, "evaluated");
    }

    private static JsonElement Sheet(string name) =>
        ReferenceData.Read("layers.json").EnumerateArray().First(row => row.GetProperty("name").GetString() == name);

    private static void AssertLeaves(JsonElement expected, Pair<Tensor, TensorMap> actual, string what)
    {
        var scale = expected.EnumerateObject().SelectMany(leaf => leaf.Value.Numbers()).Max(Math.Abs);
        foreach (var leaf in expected.EnumerateObject())
        {
            var values = (leaf.Name == "x" ? actual.First : actual.Second[leaf.Name]).ToArray();
            Assert.All(
                leaf.Value.Numbers().Zip(values),
                pair =>
                    Assert.True(
                        Math.Abs(pair.First - pair.Second) <= 1e-10 * scale,
                        $"{what} by {leaf.Name}: expected {pair.First}, got {pair.Second}"
                    )
            );
        }
    }

    private static void AssertClose(JsonElement expected, TensorMap actual)
    {
        Assert.Equal(expected.EnumerateObject().Select(entry => entry.Name).Order(), actual.Names.Order());
        foreach (var entry in expected.EnumerateObject())
            ReferenceData.AssertClose(entry.Value.GetProperty("data").Numbers(), actual[entry.Name].ToArray(), 1e-12, entry.Name);
    }

    private static JsonElement.ArrayEnumerator Rows() => ReferenceData.Read("layers_normalizations.json").EnumerateArray();

    private static TensorMap Map(JsonElement entries) =>
        TensorMap.Of([.. entries.EnumerateObject().Select(entry => (entry.Name, entry.Value.ShapedTensor()))]);

    private static string[] Shapes(TensorMap map) => [.. map.Select(entry => $"{entry.Key} {entry.Value.Shape}")];
}
