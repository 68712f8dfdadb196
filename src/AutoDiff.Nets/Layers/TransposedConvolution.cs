using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>What transposed convolutions share.</summary>
/// <remarks>Stride, padding, dilation and groups are those of the convolution whose transpose it is; <see cref="Padding.Same"/> has no meaning here.</remarks>
public abstract record TransposedConvolution : ConvolutionLayer
{
    private protected TransposedConvolution(int outputs)
        : base(outputs) { }

    private protected abstract Ints Added { get; }

    /// <inheritdoc/>
    public override TensorMap Init(Key key, Shape input)
    {
        Require.NotNull(key, GetType().Name);
        var channels = Channels(input);
        return Start(key, channels, Outputs / Groups, new(Outputs / Groups * Taps, channels / Groups * Taps));
    }

    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var name = GetType().Name;
        var lengths = Checks.Lengths(Checks.Example(x, name), Sizes.Count, name);
        Require.That(!Padding.Equals(Padding.Same), $"[{name}] got padding {Padding} for {x.Shape}; expected numbers");
        var window = Padding.Window(name, lengths, Sizes, Strides, Dilations);
        for (var i = 0; i < lengths.Count; i++)
            Require.That(
                Added[i] < Math.Max(Strides[i], Dilations[i]) && Length(i) is > 0 and <= int.MaxValue,
                $"[{name}] got size {Sizes}, stride {Strides}, padding {Padding}, dilation {Dilations}, output padding {Added} for {x.Shape}; expected an output of at least 1 and an output padding below stride or dilation"
            );
        return WithBias(
            ConvolutionTranspose(x, parameters["weight"], Ints.From(lengths.Count, i => (int)Length(i)), window, Groups),
            parameters
        );

        long Length(int i) =>
            ((lengths[i] - 1L) * Strides[i]) - window.Low[i] - window.High[i] + (Dilations[i] * (Sizes[i] - 1L)) + 1 + Added[i];
    }
}
