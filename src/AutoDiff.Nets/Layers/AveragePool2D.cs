namespace AutoDiff.Nets;

/// <summary>The mean of each window of images [batch, channels, height, width].</summary>
/// <remarks>PyTorch's <c>AvgPool2d</c>.</remarks>
public sealed record AveragePool2D : PoolingLayer
{
    /// <summary>Pooling by windows that lie side by side, unless a stride is set.</summary>
    /// <param name="size">The windows' height and width, above 0.</param>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public AveragePool2D(HeightWidth size) => Size = size;

    /// <summary>The windows' height and width.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public HeightWidth Size
    {
        get;
        init => field = Checks.Positive(value, nameof(AveragePool2D), "size");
    }

    /// <summary>The step between windows; null, as unless set, is the windows' size.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public HeightWidth? Stride
    {
        get;
        init => field = value is { } stride ? Checks.Positive(stride, nameof(AveragePool2D), "stride") : null;
    }

    /// <summary>Whether padding counts as zeros, as it does unless set; else the mean is over the input's own elements. PyTorch's <c>count_include_pad</c>.</summary>
    public bool CountPadding { get; init; } = true;

    private protected override Ints Sizes => Size.ToInts();

    private protected override Ints Strides => (Stride ?? Size).ToInts();

    private protected override Tensor Pooled(Tensor x, ConvolutionWindow window) => Ops.AveragePool(x, Sizes, window, CountPadding);
}
