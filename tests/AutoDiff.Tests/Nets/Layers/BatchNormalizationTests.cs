using AutoDiff.Nets;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Nets;

/// <summary>Batch normalization at the edges: many rows, large means, no spread, one value; its state, and curvature that leaves it alone.</summary>
public class BatchNormalizationTests
{
    private static readonly TensorMap None = TensorMap.Empty;

    [Fact]
    public void RunningAveragesKeepThePartOfTheSourcesP()
    {
        var layer = new BatchNormalization { Decay = 0.75, Affine = false };
        var state = layer.Apply(None, Tensor.Of([1, 3, 5, 11], 4, 1), Context.Training(state: layer.InitState([1]))).State;
        Assert.Equal(0.25 * 5, state["mean"].ToArray()[0]); // p = 0.75 of 0, and 0.25 of the mean 5
        Assert.Equal(0.75 + (0.25 * 56 / 3), state["variance"].ToArray()[0], 1e-14); // unbiased: 56 over 3, not 4
    }

    [Theory]
    [InlineData(1e6, 1e-9)]
    [InlineData(1e9, 1e-6)]
    public void ManyRowsAndAMeanFarAboveTheDeviationKeepTheirDigits(double mean, double tolerance)
    {
        var rows = 70_000;
        // Deviations of exactly +-1 about the mean, which is exact in the format.
        var x = mean + Where(Equal(Modulo(Tensor.Range(rows), 2), 0), 1.0, -1.0);
        var layer = new BatchNormalization { Epsilon = 0, Decay = 0 };
        var (output, state) = layer.Apply(layer.Init(Key.Of(0), [1]), Reshape(x, rows, 1), Context.Training(state: layer.InitState([1])));
        Assert.Equal(mean, state["mean"].ToArray()[0], mean * 1e-15);
        Assert.Equal(rows / (rows - 1.0), state["variance"].ToArray()[0], tolerance);
        Assert.All(output.ToArray(), value => Assert.Equal(1, Math.Abs(value), tolerance));
    }

    [Fact]
    public void InSinglePrecisionManyRowsKeepTheirDigitsToo()
    {
        var layer = new BatchNormalization { Decay = 0, Affine = false };
        var x = 100 + Key.Of(1).Normal([65_537, 2]);
        var run = (Tensor at) => layer.Apply(None, at, Context.Training(state: layer.InitState([2]))).State;
        var (exact, single) = (Compile(run).Invoke(x), Compile<float, Tensor, TensorMap>(run).Invoke(x));
        ReferenceData.AssertClose(exact["mean"].ToArray(), single["mean"].ToArray(), 1e-6, "mean");
        ReferenceData.AssertClose(exact["variance"].ToArray(), single["variance"].ToArray(), 1e-4, "variance");
    }

