namespace AutoDiff.Nets;

/// <summary>The mean of each of a given number of windows of signals [batch, channels, length], which follow from the input's lengths.</summary>
/// <remarks>Window i of n over a length L goes from ⌊i·L ⁄ n⌋ to before ⌈(i + 1)·L ⁄ n⌉, so that neighbours may share elements. PyTorch's <c>AdaptiveAvgPool1d</c>.</remarks>
public sealed record AdaptiveAveragePool1D : Layer
{
    /// <summary>Pooling to a given length.</summary>
    /// <param name="length">The number of positions, above 0.</param>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public AdaptiveAveragePool1D(int length) => Length = length;

    /// <summary>The number of positions.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public int Length
    {
        get;
        init => field = Checks.Positive(value, nameof(AdaptiveAveragePool1D), "length");
    }

    /// <inheritdoc/>
    protected internal override string Title => $"AdaptiveAveragePool1D({Length})";

    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context) =>
        AdaptiveWindows.Average(x, [Length], nameof(AdaptiveAveragePool1D));
}
