namespace AutoDiff.Nets;

/// <summary>The largest element of each window of signals [batch, channels, length]; equal largest elements share the derivative.</summary>
/// <remarks>Padding is −∞, so that it is never the largest. PyTorch's <c>MaxPool1d</c>, whose derivative is the first largest element's alone.</remarks>
public sealed record MaxPool1D : PoolingLayer
{
    /// <summary>Pooling by windows that lie side by side, unless a stride is set.</summary>
    /// <param name="size">The windows' size, above 0.</param>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public MaxPool1D(int size) => Size = size;

    /// <summary>The windows' size.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public int Size
    {
        get;
        init => field = Checks.Positive(value, nameof(MaxPool1D), "size");
    }

    /// <summary>The step between windows; null, as unless set, is the windows' size.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public int? Stride
    {
        get;
        init => field = value is { } stride ? Checks.Positive(stride, nameof(MaxPool1D), "stride") : null;
    }

    /// <summary>The distance between a window's elements.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public int Dilation
    {
        get;
        init => field = Checks.Positive(value, nameof(MaxPool1D), "dilation");
    } = 1;

    private protected override Ints Sizes => [Size];

    private protected override Ints Strides => [Stride ?? Size];

    private protected override Ints Dilations => [Dilation];

    private protected override Tensor Pooled(Tensor x, ConvolutionWindow window) => Ops.MaxPool(x, Sizes, window);
}
