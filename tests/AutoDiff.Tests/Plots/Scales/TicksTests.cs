using AutoDiff.Plots;

namespace AutoDiff.Tests.Plots;

public class TicksTests
{
    [Theory]
    [InlineData(0, 1, 5, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(-3.2, 103, 5, "0 50 100")]
    [InlineData(-1, 1, 4, "−1 −0.5 0 0.5 1")]
    [InlineData(0, 3e-7, 3, "0 1e−7 2e−7 3e−7")]
    [InlineData(0, 1.2e-3, 3, "0 0.0005 0.001")]
    [InlineData(0, 2.4e6, 4, "0 1e6 2e6")]
    [InlineData(0, 240_000, 3, "0 100000 200000")]
    [InlineData(1000.1, 1000.6, 5, "1000.1 1000.2 1000.3 1000.4 1000.5 1000.6")]
    [InlineData(-double.MaxValue, double.MaxValue, 4, "−1e308 0 1e308")]
    [InlineData(0, 2e-308, 2, "0 1e−308 2e−308")]
    public void LinearOnesAreOneTwoOrFive(double from, double to, int count, string labels) =>
        Assert.Equal(labels, Labels(Scale.Linear, from, to, count));

    [Theory]
    [InlineData(1, 100, 7, "1 2 5 10 20 50 100")]
    [InlineData(1, 100, 5, "1 10 100")]
    [InlineData(0.9, 1.1e6, 7, "1 10 100 1000 10000 100000 1e6")]
    [InlineData(1e-9, 1, 5, "1e−8 1e−6 1e−4 0.01 1")]
    [InlineData(30, 40, 5, "30 32 34 36 38 40")]
    [InlineData(5e-324, 1.7e308, 4, "1e−252 1e−126 1 1e126 1e252")]
    public void LogarithmicOnesArePowersOrTheirMultiples(double from, double to, int count, string labels) =>
        Assert.Equal(labels, Labels(Scale.Log, from, to, count));

    [Theory]
    [InlineData(-10, 1000, 6, "−10 −1 0 1 10 100 1000")]
    [InlineData(0, 1000, 5, "0 1 10 100 1000")]
    [InlineData(-1e12, -1e10, 6, "−1e12 −5e11 −2e11 −1e11 −5e10 −2e10 −1e10")]
    [InlineData(-0.4, 0.4, 4, "−0.4 −0.2 0 0.2 0.4")]
    public void SymmetricOnesStandOnBothSidesOfZero(double from, double to, int count, string labels) =>
        Assert.Equal(labels, Labels(Scale.SymmetricLog(1), from, to, count));

    [Fact]
    public void SymmetricOnesLeaveOutWhatIsBelowTheThreshold() =>
        Assert.Equal("0 10 100 1000", string.Join(' ', new Domain(Scale.SymmetricLog(3), 0, 1000).Ticks(4).Select(tick => tick.Label)));

    [Theory]
    [InlineData(0, 0.0004, 4, "0 0.1 ms 0.2 ms 0.3 ms 0.4 ms")]
    [InlineData(0, 0.4, 4, "0 100 ms 200 ms 300 ms 400 ms")]
    [InlineData(0, 8, 4, "0 2 s 4 s 6 s 8 s")]
    [InlineData(0, 60, 4, "0 15 s 30 s 45 s 60 s")]
    [InlineData(0, 90, 5, "0 30 s 60 s 90 s")]
    [InlineData(0, 5400, 6, "0 15 min 30 min 45 min 60 min 75 min 90 min")]
    [InlineData(0, 5400, 3, "0 30 min 60 min 90 min")]
    [InlineData(0, 86400, 5, "0 6 h 12 h 18 h 24 h")]
    [InlineData(0, 86400, 3, "0 12 h 24 h")]
    [InlineData(0, 172800, 3, "0 1 d 2 d")]
    [InlineData(-90, 90, 6, "−90 s −60 s −30 s 0 30 s 60 s 90 s")]
    [InlineData(0, 3600, 6, "0 10 min 20 min 30 min 40 min 50 min 60 min")]
    [InlineData(0, 36000, 5, "0 2 h 4 h 6 h 8 h 10 h")]
    [InlineData(0, 864000, 5, "0 2 d 4 d 6 d 8 d 10 d")]
    public void TimesHaveTheirUnit(double from, double to, int count, string labels) =>
        Assert.Equal(labels, Labels(Scale.Time, from, to, count));

    [Theory]
    [InlineData(0.1 + 0.2, "0.3")]
    [InlineData(-1234.5, "−1234")]
    [InlineData(1.5e-7, "1.5e−7")]
    [InlineData(-0.0, "0")]
    [InlineData(9999.9, "10000")]
    [InlineData(0.025, "0.025")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "−∞")]
    [InlineData(double.Epsilon, "4.941e−324")]
    public void NumbersAreShort(double value, string text) => Assert.Equal(text, Ticks.Text(value));

    [Fact]
    public void ValuesThatAreCloseHaveTheDigitsThatTellThemApart()
    {
        Assert.Equal(["1.00001", "1.00002", "250"], Ticks.At([1.00001, 1.00002, 250]).Select(tick => tick.Label));
        Assert.Equal(["0.1235", "0.2"], Ticks.At([0.12345, 0.2]).Select(tick => tick.Label));
        Assert.Equal(2, Ticks.At([1, Math.BitIncrement(1.0)]).DistinctBy(tick => tick.Label).Count());
    }

    private static string Labels(Scale scale, double from, double to, int count) =>
        string.Join(' ', new Domain(scale, from, to).Ticks(count).Select(tick => tick.Label));
}
