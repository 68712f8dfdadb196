using AutoDiff.Nets;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Nets;

/// <summary>Normalizations of single examples, batch renormalization and standardization at the edges, and what they refuse.</summary>
public class NormalizationTests
{
    private static readonly TensorMap None = TensorMap.Empty;

    public static TheoryData<string, Layer> OfSingleExamples =>
        new()
        {
            {
                "layer",
                new LayerNormalization { Axes = 2 }
            },
            {
                "rms",
                new RmsNormalization { Axes = 2 }
            },
            { "group", new GroupNormalization(2) },
            { "instance", new InstanceNormalization() },
        };

    [Theory]
    [MemberData(nameof(OfSingleExamples))]
    public void AnExampleIsNormalizedByItselfInTrainingAndInference(string name, Layer layer)
    {
        var x = Key.Of(1).Normal([3, 4, 5]);
        var parameters = layer.Init(Key.Of(0), [4, 5]);
        var output = layer.Apply(parameters, x, Context.Training()).Output;
        Assert.Equal(output.ToArray(), layer.Apply(parameters, x, Context.Inference()).Output.ToArray());
        ReferenceData.AssertClose(output[1].ToArray(), layer.Apply(parameters, x[1..2], Context.Training()).Output.ToArray(), 1e-14, name);
        Assert.Equal(0, layer.Apply(parameters, x, Context.Training()).State.Count);
    }

    [Theory]
    [MemberData(nameof(OfSingleExamples))]
    public void ZerosComeOutAsZerosWithFiniteDerivatives(string name, Layer layer)
    {
        var (parameters, x) = (layer.Init(Key.Of(0), [4, 5]), Tensor.Zeros([2, 4, 5]));
        Assert.All(layer.Apply(parameters, x, Context.Training()).Output.ToArray(), value => Assert.Equal(0, value));
        Func<Tensor, Tensor> loss = at => Sum(Exp(layer.Apply(parameters, at, Context.Training()).Output));
        var product = Hvp(loss)(x, Key.Of(2).Normal(x.Shape)).ToArray();
        Assert.All(product, value => Assert.True(double.IsFinite(value), name));
        Assert.Contains(product, value => value != 0);
    }

    [Fact]
    public void MeansFarAboveTheDeviationCostNoDigits()
    {
        var wave = Reshape(Where(Equal(Modulo(Tensor.Range(24), 2), 0), 1.0, -1.0), 1, 4, 6);
        foreach (var row in OfSingleExamples.Where(row => row.Data.Item1 != "rms"))
        {
            var layer = row.Data.Item2;
            var output = layer.Apply(layer.Init(Key.Of(0), [4, 6]), 1e9 + wave, Context.Training()).Output / wave;
            Assert.All(output.ToArray(), value => Assert.Equal(1 / Math.Sqrt(1 + 1e-5), value, 1e-6));
        }
    }

    [Fact]
    public void GroupsLieBetweenLayerAndInstance()
    {
        var x = Key.Of(3).Normal([2, 4, 5]);
        var one = new GroupNormalization(1).Apply(new GroupNormalization(1).Init(Key.Of(0), [4, 5]), x, Context.Training()).Output;
        var whole = new LayerNormalization { Axes = 2, Affine = false }
            .Apply(None, x, Context.Training())
            .Output;
        ReferenceData.AssertClose(whole.ToArray(), one.ToArray(), 1e-14, "one group");
        var each = new GroupNormalization(4) { Affine = false }
            .Apply(None, x, Context.Training())
            .Output;
        var instance = new InstanceNormalization().Apply(None, x, Context.Training()).Output;
        ReferenceData.AssertClose(instance.ToArray(), each.ToArray(), 1e-14, "a group each");
    }

    [Fact]
    public void RenormalizationAtItsBoundsIsBatchNormalizationAndElsewhereNearsInference()
    {
        var (x, state) = (Key.Of(4).Normal([8, 3]), new BatchRenormalization().InitState([3]));
        var bounded = new BatchRenormalization
        {
            MaxRatio = 1,
            MaxShift = 0,
            Affine = false,
        };
        var batch = new BatchNormalization { Affine = false, RunningStatistics = false };
        ReferenceData.AssertClose(
            batch.Apply(None, x, Context.Training()).Output.ToArray(),
            bounded.Apply(None, x, Context.Training(state: state)).Output.ToArray(),
            1e-14,
            "at the bounds"
        );
        // Where nothing is clipped, training gives exactly what inference gives.
        var free = new BatchRenormalization { Affine = false };
        ReferenceData.AssertClose(
            free.Apply(None, x, Context.Inference(state)).Output.ToArray(),
            free.Apply(None, x, Context.Training(state: state)).Output.ToArray(),
            1e-14,
            "within the bounds"
        );
    }

