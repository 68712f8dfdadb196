using AutoDiff.Curvature;

namespace AutoDiff.Tests.Curvature;

public class RandomStartTests
{
    [Fact]
    public void The_share_is_that_of_the_chance()
    {
        // 1.648·√100·exp(−√0.04·19)
        Assert.Equal(16.48 * Math.Exp(-3.8), RandomStart.Chance(100, 10, 0.04), 1e-14);
        Assert.Equal(0.04, RandomStart.Share(100, 10, RandomStart.Chance(100, 10, 0.04)), 1e-14);
        Assert.Equal(1, RandomStart.Chance(100, 0, 0.5));
    }
}
