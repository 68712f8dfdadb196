namespace AutoDiff.Nets;

/// <summary>How many elements are put round a signal or an image before windows are laid over it. A number alone stands for every side.</summary>
public sealed record Padding
{
    // One number stands for every axis; none for as many as keep the length.
    private readonly Ints? _low;
    private readonly Ints? _high;

    private Padding(Ints? low, Ints? high) => (_low, _high) = (low, high);

    /// <summary>None.</summary>
    public static Padding None { get; } = Of(0, 0);

    /// <summary>As many as give ⌈length ⁄ stride⌉ windows: half on either side, one more behind where they are odd.</summary>
    /// <remarks>With stride 1, the only one for which PyTorch has it, the output is as long as the input.</remarks>
    public static Padding Same { get; } = new(null, null);

    /// <summary>Numbers before the first and behind the last element, alike along every axis.</summary>
    /// <exception cref="ArgumentException">A number is negative.</exception>
    public static Padding Of(int low, int high) => Of([low], [high]);

    /// <summary>Numbers before the first and behind the last element of each axis: of an image [top, left] and [bottom, right].</summary>
    /// <exception cref="ArgumentException">The lists' lengths differ, or a number is negative.</exception>
    public static Padding Of(Ints low, Ints high)
    {
        Require.NotNull(low, nameof(Padding));
        Require.NotNull(high, nameof(Padding));
        Require.That(
            low.Count > 0 && low.Count == high.Count && low.Concat(high).All(side => side >= 0),
            $"[Padding] got {low} before and {high} behind; expected as many numbers in either, none negative"
        );
        return new(low, high);
    }

    /// <summary>A number on every side.</summary>
    /// <exception cref="ArgumentException">It is negative.</exception>
    public static implicit operator Padding(int everySide) => Of(everySide, everySide);

    /// <summary>A number above and below, another left and right.</summary>
    /// <exception cref="ArgumentException">A number is negative.</exception>
    public static implicit operator Padding(HeightWidth sides) => Of(sides.ToInts(), sides.ToInts());

    /// <inheritdoc/>
    public override string ToString() => _low is null ? "same" : $"{_low} before, {_high} behind";

    /// <summary>How windows lie over signals of given lengths.</summary>
    internal ConvolutionWindow Window(string layer, Ints lengths, Ints size, Ints stride, Ints dilation)
    {
        if (_low is null || _high is null)
        {
            ConvolutionWindow[] axes =
            [
                .. Enumerable.Range(0, size.Count).Select(i => ConvolutionWindow.Same([lengths[i]], [size[i]], stride[i], dilation[i])),
            ];
            return new(stride, Ints.From(size.Count, i => axes[i].Low[0]), Ints.From(size.Count, i => axes[i].High[0]), dilation);
        }
        Require.That(_low.Count == 1 || _low.Count == size.Count, $"[{layer}] got padding {this}; expected numbers for {size.Count} axes");
        return new(stride, Each(_low), Each(_high), dilation);

        Ints Each(Ints sides) => sides.Count == 1 ? Ints.Repeat(sides[0], size.Count) : sides;
    }
}