    [Fact]
    public void StandardizationTakesItsNumbersFromTheStateAndReturnsIt()
    {
        var layer = new Standardization(Tensor.Of([1, -2, 4]), Tensor.Of([2, 0.5, 0]));
        var state = layer.InitState([3]);
        var (output, after) = layer.Apply(None, Tensor.Of([3, -1, 4, 1, -2, 5], 2, 3), Context.Training(state: state));
        Assert.Equal([1, 2, 0, 0, 0, 1], output.ToArray());
        Assert.Equal(state, after);
        Assert.Empty(layer.Init(Key.Of(0), [3]));
        var images = new Standardization(Tensor.Of([1, 2], 2, 1, 1), Tensor.Of([1, 4], 2, 1, 1));
        Assert.Equal(
            [0, 0, -0.25, -0.25],
            images.Apply(None, Tensor.Ones([1, 2, 1, 2]), Context.Inference(images.InitState([2, 1, 2]))).Output.ToArray()
        );
        Assert.Throws<ArgumentException>(() => layer.InitState([4]));
        Assert.Throws<ArgumentException>(() => layer.Apply(None, Tensor.Ones([2, 3]), Context.Inference()));
        foreach (var bad in new[] { double.NaN, double.NegativeInfinity })
        {
            Assert.Throws<ArgumentException>(() => new Standardization(bad, 1));
            Assert.Throws<ArgumentException>(() => new Standardization(0, bad));
        }
        Assert.Throws<ArgumentException>(() => new Standardization(0, -1));
        Assert.Throws<ArgumentNullException>(() => new Standardization(null!, 1));
        Assert.Throws<ArgumentNullException>(() => new Standardization(0, null!));
    }

    [Fact]
    public void MisuseIsRefusedAtOnce()
    {
        Assert.Equal(
            "[GroupNormalization] got examples of shape [5,2] for 2 groups; expected a multiple of 2 channels",
            Assert.Throws<ArgumentException>(() => new GroupNormalization(2).Init(Key.Of(0), [5, 2])).Message
        );
        Assert.Equal(
            "[InstanceNormalization] got inputs [2,3,1] with 1 values per example and channel; expected at least 2 to take statistics of",
            Assert
                .Throws<ArgumentException>(() => new InstanceNormalization().Apply(None, Tensor.Ones([2, 3, 1]), Context.Training()))
                .Message
        );
        Assert.Throws<ArgumentException>(() => new InstanceNormalization().Init(Key.Of(0), [3]));
        Assert.Throws<ArgumentException>(() => new LayerNormalization { Axes = 2 }.Init(Key.Of(0), [3]));
        Assert.Throws<ArgumentException>(() => new RmsNormalization { Axes = 2 }.Init(Key.Of(0), [3]));
        Assert.Throws<ArgumentException>(() => new LayerNormalization().Apply(None, Tensor.Ones([3]), Context.Training()));
        Assert.Throws<ArgumentException>(() => new BatchRenormalization().Apply(None, Tensor.Ones([3, 2]), Context.Training()));
        Action[] bad =
        [
            () => _ = new GroupNormalization(0),
            () => _ = new GroupNormalization(1) { Groups = -1 },
            () => _ = new GroupNormalization(1) { Epsilon = double.NaN },
            () => _ = new LayerNormalization { Axes = 0 },
            () => _ = new LayerNormalization { Epsilon = -1 },
            () => _ = new RmsNormalization { Axes = 0 },
            () => _ = new RmsNormalization { Epsilon = double.PositiveInfinity },
            () => _ = new InstanceNormalization { Epsilon = double.NaN },
            () => _ = new InstanceNormalization { Decay = 2 },
            () => _ = new BatchRenormalization { Axis = 0 },
            () => _ = new BatchRenormalization { Epsilon = -1 },
            () => _ = new BatchRenormalization { Decay = double.NaN },
            () => _ = new BatchRenormalization { MaxRatio = 0.9 },
            () => _ = new BatchRenormalization { MaxRatio = double.PositiveInfinity },
            () => _ = new BatchRenormalization { MaxShift = -1 },
        ];
        Assert.All(bad, setting => Assert.Throws<ArgumentException>(setting));
    }
}
