namespace AutoDiff.Nets;

/// <summary>The mean of each window of signals [batch, channels, length].</summary>
/// <remarks>PyTorch's <c>AvgPool1d</c>.</remarks>
public sealed record AveragePool1D : PoolingLayer
{
    /// <summary>Pooling by windows that lie side by side, unless a stride is set.</summary>
    /// <param name="size">The windows' size, above 0.</param>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public AveragePool1D(int size) => Size = size;

    /// <summary>The windows' size.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public int Size
    {
        get;
        init => field = Checks.Positive(value, nameof(AveragePool1D), "size");
    }

    /// <summary>The step between windows; null, as unless set, is the windows' size.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public int? Stride
    {
        get;
        init => field = value is { } stride ? Checks.Positive(stride, nameof(AveragePool1D), "stride") : null;
    }

    /// <summary>Whether padding counts as zeros, as it does unless set; else the mean is over the input's own elements. PyTorch's <c>count_include_pad</c>.</summary>
    public bool CountPadding { get; init; } = true;

    private protected override Ints Sizes => [Size];

    private protected override Ints Strides => [Stride ?? Size];

    private protected override Tensor Pooled(Tensor x, ConvolutionWindow window) => Ops.AveragePool(x, Sizes, window, CountPadding);
}
