namespace AutoDiff.Nets;

/// <summary>What pooling by windows shares, along any number of axes.</summary>
public abstract record PoolingLayer : Layer
{
    private protected PoolingLayer() { }

    /// <summary>What is put round the input, on no side more than half a window; none unless set.</summary>
    /// <exception cref="ArgumentException">It is null.</exception>
    public Padding Padding
    {
        get;
        init => field = Checks.NotNull(value, GetType().Name, "the padding");
    } = Padding.None;

    /// <inheritdoc/>
    protected internal override string Title => $"{GetType().Name}({string.Join('×', Sizes)})";

    private protected abstract Ints Sizes { get; }

    private protected abstract Ints Strides { get; }

    private protected virtual Ints Dilations => Ints.Repeat(1, Sizes.Count);

    private protected abstract Tensor Pooled(Tensor x, ConvolutionWindow window);

    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        var name = GetType().Name;
        var lengths = Checks.Lengths(Checks.Example(x, name), Sizes.Count, name);
        return Pooled(x, Padding.Window(name, lengths, Sizes, Strides, Dilations));
    }
}
