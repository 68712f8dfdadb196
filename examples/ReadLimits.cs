namespace AutoDiff.Examples;

/// <summary>How much of a file is read before it is refused, so that no input, however long or dense, takes all memory.</summary>
public sealed record ReadLimits
{
    /// <summary>The most rows below the header.</summary>
    public int Rows { get; init; } = 1_000_000;

    /// <summary>The most characters on a line.</summary>
    public int Line { get; init; } = 1 << 20;

    /// <summary>The most text, unpacked, in MiB.</summary>
    public int Size { get; init; } = 256;
}
