using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>What convolutions share that are not transposed.</summary>
public abstract record DirectConvolution : ConvolutionLayer
{
    private protected DirectConvolution(int outputs)
        : base(outputs) { }

    /// <inheritdoc/>
    public override TensorMap Init(Key key, Shape input)
    {
        Require.NotNull(key, GetType().Name);
        var perGroup = Channels(input) / Groups;
        return Start(key, Outputs, perGroup, new(perGroup * Taps, Outputs / Groups * Taps));
    }

    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var lengths = Checks.Lengths(Checks.Example(x, GetType().Name), Sizes.Count, GetType().Name);
        var window = Padding.Window(GetType().Name, lengths, Sizes, Strides, Dilations);
        return WithBias(Convolution(x, parameters["weight"], window, Groups), parameters);
    }
}
