using System.Numerics;

namespace AutoDiff;

/// <summary>Keys as numbers that both precisions hold: the 128 bits in eight words of sixteen, the lowest first.</summary>
internal static class KeyWords
{
    /// <summary>How many words a key has.</summary>
    public const int Count = 8;

    /// <summary>How many words a number that is folded into a key has.</summary>
    public const int OfNumber = 4;

    private const int Bits = 16;

    /// <summary>The key of words.</summary>
    /// <exception cref="ArgumentException">One is no whole number in 0 … 65535.</exception>
    public static PhiloxKey Key<T>(ReadOnlySpan<T> words, string operation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(new UInt128(Number(words[OfNumber..Count], operation), Number(words[..OfNumber], operation)));

    /// <summary>The number of four words.</summary>
    /// <exception cref="ArgumentException">One is no whole number in 0 … 65535.</exception>
    public static ulong Number<T>(ReadOnlySpan<T> words, string operation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var number = 0ul;
        for (var i = OfNumber - 1; i >= 0; i--)
            number = (number << Bits) | Word(double.CreateTruncating(words[i]), operation);
        return number;
    }

    /// <summary>Writes the words of a key.</summary>
    public static void Write<T>(PhiloxKey key, Span<T> words)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Write((ulong)key.Bits, words[..OfNumber]);
        Write((ulong)(key.Bits >> 64), words[OfNumber..Count]);
    }

    /// <summary>Writes the words of a number.</summary>
    public static void Write<T>(ulong number, Span<T> words)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < OfNumber; i++)
            words[i] = T.CreateTruncating((ushort)(number >> (Bits * i)));
    }

    private static ushort Word(double word, string operation)
    {
        var whole = (ushort)Math.Clamp(word, 0, ushort.MaxValue);
        if (whole != word)
            Require.That(
                false,
                $"[{operation}] got {word} for a word of a key or number; expected a whole number in 0 … {ushort.MaxValue}"
            );
        return whole;
    }
}
