using AutoDiff.Nets;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Nets;

public sealed class SequentialTests
{
    private static readonly Tensor _x = Key.Of(1).Normal([5, 4]);

    [Fact]
    public void AppliesLayersOneAfterAnother()
    {
        var net = new Sequential(new Dense(3), new Sequential(new Dense(2) { Bias = false }));
        var parameters = net.Init(Key.Of(2), [4]);
        Assert.Equal(["layers.0.weight", "layers.0.bias", "layers.1.layers.0.weight"], parameters.Names);
        var hidden = MatMul(_x, parameters["layers.0.weight"]) + parameters["layers.0.bias"];
        Assert.Equal(
            MatMul(hidden, parameters["layers.1.layers.0.weight"]).ToArray(),
            net.Apply(parameters, _x, Context.Inference()).Output.ToArray(),
            (a, b) => Math.Abs(a - b) < 1e-15
        );
        Assert.Equal([2], net.OutputShape([4]));
    }

    [Fact]
    public void NoLayersAreTheIdentity()
    {
        var net = new Sequential();
        Assert.Equal([4], net.OutputShape([4]));
        Assert.Same(TensorMap.Empty, net.Init(Key.Of(0), [4]));
        var (output, state) = net.Apply(TensorMap.Empty, _x, Context.Training());
        Assert.Same(_x, output);
        Assert.Same(TensorMap.Empty, state);
    }

    [Fact]
    public void EachLayerHasItsOwnKeyAndState()
    {
        var net = new Sequential(new Probe(), new Sequential(new Probe(), new Dense(4)), new Probe());
        var initial = net.InitState([4]);
        Assert.Equal(["layers.0.count", "layers.1.layers.0.count", "layers.2.count"], initial.Names);
        var (first, state) = net.Apply(net.Init(Key.Of(0), [4]), _x, Context.Training(Key.Of(3), initial));
        var again = net.Apply(net.Init(Key.Of(0), [4]), _x, Context.Training(Key.Of(3), initial)).Output;
        Assert.Equal(first.ToArray(), again.ToArray());
        Assert.Equal(initial.Names, state.Names);
        Assert.Equal(3, state.Tensors.Select(drawn => drawn.Item()).Distinct().Count());
        Assert.Equal([0, 0, 0], initial.Tensors.Select(count => count.Item()));
    }

    [Fact]
    public void LayersOfOneKindBeginApart()
    {
        var parameters = new Sequential(new Dense(4), new Dense(4)).Init(Key.Of(0), [4]);
        Assert.NotEqual(parameters["layers.0.weight"].ToArray(), parameters["layers.1.weight"].ToArray());
    }

    [Fact]
    public void AnErrorNamesTheLayerAndTheShapesThereAndInside()
    {
        var net = new Sequential(new Dense(3), new Sequential(new Dense(2), new Lstm(5)));
        var outer = Assert.Throws<LayerException>(() => net.Init(Key.Of(0), [4]));
        Assert.Equal(
            "[Net] got examples of shape [2] at layers.1.layers.1, Lstm(5): [Lstm] got examples of shape [2]; expected [time,features]",
            outer.Message
        );
        Assert.Equal(("layers.1.layers.1", "Lstm(5)", [2]), (outer.Path, outer.LayerName, outer.Input));
        Assert.Equal(outer.Message, Assert.Throws<LayerException>(() => net.OutputShape([4])).Message);
        // Without a fault before it a layer that keeps no state has nothing to refuse.
        Assert.Same(TensorMap.Empty, net.InitState([4]));
        Assert.Equal(outer.Message, Assert.Throws<LayerException>(() => new Net(net, [4])).Message);
    }

    [Fact]
    public void WhatDoesNotFitWhenAppliedIsNamedByItsPath()
    {
        var net = new Sequential(new Dense(3), new Sequential(new Dense(2), new Dense(1)));
        var parameters = net.Init(Key.Of(0), [4]);
        var lacking = TensorMap.Join(
            ("layers.0", parameters.Part("layers.0")),
            ("layers.1.layers.0", parameters.Part("layers.1.layers.0"))
        );
        Assert.Equal(
            "[Net] got examples of shape [2] at layers.1.layers.1, Dense(1): "
                + "[TensorMap] got the name \"weight\"; expected one of none: the map is empty",
            Refused(lacking, _x).Message
        );
        var wrong = Refused(parameters, Tensor.Zeros([5, 3]));
        Assert.Equal(("layers.0", [3]), (wrong.Path, wrong.Input));
        Assert.Contains("[5,3]", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("[4,3]", wrong.Message, StringComparison.Ordinal);
        Assert.Equal("layers.0", Refused(TensorMap.Empty, _x).Path);

        LayerException Refused(TensorMap with, Tensor x) => Assert.Throws<LayerException>(() => net.Apply(with, x, Context.Inference()));
    }

    [Fact]
    public void EqualityIsThatOfTheLayers()
    {
        var net = new Sequential(new Dense(3), new Gru(2));
        var same = new Sequential(new Dense(3), new Gru(2));
        Assert.True(net.Equals(same) && net.GetHashCode() == same.GetHashCode());
        Assert.False(net.Equals(new Sequential(new Gru(2), new Dense(3))));
        Assert.False(net.Equals(new Sequential(new Dense(3))) || net.Equals((Sequential?)null));
    }

    [Fact]
    public void MisuseIsRefused()
    {
        Assert.Equal(
            "[Sequential] layer 1 is null; expected a layer",
            Assert.Throws<ArgumentException>(() => new Sequential(new Dense(1), null!)).Message
        );
        Assert.Throws<ArgumentNullException>(() => new Sequential(null!));
        Assert.Throws<ArgumentNullException>(() => new Sequential().Init(null!, [4]));
        Assert.Throws<ArgumentNullException>(() => new Sequential().OutputShape(null!));
        Assert.Throws<ArgumentNullException>(() => new Sequential().Apply(null!, _x, Context.Inference()));
        Assert.Throws<ArgumentNullException>(() => new Sequential().Apply(TensorMap.Empty, _x, null!));
    }

    /// <summary>Keeps what it drew.</summary>
    private sealed record Probe : Layer
    {
        public override TensorMap InitState(Shape input) => TensorMap.Of(("count", 0));

        public override Applied Apply(TensorMap parameters, Tensor x, Context context) =>
            context.IsTraining
                ? new(x, TensorMap.Of(("count", context.State["count"] + context.RequiredKey(nameof(Probe)).Uniform([], 1, 2))))
                : new(x, context.State);
    }
}
