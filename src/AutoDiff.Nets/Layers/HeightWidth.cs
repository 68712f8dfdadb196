namespace AutoDiff.Nets;

/// <summary>A number for each axis of an image: sizes, strides, distances. A number alone stands for both, a tuple for (height, width).</summary>
/// <param name="Height">Along the rows.</param>
/// <param name="Width">Along the columns.</param>
public readonly record struct HeightWidth(int Height, int Width)
{
    /// <summary>The same number along both axes.</summary>
    public static implicit operator HeightWidth(int both) => new(both, both);

    /// <summary>(height, width).</summary>
    public static implicit operator HeightWidth((int Height, int Width) each) => new(each.Height, each.Width);

    /// <summary>Both numbers, height first.</summary>
    public Ints ToInts() => [Height, Width];

    /// <inheritdoc/>
    public override string ToString() => $"{Height}×{Width}";
}
