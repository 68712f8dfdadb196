namespace AutoDiff.Nets;

/// <summary>The transpose of a convolution, as a layer over images [batch, channels, height, width]: each element adds its multiple of the kernel to the output.</summary>
/// <remarks>
/// The weight is [channels, outputs ⁄ groups, height, width]; along each axis the output has (length − 1)·stride − padding before and behind + dilation·(size − 1) + 1 + <see cref="OutputPadding"/>
/// elements. PyTorch's <c>ConvTranspose2d</c>.
/// </remarks>
public sealed record ConvolutionTranspose2D : TransposedConvolution
{
    /// <summary>A transposed convolution.</summary>
    /// <param name="outputs">The number of output channels, above 0.</param>
    /// <param name="size">The kernels' height and width, above 0.</param>
    /// <exception cref="ArgumentException">A number is not positive.</exception>
    public ConvolutionTranspose2D(int outputs, HeightWidth size)
        : base(outputs) => Size = size;

    /// <summary>The kernels' height and width.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public HeightWidth Size
    {
        get;
        init => field = Checks.Positive(value, nameof(ConvolutionTranspose2D), "size");
    }

    /// <summary>The step between windows.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public HeightWidth Stride
    {
        get;
        init => field = Checks.Positive(value, nameof(ConvolutionTranspose2D), "stride");
    } = 1;

    /// <summary>The distance between a window's elements.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public HeightWidth Dilation
    {
        get;
        init => field = Checks.Positive(value, nameof(ConvolutionTranspose2D), "dilation");
    } = 1;

    /// <summary>Elements that the output has more, behind: of the lengths that the same convolution makes equal, which one is meant.</summary>
    /// <exception cref="ArgumentException">It is negative.</exception>
    public HeightWidth OutputPadding
    {
        get;
        init => field = Checks.NonNegative(value, nameof(ConvolutionTranspose2D), "output padding");
    }

    private protected override Ints Sizes => Size.ToInts();

    private protected override Ints Strides => Stride.ToInts();

    private protected override Ints Dilations => Dilation.ToInts();

    private protected override Ints Added => OutputPadding.ToInts();
}
