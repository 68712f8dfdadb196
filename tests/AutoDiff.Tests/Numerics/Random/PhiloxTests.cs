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

    private static uint[] Words(string text) => [.. text.Split(' ').Select(word => Convert.ToUInt32(word, 16))];
}
