namespace AutoDiff.Nets;

/// <summary>A convolution of images [batch, channels, height, width]: y[b,o,i,j] = bias[o] + Σ x[b,c, i·stride + u·dilation − padding, …] w[o,c,u,v].</summary>
/// <remarks>
/// The weight is [outputs, channels ⁄ groups, height, width]; along each axis there are ⌊(length + padding before and behind − dilation·(size − 1) − 1) ⁄ stride⌋ + 1 positions.
/// PyTorch's <c>Conv2d</c>.
/// </remarks>
public sealed record Convolution2D : DirectConvolution
{
    /// <summary>A convolution.</summary>
    /// <param name="outputs">The number of output channels, above 0.</param>
    /// <param name="size">The kernels' height and width, above 0.</param>
    /// <exception cref="ArgumentException">A number is not positive.</exception>
    public Convolution2D(int outputs, HeightWidth size)
        : base(outputs) => Size = size;

    /// <summary>The kernels' height and width.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public HeightWidth Size
    {
        get;
        init => field = Checks.Positive(value, nameof(Convolution2D), "size");
    }

    /// <summary>The step between windows.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public HeightWidth Stride
    {
        get;
        init => field = Checks.Positive(value, nameof(Convolution2D), "stride");
    } = 1;

    /// <summary>The distance between a window's elements.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public HeightWidth Dilation
    {
        get;
        init => field = Checks.Positive(value, nameof(Convolution2D), "dilation");
    } = 1;

    private protected override Ints Sizes => Size.ToInts();

    private protected override Ints Strides => Stride.ToInts();

    private protected override Ints Dilations => Dilation.ToInts();
}
