namespace AutoDiff.Numerics;

/// <summary>The 128 bits of a random key: a pure function from positions to random words, and from numbers to keys.</summary>
/// <remarks>
/// The lower 64 bits key <see href="https://www.thesalmons.org/john/random123/">Philox 4x32-10</see> (Salmon et al. 2011); the upper 64, between an index and
/// what the block is for, are part of its counter. So draws, children and folds never share a block.
/// </remarks>
/// <param name="Bits">The bits.</param>
public readonly record struct PhiloxKey(UInt128 Bits)
{
    /// <summary>What a block of the key's counters is for: the counter's high word.</summary>
    private enum Domain : uint
    {
        Draw,
        Split,
        FoldLow,
        FoldHigh,
        Trial, // and those after it: one for each trial of a number that is drawn by trials
    }

    private (uint, uint) Cipher => ((uint)(ulong)Bits, (uint)((ulong)Bits >> 32));

    /// <summary>The key's child of an index: independent of all others, and of what the key draws.</summary>
    public PhiloxKey Child(uint index) => new(Block(index, Domain.Split));

    /// <summary>The key's child of a number; independent of those of all other numbers, and of <see cref="Child"/>'s.</summary>
    public PhiloxKey FoldIn(ulong data) => new(new PhiloxKey(Block((uint)data, Domain.FoldLow)).Block((uint)(data >> 32), Domain.FoldHigh));

    /// <summary>The random word at a position.</summary>
    public ulong Word(uint position)
    {
        var block = Block(position / 2, Domain.Draw);
        return (ulong)(position % 2 == 0 ? block : block >> 64);
    }

    /// <summary>The random words from a position on.</summary>
    /// <param name="start">The first position, an even one.</param>
    /// <param name="words">What is written.</param>
    public void Fill(uint start, Span<ulong> words) => Philox.Fill(Counter(start / 2, Domain.Draw), Cipher, words);

    /// <summary>Two random words for one trial of the number at an index, independent of those of all other trials and indices.</summary>
    internal (ulong First, ulong Second) Trial(uint index, uint trial)
    {
        var block = Block(index, Domain.Trial + trial);
        return ((ulong)block, (ulong)(block >> 64));
    }

    private UInt128 Block(uint index, Domain domain)
    {
        var (w0, w1, w2, w3) = Philox.Block(Counter(index, domain), Cipher);
        return new(((ulong)w3 << 32) | w2, ((ulong)w1 << 32) | w0);
    }

    private (uint, uint, uint, uint) Counter(uint index, Domain domain)
    {
        var stream = (ulong)(Bits >> 64);
        return (index, (uint)stream, (uint)(stream >> 32), (uint)domain);
    }
}
