namespace AutoDiff.Nets;

/// <summary>The mean of each of a given number of windows of images [batch, channels, height, width], which follow from the input's lengths.</summary>
/// <remarks>Window i of n over a length L goes from ⌊i·L ⁄ n⌋ to before ⌈(i + 1)·L ⁄ n⌉, so that neighbours may share elements. PyTorch's <c>AdaptiveAvgPool2d</c>.</remarks>
public sealed record AdaptiveAveragePool2D : Layer
{
    /// <summary>Pooling to a given size.</summary>
    /// <param name="size">The height and width of the output, above 0.</param>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public AdaptiveAveragePool2D(HeightWidth size) => Size = size;

    /// <summary>The height and width of the output.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public HeightWidth Size
    {
        get;
        init => field = Checks.Positive(value, nameof(AdaptiveAveragePool2D), "size");
    }

    /// <inheritdoc/>
    protected internal override string Title => $"AdaptiveAveragePool2D({Size})";

    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context) =>
        AdaptiveWindows.Average(x, Size.ToInts(), nameof(AdaptiveAveragePool2D));
}
