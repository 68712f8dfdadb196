namespace AutoDiff.Nets;

/// <summary>The transpose of a convolution, as a layer over signals [batch, channels, length]: each element adds its multiple of the kernel to the output.</summary>
/// <remarks>
/// The weight is [channels, outputs ⁄ groups, size]; along each axis the output has (length − 1)·stride − padding before and behind + dilation·(size − 1) + 1 + <see cref="OutputPadding"/>
/// elements. PyTorch's <c>ConvTranspose1d</c>.
/// </remarks>
public sealed record ConvolutionTranspose1D : TransposedConvolution
{
    /// <summary>A transposed convolution.</summary>
    /// <param name="outputs">The number of output channels, above 0.</param>
    /// <param name="size">The kernels' size, above 0.</param>
    /// <exception cref="ArgumentException">A number is not positive.</exception>
    public ConvolutionTranspose1D(int outputs, int size)
        : base(outputs) => Size = size;

    /// <summary>The kernels' size.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public int Size
    {
        get;
        init => field = Checks.Positive(value, nameof(ConvolutionTranspose1D), "size");
    }

    /// <summary>The step between windows.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public int Stride
    {
        get;
        init => field = Checks.Positive(value, nameof(ConvolutionTranspose1D), "stride");
    } = 1;

    /// <summary>The distance between a window's elements.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public int Dilation
    {
        get;
        init => field = Checks.Positive(value, nameof(ConvolutionTranspose1D), "dilation");
    } = 1;

    /// <summary>Elements that the output has more, behind: of the lengths that the same convolution makes equal, which one is meant.</summary>
    /// <exception cref="ArgumentException">It is negative.</exception>
    public int OutputPadding
    {
        get;
        init => field = Checks.NonNegative(value, nameof(ConvolutionTranspose1D), "output padding");
    }

    private protected override Ints Sizes => [Size];

    private protected override Ints Strides => [Stride];

    private protected override Ints Dilations => [Dilation];

    private protected override Ints Added => [OutputPadding];
}
