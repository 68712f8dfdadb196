using System.Text.Json.Serialization;

namespace AutoDiff;

/// <summary>A splittable random key: every draw is a pure function of it, so equal keys give equal draws, on every machine.</summary>
/// <remarks>
/// Draw once from a key, then split it for more: two draws from one key share their random bits. The first elements of a longer draw are those
/// of a shorter one. Bits come from Philox 4x32-10 (Salmon et al. 2011) in counter mode. Draws, splits and folds use
/// disjoint counters, so children are independent of each other and of what their parent draws.
/// </remarks>
[JsonConverter(typeof(KeyJsonConverter))]
public readonly partial record struct Key
{
    private readonly UInt128 _bits;

    private Key(UInt128 bits) => _bits = bits;

    /// <summary>What a block of the key's counters is for: the counter's high word.</summary>
    private enum Domain : uint
    {
        Draw,
        Split,
        FoldLow,
        FoldHigh,
    }

    /// <summary>The key's 128 bits, from which <see cref="FromBits"/> makes it again: for saving and resuming.</summary>
    public UInt128 Bits => _bits;

    /// <summary>The key of a seed; different seeds give different keys.</summary>
    public static Key Of(ulong seed) => new(seed);

    /// <summary>The key of bits that <see cref="Bits"/> gave.</summary>
    public static Key FromBits(UInt128 bits) => new(bits);

    /// <summary>Independent keys; the first ones of a larger count are those of a smaller.</summary>
    /// <param name="count">How many, at least 0.</param>
    /// <exception cref="ArgumentException">The count is negative.</exception>
    public Key[] Split(int count)
    {
        Require.That(count >= 0, $"[Key.Split] count {count}; expected at least 0");
        var children = Allocation.Of<Key>("Key.Split", count);
        for (var i = 0; i < count; i++)
            children[i] = Derive((uint)i, Domain.Split);
        return children;
    }

    /// <summary>Two independent keys, as <c>Split(2)</c>.</summary>
    public (Key First, Key Second) Split() => (Derive(0, Domain.Split), Derive(1, Domain.Split));

    /// <summary>The key's child of a number, such as a step's: independent of those of all other numbers, and of the splits.</summary>
    public Key Fold(ulong data) => Derive((uint)data, Domain.FoldLow).Derive((uint)(data >> 32), Domain.FoldHigh);

    /// <summary>The key's 64-bit random word at a position.</summary>
    internal ulong Word(uint position)
    {
        var (low, high) = Words(position / 2);
        return position % 2 == 0 ? low : high;
    }

    /// <summary>The key's random words at positions 2·block and 2·block + 1.</summary>
    internal (ulong Low, ulong High) Words(uint block)
    {
        var bits = Block(block, Domain.Draw);
        return ((ulong)bits, (ulong)(bits >> 64));
    }

    private Key Derive(uint index, Domain domain) => new(Block(index, domain));

    /// <summary>The lower 64 bits key the cipher; the upper 64, between index and domain, are part of its counter.</summary>
    private UInt128 Block(uint index, Domain domain)
    {
        var (key, stream) = ((ulong)_bits, (ulong)(_bits >> 64));
        var (w0, w1, w2, w3) = Philox.Block((index, (uint)stream, (uint)(stream >> 32), (uint)domain), ((uint)key, (uint)(key >> 32)));
        return new(((ulong)w3 << 32) | w2, ((ulong)w1 << 32) | w0);
    }
}