    [Fact]
    public void AChannelWithoutSpreadComesOutAsItsShiftAndHasDerivatives()
    {
        var layer = new BatchNormalization();
        var parameters = TensorMap.Of(("scale", Tensor.Of([2, 3])), ("shift", Tensor.Of([-1, 0.5])));
        var context = Context.Training(state: layer.InitState([2]));
        var x = Tensor.Of([7, 1, 7, 2, 7, 6], 3, 2);
        var output = layer.Apply(parameters, x, context).Output;
        Assert.Equal([-1, -1, -1], output[.., 0].ToArray());
        Func<Tensor, Tensor> loss = at => Sum(Power(layer.Apply(parameters, at, context).Output, 3));
        Assert.All(Hvp(loss)(x, Tensor.Ones([3, 2]) + x).ToArray(), value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void ThirdDerivativesGoThroughTheStatistics()
    {
        var layer = new BatchNormalization { Affine = false, RunningStatistics = false };
        var weights = Key.Of(3).Normal([4, 1]);
        Tensor Loss(Tensor x) => Sum(weights * Square(layer.Apply(None, x, Context.Training()).Output));
        var (point, u, v) = (Key.Of(4).Normal([4, 1]), Key.Of(5).Normal([4, 1]), Key.Of(6).Normal([4, 1]));
        var third = Jvp((Tensor x) => Hvp<Tensor>(Loss)(x, u), point, v).Tangent.ToArray();
        const double step = 1e-5;
        var difference = ((Hvp<Tensor>(Loss)(point + (step * v), u) - Hvp<Tensor>(Loss)(point - (step * v), u)) / (2 * step)).ToArray();
        ReferenceData.AssertClose(difference, third, 1e-7, "third derivative");
    }

    [Fact]
    public void InputsScaledAndShiftedChangeNothingInTraining()
    {
        var layer = new BatchNormalization
        {
            Affine = false,
            Epsilon = 0,
            RunningStatistics = false,
        };
        var x = Key.Of(7).Normal([5, 2, 3]);
        var (one, other) = (layer.Apply(None, x, Context.Training()).Output, layer.Apply(None, (3 * x) - 8, Context.Training()).Output);
        ReferenceData.AssertClose(one.ToArray(), other.ToArray(), 1e-13, "output");
        var along = new BatchNormalization
        {
            Affine = false,
            Epsilon = 0,
            RunningStatistics = false,
            Axis = -1,
        };
        ReferenceData.AssertClose(
            one.ToArray(),
            SwapAxes(along.Apply(None, SwapAxes(x, 1, 2), Context.Training()).Output, 1, 2).ToArray(),
            1e-13,
            "channels last"
        );
    }

    [Fact]
    public void CurvatureIsOfParametersOnlyAndLeavesTheRunningStatistics()
    {
        var net = Net.Of([3], new Dense(4), new BatchNormalization(), new Dense(1));
        var (parameters, x) = (net.Init(Key.Of(8)), Key.Of(9).Normal([6, 3]));
        var state = Evaluate(net.Apply(parameters, x, Context.Training(state: net.InitState())).State);
        Assert.DoesNotContain(
            parameters.Names,
            name => name.Contains("mean", StringComparison.Ordinal) || name.Contains("variance", StringComparison.Ordinal)
        );
        var (mean, variance) = (state["layers.1.mean"].ToArray(), state["layers.1.variance"].ToArray());
        foreach (var context in new[] { Context.Training(state: state), Context.Inference(state) })
        {
            Tensor Loss(TensorMap at) => Mean(Square(net.Apply(at, x, context).Output - 1));
            var direction = TreeMath.Map(parameters, leaf => Tensor.Ones(leaf.Shape));
            var first = TreeMath.Ravel(Hvp<TensorMap>(Loss)(parameters, direction)).ToArray();
            var again = TreeMath.Ravel(Hvp<TensorMap>(Loss)(parameters, direction)).ToArray();
            Assert.Equal(first, again);
            Assert.Equal(TreeMath.Size(parameters), first.Length);
            Assert.Equal(mean, state["layers.1.mean"].ToArray());
            Assert.Equal(variance, state["layers.1.variance"].ToArray());
        }
        Assert.Same(state["layers.1.mean"], net.Apply(parameters, x, Context.Inference(state)).State["layers.1.mean"]);
        Assert.NotEqual(mean, net.Apply(parameters, x, Context.Training(state: state)).State["layers.1.mean"].ToArray());
    }

    [Fact]
    public void OneValuePerChannelIsRefusedInTrainingAndFineAtInference()
    {
        var layer = new BatchNormalization();
        var (parameters, state) = (layer.Init(Key.Of(0), [3]), layer.InitState([3]));
        var x = Tensor.Ones([1, 3]);
        var problem = Assert.Throws<ArgumentException>(() => layer.Apply(parameters, x, Context.Training(state: state)));
        Assert.Equal(
            "[BatchNormalization] got inputs [1,3] with 1 values per channel; expected at least 2 to take statistics of",
            problem.Message
        );
        Assert.Equal([1, 3], layer.Apply(parameters, x, Context.Inference(state)).Output.Shape);
        Assert.Equal([1, 3, 2], layer.Apply(parameters, Tensor.Ones([1, 3, 2]), Context.Training(state: state)).Output.Shape);
    }

    [Fact]
    public void MisuseIsRefusedAtOnce()
    {
        var layer = new BatchNormalization();
        Assert.Contains(
            "running statistic \"mean\"",
            Assert
                .Throws<ArgumentException>(() => layer.Apply(layer.Init(Key.Of(0), [3]), Tensor.Ones([2, 3]), Context.Training()))
                .Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentException>(() => layer.Init(Key.Of(0), []));
        Assert.Throws<ArgumentException>(() => new BatchNormalization { Axis = -3 }.InitState([4]));
        Assert.Throws<ArgumentException>(() => new BatchNormalization { Axis = 2 }.InitState([4]));
        Assert.Throws<ArgumentException>(() => new BatchNormalization { Axis = 0 });
        foreach (var bad in new[] { double.NaN, double.PositiveInfinity, -0.1 })
        {
            Assert.Throws<ArgumentException>(() => new BatchNormalization { Epsilon = bad });
            Assert.Throws<ArgumentException>(() => new BatchNormalization { Decay = bad });
        }
        Assert.Throws<ArgumentException>(() => new BatchNormalization { Decay = 1.1 });
        Assert.Throws<ArgumentNullException>(() => layer.Apply(null!, Tensor.Ones([2, 3]), Context.Training()));
        Assert.Throws<ArgumentNullException>(() => layer.Apply(None, null!, Context.Training()));
        Assert.Throws<ArgumentNullException>(() => layer.Apply(None, Tensor.Ones([2, 3]), null!));
    }
}
