using AutoDiff.Nets;

namespace AutoDiff.Tests.Nets;

public sealed class ContextTests
{
    private static readonly TensorMap _state = TensorMap.Of(("layers.0.mean", 1), ("layers.1.mean", 2));

    [Fact]
    public void InferenceHasNoKeyAndKeepsTheState()
    {
        var context = Context.Inference(_state);
        Assert.False(context.IsTraining);
        Assert.Null(context.Key);
        Assert.Same(_state, context.State);
        Assert.Same(TensorMap.Empty, Context.Inference().State);
    }

    [Fact]
    public void APartHasTheStateBelowItsPathAndAKeyOfItsOwn()
    {
        var context = Context.Training(Key.Of(1), _state);
        var (first, second) = (context.Part("layers.0", 0), context.Part("layers.1", 1));
        Assert.True(first.IsTraining && second.IsTraining);
        Assert.Equal(2, second.State["mean"].Item());
        Assert.Equal(Key.Of(1).FoldIn(1).Bits, second.Key!.Bits);
        Assert.NotEqual(first.Key!.Bits, second.Key.Bits);
        Assert.Null(Context.Training(state: _state).Part("layers.0", 0).Key);
        Assert.False(Context.Inference(_state).Part("layers.0", 0).IsTraining);
    }

    [Fact]
    public void ALayerThatDrawsSaysThatItNeedsAKey()
    {
        Assert.Equal(Key.Of(1).Bits, Context.Training(Key.Of(1)).RequiredKey("Dropout").Bits);
        Assert.Equal(
            "[Dropout] got a training context without a key; expected one, as Context.Training(key)",
            Assert.Throws<ArgumentException>(() => Context.Training().RequiredKey("Dropout")).Message
        );
    }

    [Fact]
    public void AnOutputAloneIsOneWithoutState()
    {
        Tensor output = 3;
        Applied applied = output;
        Assert.Same(output, applied.Output);
        Assert.Same(TensorMap.Empty, applied.State);
        Assert.Equal(applied, Applied.FromTensor(output));
    }
}
