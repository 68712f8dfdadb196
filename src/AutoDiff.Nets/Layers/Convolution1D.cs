namespace AutoDiff.Nets;

/// <summary>A convolution of signals [batch, channels, length]: y[b,o,i] = bias[o] + Σ x[b,c, i·stride + u·dilation − padding] w[o,c,u].</summary>
/// <remarks>
/// The weight is [outputs, channels ⁄ groups, size]; along each axis there are ⌊(length + padding before and behind − dilation·(size − 1) − 1) ⁄ stride⌋ + 1 positions.
/// PyTorch's <c>Conv1d</c>.
/// </remarks>
public sealed record Convolution1D : DirectConvolution
{
    /// <summary>A convolution.</summary>
    /// <param name="outputs">The number of output channels, above 0.</param>
    /// <param name="size">The kernels' size, above 0.</param>
    /// <exception cref="ArgumentException">A number is not positive.</exception>
    public Convolution1D(int outputs, int size)
        : base(outputs) => Size = size;

    /// <summary>The kernels' size.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public int Size
    {
        get;
        init => field = Checks.Positive(value, nameof(Convolution1D), "size");
    }

    /// <summary>The step between windows.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public int Stride
    {
        get;
        init => field = Checks.Positive(value, nameof(Convolution1D), "stride");
    } = 1;

    /// <summary>The distance between a window's elements.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public int Dilation
    {
        get;
        init => field = Checks.Positive(value, nameof(Convolution1D), "dilation");
    } = 1;

    private protected override Ints Sizes => [Size];

    private protected override Ints Strides => [Stride];

    private protected override Ints Dilations => [Dilation];
}
