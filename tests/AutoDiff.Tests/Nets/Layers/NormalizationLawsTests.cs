using AutoDiff.Curvature;
using AutoDiff.Nets;
using AutoDiff.Optimization;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Nets;

/// <summary>What normalizing leaves free: running statistics by their recursion, weights before it by their scale, examples by shift and scale; and what curvature sees of it.</summary>
public class NormalizationLawsTests
{
    [Fact]
    public void RunningStatisticsAfterManyStepsAreTheRecursion()
    {
        const int steps = 7;
        var layer = new BatchNormalization { Decay = 0.8 };
        var parameters = layer.Init(Key.Of(0), [2]);
        var state = layer.InitState([2]);
        var (mean, variance) = (new double[2], new double[] { 1, 1 });
        for (var step = 0; step < steps; step++)
        {
            var x = Evaluate(step + (Key.Of(1).FoldIn((ulong)step).Normal([5, 2]) * (1 + step)));
            state = Evaluate(layer.Apply(parameters, x, Context.Training(state: state)).State);
            for (var channel = 0; channel < 2; channel++)
            {
                var values = x[.., channel].ToArray();
                var average = values.Average();
                mean[channel] = (0.8 * mean[channel]) + (0.2 * average);
                variance[channel] = (0.8 * variance[channel]) + (0.2 * values.Sum(value => (value - average) * (value - average)) / 4);
            }
        }
        ReferenceData.AssertClose(mean, state["mean"].ToArray(), 1e-14, "mean");
        ReferenceData.AssertClose(variance, state["variance"].ToArray(), 1e-14, "variance");
    }

    [Fact]
    public void GradientsOfScaleAndShiftKeepTheirDigitsOverManyRows()
    {
        const int rows = 65_537;
        var layer = new BatchNormalization { RunningStatistics = false };
        // Of so few binary digits that a decimal holds them.
        var (x, weights) = (Evaluate(1000 + Rounded(Key.Of(2))), Evaluate(3 + Rounded(Key.Of(3))));
        var parameters = TensorMap.Of(("scale", Tensor.Of([2, -3])), ("shift", Tensor.Of([1, 0.5])));
        var gradient = Grad((TensorMap at) => Sum(weights * layer.Apply(at, x, Context.Training()).Output), parameters);
        for (var channel = 0; channel < 2; channel++)
        {
            var (values, w) = (x[.., channel].ToArray().Select(value => (decimal)value).ToArray(), weights[.., channel].ToArray());
            var mean = values.Sum() / rows;
            var deviation = Math.Sqrt((double)(values.Sum(value => (value - mean) * (value - mean)) / rows) + 1e-5);
            var scale = (double)values.Zip(w).Sum(row => (decimal)row.Second * (row.First - mean)) / deviation;
            // The mean, near 1000, is rounded, which each weight is multiplied with.
            var rounding = (Math.BitIncrement(1000.0) - 1000) * w.Sum(Math.Abs);
            Assert.Equal(scale, gradient["scale"].ToArray()[channel], rounding / deviation);
            Assert.Equal((double)w.Sum(value => (decimal)value), gradient["shift"].ToArray()[channel], 1e-12 * rows);
        }

        static Tensor Rounded(Key key) => Floor(1024 * key.Normal([rows, 2])) / 1024;
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(40)]
    public void TheScaleOfWeightsBeforeItChangesNothingAndTheirGradientIsAcrossThem(double factor)
    {
        var net = Net.Of([4], new Dense(3), new BatchNormalization { Epsilon = 0 }, Activation.Tanh, new Dense(1));
        var (parameters, x) = (net.Init(Key.Of(4)), Key.Of(5).Normal([9, 4]));
        var scaled = TensorMap.Of([
            .. parameters.Select(leaf => (leaf.Key, leaf.Key == "layers.0.weight" ? factor * leaf.Value : leaf.Value)),
        ]);
        ReferenceData.AssertClose(Output(parameters).ToArray(), Output(scaled).ToArray(), 1e-12, "output");
        var (gradient, slower) = (Grad<TensorMap>(Loss, parameters), Grad<TensorMap>(Loss, scaled));
        Assert.All(Sum(gradient["layers.0.weight"] * parameters["layers.0.weight"], 0).ToArray(), along => Assert.Equal(0, along, 1e-13));
        Assert.All(gradient["layers.0.bias"].ToArray(), slope => Assert.Equal(0, slope, 1e-13));
        Assert.All(gradient["layers.0.weight"].ToArray(), slope => Assert.True(Math.Abs(slope) > 1e-6));
        ReferenceData.AssertClose(
            gradient["layers.0.weight"].ToArray(),
            (factor * slower["layers.0.weight"]).ToArray(),
            1e-11,
            "the gradient falls as the weights grow"
        );

        Tensor Output(TensorMap at) => net.Apply(at, x, Context.Training(state: net.InitState())).Output;
        Tensor Loss(TensorMap at) => Sum(Power(Output(at) - 1, 3));
    }

