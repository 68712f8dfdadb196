namespace AutoDiff.Tests.Numerics;

public class SplitMix64Tests
{
    /// <summary>The first numbers of the published generator from the state 1234567.</summary>
    [Fact]
    public void Gives_the_published_numbers()
    {
        ulong state = 1234567;
        foreach (
            var expected in new ulong[]
            {
                6457827717110365317,
                3203168211198807973,
                9817491932198370423,
                4593380528125082431,
                16408922859458223821,
            }
        )
            Assert.Equal(expected, SplitMix64.Next(ref state));
        Assert.Equal(0UL, SplitMix64.Mix(0));
    }

    [Fact]
    public void Rounding_is_that_of_double_precision()
    {
        Assert.Equal(Roundoff.Epsilon, Math.BitIncrement(1.0) - 1);
        Assert.Equal(1, 1 + Roundoff.Unit);
        Assert.Equal(Roundoff.Unit, Math.ScaleB(1, -53));
    }
}
