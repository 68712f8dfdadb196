using AutoDiff.Nets;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Nets.Layers;

public class CompositeTests
{
    private static readonly Tensor X = Key.Of(2).Normal([3, 4]);

    [Fact]
    public void AMisfitIsNamedByItsPathAndShapes()
    {
        var inner = new Sequential(new Dense(6), new Residual(new Sequential(Activation.Relu, new Convolution1D(2, 3))));
        var problem = Assert.Throws<LayerException>(() => Net.Of([4], Activation.Tanh, Branch.Sum(new Flatten(), inner)));
        Assert.Equal("layers.1.layers.1.layers.1.layer.layers.1", problem.Path);
        Assert.Equal([6], problem.Input);
        Assert.Equal("Convolution1D(2, 3)", problem.LayerName);
        Assert.Equal(
            "[Net] got examples of shape [6] at layers.1.layers.1.layers.1.layer.layers.1, Convolution1D(2, 3): "
                + "[Convolution1D] got examples of shape [6]; expected [channels,length]",
            problem.Message
        );
    }

    [Fact]
    public void AShortcutThatDoesNotFitIsNamedWithBothShapes()
    {
        var problem = Assert.Throws<LayerException>(() => Net.Of([4], new Dense(3), new Residual(new Dense(5))));
        Assert.Equal("layers.1", problem.Path);
        Assert.Contains(
            "at layers.1, Residual: [Residual] got [5] of Dense(5) and [3] beside it",
            problem.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void AResidualAddsWhatLiesBeside()
    {
        var (layer, shortcut) = (new Dense(2), new Dense(2) { Bias = false });
        var residual = new Residual(layer, shortcut);
        var parameters = residual.Init(Key.Of(1), [4]);
        Assert.Equal(["layer.weight", "layer.bias", "shortcut.weight"], parameters.Names);
        var expected = MatMul(X, parameters["layer.weight"] + parameters["shortcut.weight"]) + parameters["layer.bias"];
        ReferenceData.AssertClose(expected.ToArray(), Output(residual, parameters).ToArray(), 1e-14, "sum");
        ReferenceData.AssertClose((2 * X).ToArray(), Output(new Residual(Activation.Identity), TensorMap.Empty).ToArray(), 0, "2x");
    }

    [Fact]
    public void BranchesGetTheInputEach()
    {
        Layer[] layers = [new Dense(2), Activation.Tanh];
        var parameters = Branch.Concatenate(0, layers).Init(Key.Of(1), [4]);
        Assert.Equal(["layers.0.weight", "layers.0.bias"], parameters.Names);
        Tensor[] outputs = [MatMul(X, parameters["layers.0.weight"]) + parameters["layers.0.bias"], Tanh(X)];
        Assert.Equal(Concatenate(outputs, 1).ToArray(), Output(Branch.Concatenate(0, layers), parameters).ToArray());
        Assert.Equal(Concatenate(outputs, 1).ToArray(), Output(Branch.Concatenate(-1, layers), parameters).ToArray());
        var second = Branch.Combine(results => results[1], layers);
        Assert.Equal(outputs[1].ToArray(), Output(second, parameters).ToArray());
        var sum = Branch.Sum(Activation.Tanh, Activation.Identity, Activation.Relu);
        Assert.Equal((Tanh(X) + X + Relu(X)).ToArray(), Output(sum, TensorMap.Empty).ToArray());
    }

    [Fact]
    public void PartsDrawApart()
    {
        var parameters = Branch.Sum(new Dense(2), new Dense(2)).Init(Key.Of(1), [4]);
        Assert.NotEqual(parameters["layers.0.weight"].ToArray(), parameters["layers.1.weight"].ToArray());
        var ones = Tensor.Ones([1000]);
        foreach (var layer in (Layer[])[Branch.Sum(new Dropout(), new Dropout()), new Residual(new Dropout(), new Dropout())])
            Assert.Contains(2, layer.Apply(TensorMap.Empty, ones, Context.Training(Key.Of(1))).Output.ToArray());
    }

    [Fact]
    public void EqualByTheirLayers()
    {
        Assert.Equal(new Residual(new Dense(2)), new Residual(new Dense(2)));
        Assert.NotEqual(new Residual(new Dense(2)), new Residual(new Dense(2), Activation.Relu));
        Assert.Equal(Branch.Sum(new Dense(2)), Branch.Sum(new Dense(2)));
        Assert.Equal(Branch.Sum(new Dense(2)).GetHashCode(), Branch.Sum(new Dense(2)).GetHashCode());
        Assert.Equal(Branch.Concatenate(1, new Dense(2)), Branch.Concatenate(1, new Dense(2)));
        Func<IReadOnlyList<Tensor>, Tensor> first = outputs => outputs[0];
        Assert.Equal(Branch.Combine(first, new Dense(2)), Branch.Combine(first, new Dense(2)));
        Assert.NotEqual(Branch.Combine(first, new Dense(2)), Branch.Sum(new Dense(2)));
        Assert.NotEqual(Branch.Sum(new Dense(2)), Branch.Concatenate(0, new Dense(2)));
        Assert.NotEqual(Branch.Concatenate(1, new Dense(2)), Branch.Concatenate(0, new Dense(2)));
    }

    [Fact]
    public void BranchesMustKeepTheBatchAxis() =>
        Assert.Equal(
            "[Branch] gave [6] for 2 examples of [3]; expected a leading batch axis of 2",
            Assert
                .Throws<ArgumentException>(() => new Net(Branch.Combine(outputs => Reshape(outputs[0], -1), Activation.Relu), [3]))
                .Message
        );

    [Fact]
    public void ShapesOfNestedLayersAreFoundOnce()
    {
        var asked = 0;
        Layer layer = new Asked(() => asked++);
        for (var depth = 0; depth < 12; depth++)
            layer = depth % 2 == 0 ? new Residual(new Sequential(layer, Activation.Relu)) : Branch.Sum(layer, Activation.Tanh);
        Assert.Equal([4], layer.OutputShape([4]));
        Assert.Equal(1, asked);
        layer.Init(Key.Of(1), [4]);
        Assert.InRange(asked, 1, 1 + 12);
    }

    [Fact]
    public void AFunctionIsALayer()
    {
        Assert.Equal(Square(X).ToArray(), Output(new Lambda(Square), TensorMap.Empty).ToArray());
        Assert.Equal([2], new Net(new Lambda(x => x[.., 1..3]), [4]).Output);
    }

    [Fact]
    public void ASummaryHasARowForEachLayer()
    {
        var net = Net.Of(
            [1, 8, 8],
            new Convolution2D(4, 3) { Padding = 1 },
            Activation.Relu,
            new Residual(new Sequential(new Convolution2D(4, 3) { Padding = Padding.Same, Bias = false }, new Lambda(Tanh, "squash"))),
            new MaxPool2D(2),
            new Flatten(),
            new Dense(10)
        );
        var summary = net.Summary();
        Assert.Equal(
            [
                new("layers.0", "Convolution2D(4, 3×3)", [4, 8, 8], 40),
                new("layers.1", "Relu", [4, 8, 8], 0),
                new("layers.2.layer.layers.0", "Convolution2D(4, 3×3)", [4, 8, 8], 144),
                new("layers.2.layer.layers.1", "squash", [4, 8, 8], 0),
                new("layers.2", "Residual", [4, 8, 8], 0),
                new("layers.3", "MaxPool2D(2×2)", [4, 4, 4], 0),
                new("layers.4", "Flatten", [64], 0),
                new SummaryRow("layers.5", "Dense(10)", [10], 650),
            ],
            summary.Rows
        );
        Assert.Equal(834, summary.Parameters);
        Assert.Equal(net.Init(Key.Of(0)).Tensors.Sum(parameter => parameter.Shape.Size), summary.Parameters);
        Assert.Equal(summary, net.Summary());
        Assert.Equal(
            """
            path                     layer                  output   parameters
                                     input                  [1,8,8]            
            layers.0                 Convolution2D(4, 3×3)  [4,8,8]          40
            layers.1                 Relu                   [4,8,8]           0
            layers.2.layer.layers.0  Convolution2D(4, 3×3)  [4,8,8]         144
            layers.2.layer.layers.1  squash                 [4,8,8]           0
            layers.2                 Residual               [4,8,8]           0
            layers.3                 MaxPool2D(2×2)         [4,4,4]           0
            layers.4                 Flatten                [64]              0
            layers.5                 Dense(10)              [10]            650
                                                                            834
            """,
            $"{summary}"
        );
    }

    [Fact]
    public void ASummaryOfOneLayerIsItsRow() =>
        Assert.Equal([new SummaryRow("", "Dense(1000)", [1000], 5000)], new Net(new Dense(1000), [4]).Summary().Rows);

    private sealed record Asked(Action Count) : Layer
    {
        public override Applied Apply(TensorMap parameters, Tensor x, Context context) => x;

        public override Shape OutputShape(Shape input)
        {
            Count();
            return input;
        }
    }

    private static Tensor Output(Layer layer, TensorMap parameters) => layer.Apply(parameters, X, Context.Inference()).Output;
}
