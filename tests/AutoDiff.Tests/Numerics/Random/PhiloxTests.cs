namespace AutoDiff.Tests.Numerics;

/// <summary>Philox 4x32-10 against the known answers published with Random123 (kat_vectors).</summary>
public sealed class PhiloxTests
{
    [Theory]
    [InlineData("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8")]
    [InlineData("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd")]
    [InlineData("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1")]
    public void KnownAnswers(string counter, string key, string expected)
    {
        var (c, k) = (Words(counter), Words(key));
        var (w0, w1, w2, w3) = Philox.Block((c[0], c[1], c[2], c[3]), (k[0], k[1]));
        Assert.Equal<uint[]>(Words(expected), [w0, w1, w2, w3]);
    }

    /// <summary>At every length, round the end of the first word's range, and at every width of registers.</summary>
    [Theory]
    [InlineData(0u)]
    [InlineData(uint.MaxValue - 5)]
    public void A_run_of_counters_gives_their_blocks(uint start)
    {
        var (counter, key) = ((start, 0x85a308d3u, 0x13198a2eu, 0x03707344u), (0xa4093822u, 0x299f31d0u));
        var expected = Enumerable
            .Range(0, 40)
            .SelectMany(i =>
            {
                var (w0, w1, w2, w3) = Philox.Block((unchecked(start + (uint)i), counter.Item2, counter.Item3, counter.Item4), key);
                return (ulong[])[((ulong)w1 << 32) | w0, ((ulong)w3 << 32) | w2];
            })
            .ToArray();
        for (var length = 0; length <= expected.Length; length++)
        {
            var words = new ulong[3][];
            for (var i = 0; i < words.Length; i++)
                words[i] = [.. Enumerable.Repeat(7ul, length + 1)];
            Philox.Fill(counter, key, words[0].AsSpan(0, length));
            Philox.Fill<Packed512<double>>(counter, key, words[1].AsSpan(0, length));
            Philox.Fill<Packed256<double>>(counter, key, words[2].AsSpan(0, length));
            Assert.All(words, own => Assert.Equal([.. expected[..length], 7], own));
        }
    }

    /// <summary>The loops over registers have the bits of the numbers one by one, centre and tails.</summary>
    [Fact]
    public void Numbers_of_words_are_those_of_the_scalar_functions()
    {
        ulong[] words = [0, 1ul << 12, 1ul << 40, ulong.MaxValue, 1ul << 63, ulong.MaxValue >> 1, .. Enumerable.Range(0, 500).Select(Word)];
        double[] midpoints = [.. words.Select(word => ((word >> 12) + 0.5) * (1.0 / (1L << 52)))];
        Same<RandomWords.Unit>(words, words.Select(word => (word >> 11) * (1.0 / (1L << 53))));
        Same<RandomWords.SingleUnit>(words, words.Select(word => (word >> 40) * (1.0 / (1L << 24))));
        Same<RandomWords.Midpoint>(words, midpoints);
        Same<RandomWords.Normal>(words, midpoints.Select(PortableMath.NormalQuantile));
        Same<RandomWords.Exponential>(words, midpoints.Select(p => -PortableMath.Log(p)));
        Same<RandomWords.Sign>(words, words.Select(word => (long)word < 0 ? -1.0 : 1));

        // From the middle out to the ends, so that every branch is taken.
        static ulong Word(int i) => i % 2 == 0 ? SplitMix64.Mix((ulong)i) : SplitMix64.Mix((ulong)i) >> (i % 50);
    }

    private static void Same<TFunction>(ulong[] words, IEnumerable<double> expected)
        where TFunction : struct, IMap<double>
    {
        var values = words.Select(BitConverter.UInt64BitsToDouble).ToArray();
        MapLoops.Map<double, TFunction>(ref values[0], ref values[0], values.Length);
        Assert.Equal(expected.Select(BitConverter.DoubleToUInt64Bits), values.Select(BitConverter.DoubleToUInt64Bits));
    }

    private static uint[] Words(string text) => [.. text.Split(' ').Select(word => Convert.ToUInt32(word, 16))];
}
