using AutoDiff.Examples;

namespace AutoDiff.Tests.Examples;

public sealed class SpectrumBinsTests
{
    [Fact]
    public void EveryValueIsCountedOnceAndInItsBin()
    {
        double[] values = [-0.24, -0.05, 0, 1e-3, 1.0000001e-3, 0.9999999e-3, 0.2, 7];
        var bins = SpectrumBins.Of([.. values], 1e-12);
        Assert.Equal(values.Length, bins.Sum(bin => bin.Count));
        Assert.All(bins, bin => Assert.Equal(values.Count(value => value >= bin.Low && value < bin.High), bin.Count));
        Assert.All(bins.Zip(bins.Skip(1)), pair => Assert.Equal(pair.First.High, pair.Second.Low));
        Assert.Contains(bins, bin => bin.Count == 3);
    }

    [Fact]
    public void ManyMagnitudesAreKeptToAFewBins() => Assert.InRange(SpectrumBins.Of([-1e-30, 1e-200, 1, 1e5], 0).Length, 1, 14);

    [Fact]
    public void ZerosAreOneBin() => Assert.Equal([new(-1e-20, 1e-20, 3)], SpectrumBins.Of([0, 1e-20, -1e-21], 1e-12));
}
