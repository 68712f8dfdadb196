namespace AutoDiff.Nets;

/// <summary>The largest element of each window of images [batch, channels, height, width]; equal largest elements share the derivative.</summary>
/// <remarks>Padding is −∞, so that it is never the largest. PyTorch's <c>MaxPool2d</c>, whose derivative is the first largest element's alone.</remarks>
public sealed record MaxPool2D : PoolingLayer
{
    /// <summary>Pooling by windows that lie side by side, unless a stride is set.</summary>
    /// <param name="size">The windows' height and width, above 0.</param>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public MaxPool2D(HeightWidth size) => Size = size;

    /// <summary>The windows' height and width.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public HeightWidth Size
    {
        get;
        init => field = Checks.Positive(value, nameof(MaxPool2D), "size");
    }

    /// <summary>The step between windows; null, as unless set, is the windows' size.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public HeightWidth? Stride
    {
        get;
        init => field = value is { } stride ? Checks.Positive(stride, nameof(MaxPool2D), "stride") : null;
    }

    /// <summary>The distance between a window's elements.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public HeightWidth Dilation
    {
        get;
        init => field = Checks.Positive(value, nameof(MaxPool2D), "dilation");
    } = 1;

    private protected override Ints Sizes => Size.ToInts();

    private protected override Ints Strides => (Stride ?? Size).ToInts();

    private protected override Ints Dilations => Dilation.ToInts();

    private protected override Tensor Pooled(Tensor x, ConvolutionWindow window) => Ops.MaxPool(x, Sizes, window);
}
