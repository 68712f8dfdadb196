using AutoDiff.Numerics;

namespace AutoDiff.Tests.Numerics;

public sealed class DrawsTests
{
    /// <summary>One word in 2³³ is refused at most: the 449th of this key for this bound, found by a search, is; so the next number is of the word after it.</summary>
    [Fact]
    public void A_word_that_would_make_a_number_likelier_than_others_is_refused()
    {
        const int bound = 2_138_017_197;
        var key = new PhiloxKey(1);
        Assert.Equal(0xeb74e5006a385c47UL, key.Word(448));
        Assert.True(unchecked(key.Word(448) * bound) < unchecked(0UL - bound) % bound);
        var numbers = new double[449];
        Draws.Integers(key, bound, numbers);
        Assert.Equal([782_411_383, 904_937_012], numbers[447..]);
    }
}