    public static TheoryData<string, Layer> OfSingleExamples =>
        new()
        {
            {
                "layer",
                new LayerNormalization { Axes = 2, Epsilon = 0 }
            },
            {
                "group",
                new GroupNormalization(2) { Epsilon = 0 }
            },
            {
                "instance",
                new InstanceNormalization { Epsilon = 0 }
            },
            {
                "root mean square",
                new RmsNormalization { Axes = 2, Epsilon = 0 }
            },
        };

    [Theory]
    [MemberData(nameof(OfSingleExamples))]
    public void EachExampleMayHaveAScaleAndAShiftOfItsOwn(string name, Layer layer)
    {
        var x = Key.Of(6).Normal([3, 4, 5]);
        var (scale, shift) = (Tensor.Of([0.1, 7, 300], 3, 1, 1), Tensor.Of([5, -2, 40], 3, 1, 1));
        if (layer is RmsNormalization)
            shift = 0 * shift; // no mean is subtracted
        var parameters = layer.Init(Key.Of(0), [4, 5]);
        ReferenceData.AssertClose(Output(x).ToArray(), Output((scale * x) + shift).ToArray(), 1e-12, name);
        var gradient = Grad((Tensor at) => Sum(Power(Output(at), 3)), x);
        Assert.All(Sum(gradient * x, [1, 2]).ToArray(), along => Assert.Equal(0, along, 1e-11));
        if (layer is not RmsNormalization)
            Assert.All(Sum(gradient, [1, 2]).ToArray(), sum => Assert.Equal(0, sum, 1e-11));

        Tensor Output(Tensor at) => layer.Apply(parameters, at, Context.Training()).Output;
    }

    [Fact]
    public void AFeatureThatNeverVariesIsTrainedWith()
    {
        var net = Net.Of([3], new BatchNormalization(), new Dense(4), new BatchNormalization(), Activation.Relu, new Dense(1));
        var x = Evaluate(Concatenate([Key.Of(7).Normal([16, 2]), Tensor.Full(1e6 / 3, [16, 1])], 1));
        var y = Evaluate(x[.., ..1] * x[.., 1..2]);
        var descent = Optimizers.GradientDescent<TensorMap>(0.05);
        var (state, statistics) = (AutoDiff.Optimization.Training.Init(descent, Evaluate(net.Init(Key.Of(8)))), net.InitState());
        var losses = new List<double>();
        for (var step = 0; step < 30; step++)
        {
            var at = statistics;
            state = Evaluate(
                AutoDiff.Optimization.Training.Step(
                    descent,
                    state,
                    p => Mean(Square(net.Apply(p, x, Context.Training(state: at)).Output - y))
                )
            );
            losses.Add(state.Loss.Item());
            statistics = Evaluate(net.Apply(state.Parameters, x, Context.Training(state: statistics)).State);
        }
        Assert.True(losses[^1] < 0.7 * losses[0], $"{losses[0]} to {losses[^1]}");
        Assert.All(TreeMath.Ravel(state.Parameters).ToArray(), value => Assert.True(double.IsFinite(value)));
        Assert.Equal(Math.Pow(0.9, 30), statistics["layers.0.variance"].ToArray()[2], 1e-9);
    }

