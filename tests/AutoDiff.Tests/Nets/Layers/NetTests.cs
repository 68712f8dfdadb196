using AutoDiff.Nets;

namespace AutoDiff.Tests.Nets;

public sealed class NetTests
{
    private static readonly Net _net = Net.Of([4], new Dense(3), new Dense(2));

    [Fact]
    public void ANetIsItsLayerForOneShape()
    {
        Assert.Equal(([4], [2]), (_net.Input, _net.Output));
        var parameters = _net.Init(Key.Of(1));
        Assert.Equal(TreeMath.Ravel(_net.Layer.Init(Key.Of(1), [4])).ToArray(), TreeMath.Ravel(parameters).ToArray());
        var x = Key.Of(2).Normal([5, 4]);
        Assert.Equal(_net.Layer.Apply(parameters, x, Context.Inference()).Output.ToArray(), _net.Apply(parameters, x).ToArray());
        Assert.Equal([0, 2], _net.Apply(parameters, Tensor.Zeros([0, 4])).Shape);
        Assert.Same(TensorMap.Empty, _net.InitState());
    }

    [Theory]
    [InlineData(new[] { 5, 3 }, "[Net] got inputs [5,3]; expected [batch,4]")]
    [InlineData(new[] { 4 }, "[Net] got inputs [4]; expected [batch,4]")]
    [InlineData(new[] { 5, 2, 4 }, "[Net] got inputs [5,2,4]; expected [batch,4]")]
    [InlineData(new int[0], "[Net] got inputs []; expected [batch,4]")]
    public void InputsOfAnotherShapeAreRefused(int[] shape, string message) =>
        Assert.Equal(
            message,
            Assert.Throws<ArgumentException>(() => _net.Apply(_net.Init(Key.Of(0)), Tensor.Zeros(Shape.Of(shape)))).Message
        );

    [Fact]
    public void ALayerMustKeepTheBatchAxis() =>
        Assert.Equal(
            "[Merging] gave [8] for 2 examples of [4]; expected a leading batch axis of 2",
            Assert.Throws<ArgumentException>(() => new Net(new Merging(), [4])).Message
        );

    [Fact]
    public void OutputsAreFoundWithoutComputing() => Assert.Equal([100_000_000], new Net(new Widening(), []).Output);

    [Fact]
    public void NullsAreRefused()
    {
        Assert.Throws<ArgumentNullException>(() => new Net(null!, [4]));
        Assert.Throws<ArgumentNullException>(() => new Net(new Dense(2), null!));
        Assert.Throws<ArgumentNullException>(() => _net.Apply(_net.Init(Key.Of(0)), null!));
    }

    private sealed record Merging : Layer
    {
        public override Applied Apply(TensorMap parameters, Tensor x, Context context) => Ops.Reshape(x, 8);
    }

    private sealed record Widening : Layer
    {
        public override Applied Apply(TensorMap parameters, Tensor x, Context context) =>
            Ops.BroadcastTo(Ops.ExpandDims(x, 1), [x.Shape[0], 100_000_000]);
    }
}
