using AutoDiff.Nets;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Nets;

/// <summary>Layers whose weights are normalized: what they begin at, what their weights hold to, and what they refuse.</summary>
public class ReweightedTests
{
    [Fact]
    public void AWeightNormalizedLayerBeginsAsTheLayerItself()
    {
        var (dense, x) = (new Dense(3), Key.Of(1).Normal([5, 4]));
        var parameters = new WeightNormalized(dense).Init(Key.Of(2), [4]);
        Assert.Equal(["weight.direction", "weight.length", "bias"], parameters.Names);
        Assert.Equal([3], parameters["weight.length"].Shape);
        ReferenceData.AssertClose(
            dense.Apply(dense.Init(Key.Of(2), [4]), x, Context.Inference()).Output.ToArray(),
            new WeightNormalized(dense).Apply(parameters, x, Context.Inference()).Output.ToArray(),
            1e-15,
            "output"
        );
    }

    [Fact]
    public void TheGradientByADirectionIsAcrossIt()
    {
        var layer = new WeightNormalized(new Dense(3)) { Axis = -1 };
        var (parameters, x) = (layer.Init(Key.Of(3), [4]), Key.Of(4).Normal([5, 4]));
        var gradient = Grad((TensorMap at) => Sum(Power(layer.Apply(at, x, Context.Training()).Output, 3)), parameters);
        var along = Sum(gradient["weight.direction"] * parameters["weight.direction"], 0);
        Assert.All(along.ToArray(), value => Assert.Equal(0, value, 1e-13));
        Assert.All(gradient["weight.direction"].ToArray(), value => Assert.NotEqual(0, value));
    }

    [Fact]
    public void ADirectionOfZerosIsAWeightOfZeros()
    {
        var layer = new WeightNormalized(new Dense(2) { Weight = Initializers.Zeros, Bias = false });
        var parameters = layer.Init(Key.Of(0), [3]);
        Assert.Equal([0, 0], layer.Apply(parameters, Tensor.Ones([1, 3]), Context.Training()).Output.ToArray());
        var gradient = Grad((TensorMap at) => Sum(Exp(layer.Apply(at, Tensor.Ones([1, 3]), Context.Training()).Output)), parameters);
        Assert.All(TreeMath.Ravel(gradient).ToArray(), value => Assert.True(double.IsFinite(value)));
        var spectral = new SpectralNormalized(new Dense(2) { Weight = Initializers.Zeros, Bias = false });
        var context = Context.Training(state: spectral.InitState([3]));
        Assert.Equal([0, 0], spectral.Apply(spectral.Init(Key.Of(0), [3]), Tensor.Ones([1, 3]), context).Output.ToArray());
    }

    [Fact]
    public void PowerIterationsConvergeToTheLargestSingularValueAndInferenceKeepsThem()
    {
        var layer = new SpectralNormalized(new Dense(3) { Bias = false }) { Iterations = 200 };
        var parameters = layer.Init(Key.Of(5), [4]);
        var identity = Tensor.Eye(4);
        var state = layer.Apply(parameters, identity, Context.Training(state: layer.InitState([4]))).State;
        Assert.Equal(["weight.left", "weight.right"], state.Names);
        var (output, after) = layer.Apply(parameters, identity, Context.Inference(state));
        Assert.Equal(1, Svd(output).S.ToArray()[0], 1e-12);
        Assert.Equal(state, after);
        // Converged, the derivative of the estimate is that of the largest singular value.
        var weights = Key.Of(6).Normal([4, 3]);
        var gradient = Grad((TensorMap at) => Sum(weights * layer.Apply(at, identity, Context.Training(state: state)).Output), parameters);
        var exact = Grad((Tensor weight) => Sum(weights * weight / Svd(weight).S[0]), parameters["weight"]);
        ReferenceData.AssertClose(exact.ToArray(), gradient["weight"].ToArray(), 1e-10, "gradient");
    }

    [Fact]
    public void OutputsAreCountedAlongTheAxisThatIsSet()
    {
        var (first, last) = (new WeightNormalized(new Convolution1D(3, 2)), new WeightNormalized(new Convolution1D(3, 2)) { Axis = 1 });
        Assert.Equal([3], first.Init(Key.Of(0), [2, 4])["weight.length"].Shape);
        Assert.Equal([2], last.Init(Key.Of(0), [2, 4])["weight.length"].Shape);
        Assert.Equal(
            [4],
            new SpectralNormalized(new Dense(3)) { Axis = 0 }
                .InitState([4])["weight.left"]
                .Shape
        );
        Assert.Throws<ArgumentException>(() => new WeightNormalized(new Dense(3)) { Axis = 2 }.Init(Key.Of(0), [4]));
        Assert.Throws<ArgumentException>(() => new SpectralNormalized(new Dense(3)) { Axis = -3 }.InitState([4]));
    }

    [Fact]
    public void TheyNestInNetsAndKeepTheInnerState()
    {
        var net = Net.Of([4], new SpectralNormalized(new Dense(3)), new BatchNormalization(), new WeightNormalized(new Dense(2)));
        Assert.Equal(["layers.0.weight.left", "layers.0.weight.right", "layers.1.mean", "layers.1.variance"], net.InitState().Names);
        var (_, state) = net.Apply(net.Init(Key.Of(7)), Key.Of(8).Normal([6, 4]), Context.Training(state: net.InitState()));
        Assert.Equal(net.InitState().Names, state.Names);
    }

    [Fact]
    public void MisuseIsRefusedAtOnce()
    {
        Assert.Throws<ArgumentNullException>(() => new WeightNormalized(null!));
        Assert.Throws<ArgumentNullException>(() => new SpectralNormalized(null!));
        Assert.Throws<ArgumentException>(() => new SpectralNormalized(new Dense(1)) { Iterations = 0 });
        Assert.Contains(
            "expected one of the name \"weight\"",
            Assert.Throws<ArgumentException>(() => new WeightNormalized(new BatchNormalization()).Init(Key.Of(0), [3])).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentException>(() => new SpectralNormalized(new BatchNormalization()).Init(Key.Of(0), [3]));
        Assert.Contains(
            "weight.left",
            Assert
                .Throws<LayerException>(() =>
                    Net.Of([3], new SpectralNormalized(new Dense(2)))
                        .Apply(new Sequential(new Dense(2)).Init(Key.Of(0), [3]), Tensor.Ones([1, 3]))
                )
                .Message,
            StringComparison.Ordinal
        );
    }
}