    [Fact]
    public void AtInferenceItIsAnAffineLayerAndHasItsCurvature()
    {
        var net = Net.Of([3], new Dense(4), new BatchNormalization(), Activation.Tanh, new Dense(1));
        var (parameters, x) = (Evaluate(net.Init(Key.Of(9))), Evaluate(Key.Of(10).Normal([6, 3])));
        var state = Evaluate(net.Apply(parameters, 2 + x, Context.Training(state: net.InitState())).State);
        var objective = Objective.Of((TensorMap at) => Mean(Square(net.Apply(at, x, Context.Inference(state)).Output - 1)), parameters);
        var affine = Objective.Of(
            (TensorMap at) =>
            {
                var hidden = MatMul(x, at["layers.0.weight"]) + at["layers.0.bias"];
                var factor = at["layers.1.scale"] / Sqrt(state["layers.1.variance"] + 1e-5);
                var normalized = (hidden * factor) + (at["layers.1.shift"] - (state["layers.1.mean"] * factor));
                return Mean(Square(MatMul(Tanh(normalized), at["layers.3.weight"]) + at["layers.3.bias"] - 1));
            },
            parameters
        );
        var direction = Key.Of(11).Normal([TreeMath.Size(parameters)]).ToArray();
        var product = objective.Hessian(parameters).Apply(direction).AsSpan();
        ReferenceData.AssertClose(affine.Hessian(parameters).Apply(direction).AsSpan(), product, 1e-12, "Hessian product");
        Assert.Equal(TreeMath.Size(parameters), product.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void TheEstimateNearsTheLargestSingularValueStepByStep(int iterations)
    {
        var layer = new SpectralNormalized(new Convolution1D(5, 2) { Bias = false }) { Iterations = iterations };
        var parameters = layer.Init(Key.Of(12), [3, 6]);
        var matrix = Reshape(parameters["weight"], 5, 6);
        var largest = Svd(matrix).S.ToArray()[0];
        var state = layer.InitState([3, 6]);
        var before = 0.0;
        for (var step = 0; step < 300 / iterations; step++)
        {
            state = Evaluate(layer.Apply(parameters, Tensor.Zeros([1, 3, 6]), Context.Training(state: state)).State);
            var sigma = Sum(state["weight.left"] * MatMul(matrix, state["weight.right"])).Item();
            Assert.InRange(sigma, before - 1e-14, largest + 1e-14); // power iterations only grow
            before = sigma;
        }
        Assert.Equal(largest, before, 1e-12);
    }

    [Fact]
    public void AWeightNormalizedLayerHasTheLengthsItIsGiven()
    {
        var layer = new WeightNormalized(new Dense(3) { Bias = false });
        var direction = Key.Of(13).Normal([4, 3]);
        var parameters = TensorMap.Of(("weight.direction", 1e3 * direction), ("weight.length", Tensor.Of([2, -0.5, 0])));
        var weight = layer.Apply(parameters, Tensor.Eye(4), Context.Inference()).Output;
        ReferenceData.AssertClose([2, 0.5, 0], Norm(weight, [0]).ToArray(), 1e-14, "lengths");
        var along = Sum(weight * direction, 0).ToArray();
        Assert.True(along[0] > 0 && along[1] < 0);
    }

    [Fact]
    public void NoExamplesLeaveNoRunningStatisticsOfNothing()
    {
        var layer = new InstanceNormalization { RunningStatistics = true };
        var (state, none) = (layer.InitState([2, 3]), Tensor.Zeros([0, 2, 3]));
        Assert.Equal(
            "[InstanceNormalization] got inputs [0,2,3]; expected at least one example to take running statistics of",
            Assert.Throws<ArgumentException>(() => layer.Apply(TensorMap.Empty, none, Context.Training(state: state))).Message
        );
        Assert.Equal([0, 2, 3], layer.Apply(TensorMap.Empty, none, Context.Inference(state)).Output.Shape);
    }
}
