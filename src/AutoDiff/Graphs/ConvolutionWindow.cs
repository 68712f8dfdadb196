namespace AutoDiff;

/// <summary>How a convolution's windows lie along its spatial axes: each list has a number for each of them.</summary>
/// <param name="Stride">The steps between windows, above 0.</param>
/// <param name="Low">How many zeros lie before the first element, none negative.</param>
/// <param name="High">How many lie behind the last.</param>
/// <param name="Dilation">The distances between a window's elements, above 0.</param>
public sealed record ConvolutionWindow(Ints Stride, Ints Low, Ints High, Ints Dilation)
{
    /// <summary>Windows that lie alike along all axes.</summary>
    /// <param name="axes">How many spatial axes there are.</param>
    /// <param name="stride">The step between windows, above 0.</param>
    /// <param name="padding">Zeros on either side, not negative.</param>
    /// <param name="dilation">The distance between a window's elements, above 0.</param>
    /// <exception cref="ArgumentException">The number of axes is negative.</exception>
    public static ConvolutionWindow Of(int axes, int stride = 1, int padding = 0, int dilation = 1)
    {
        Require.That(axes >= 0, $"[ConvolutionWindow.Of] got {axes} axes; expected at least 0");
        var sides = Ints.Repeat(padding, axes);
        return new(Ints.Repeat(stride, axes), sides, sides, Ints.Repeat(dilation, axes));
    }

    /// <summary>Windows with as many zeros round them as give ⌈length ⁄ stride⌉ positions: half on either side, one more behind where they are odd.</summary>
    /// <param name="lengths">The lengths of the spatial axes, none negative.</param>
    /// <param name="size">The windows' sizes, above 0.</param>
    /// <param name="stride">The step between windows, above 0.</param>
    /// <param name="dilation">The distance between a window's elements, above 0.</param>
    /// <exception cref="ArgumentException">The lists' lengths differ, or a number is out of range.</exception>
    public static ConvolutionWindow Same(Ints lengths, Ints size, int stride = 1, int dilation = 1)
    {
        Require.NotNull(lengths, "ConvolutionWindow.Same");
        Require.NotNull(size, "ConvolutionWindow.Same");
        Require.That(
            lengths.Count == size.Count
                && stride > 0
                && dilation > 0
                && lengths.All(length => length >= 0)
                && size.All(one => one > 0 && (long)one * dilation <= int.MaxValue),
            $"[ConvolutionWindow.Same] got lengths {lengths}, size {size}, stride {stride}, dilation {dilation}; expected as many sizes as lengths, no length negative, the others above 0"
        );
        var total = Ints.From(
            size.Count,
            i => (int)Math.Max(0, ((lengths[i] + stride - 1L) / stride * stride) - stride + ((size[i] - 1L) * dilation) + 1 - lengths[i])
        );
        return new(
            Ints.Repeat(stride, size.Count),
            Ints.From(size.Count, i => total[i] / 2),
            Ints.From(size.Count, i => total[i] - (total[i] / 2)),
            Ints.Repeat(dilation, size.Count)
        );
    }
}
