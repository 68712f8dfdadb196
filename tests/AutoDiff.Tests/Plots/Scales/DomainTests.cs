using AutoDiff.Plots;

namespace AutoDiff.Tests.Plots;

public class DomainTests
{
    private static readonly Axis Linear = new("x");
    private static readonly Axis Logarithmic = new("x") { Scale = Scale.Log };

    [Fact]
    public void DataStandALittleWithinAndEndsAreExact()
    {
        var domain = Domain.Of(Linear, [0, 100, double.NaN, double.PositiveInfinity], 0);
        Assert.Equal((0, 103), (domain.From, domain.To));
        domain = Domain.Of(Logarithmic, [1, 0, -5, 100]);
        Assert.Equal(Math.Pow(10, -0.06), domain.From, 1e-12);
        Assert.Equal(Math.Pow(10, 2.06), domain.To, 1e-9);
    }

    [Theory]
    [InlineData(5, 2.5, 7.5)]
    [InlineData(0, -1, 1)]
    [InlineData(1e-308, -1, 1)] // beside what a chart can tell from 0
    [InlineData(-1e308, -1.5e308, -5e307)]
    [InlineData(double.MaxValue, double.MaxValue / 2, double.MaxValue)]
    public void OneValueHasRoomOnBothSides(double value, double from, double to)
    {
        var domain = Domain.Of(Linear, [value, value]);
        Assert.Equal(from, domain.From, Math.Abs(from) * 1e-12);
        Assert.Equal(to, domain.To, Math.Abs(to) * 1e-12);
    }

    [Fact]
    public void ValuesThatLabelsDoNotTellApartAreLikeOne()
    {
        var domain = Domain.Of(Linear, [100, 100 + 1e-5]);
        Assert.Equal((50, 150), (Math.Round(domain.From, 4), Math.Round(domain.To, 4)));
        Assert.InRange(Domain.Of(Linear, [100, 100.01]).From, 99.99, 100);
    }

    [Fact]
    public void PlacesBeyondAllNumbersHaveTheNearest()
    {
        Assert.Equal(double.Epsilon, Scale.Log.Number(-1000));
        Assert.Equal(double.MaxValue, Scale.Log.Number(1000));
        Assert.Equal(-double.MaxValue, Scale.SymmetricLog(1).Number(-1000));
    }

    [Fact]
    public void NothingToShowIsFromZeroToOneOrOneDecade()
    {
        var domain = Domain.Of(Linear, [double.NaN], 0, 1);
        Assert.Equal((0, 1), (domain.From, domain.To));
        domain = Domain.Of(Logarithmic, [-1, 0], 1, 10);
        Assert.Equal((1, 10), (domain.From, domain.To));
    }

    [Fact]
    public void TheWidestDataHaveFinitePlaces()
    {
        var domain = Domain.Of(Linear, [-double.MaxValue, double.MaxValue]);
        Assert.Equal([0, 0.5, 1], new[] { -double.MaxValue, 0, double.MaxValue }.Select(domain.Place));
        Assert.Equal(-2e307, Scale.Linear.Number(Scale.Linear.Forward(-2e307)), 1e293);
    }

    [Fact]
    public void ToldEndsAreKept()
    {
        var domain = Domain.Of(new("x") { From = 3, To = 4 }, [1, 100]);
        Assert.Equal((3, 4), (domain.From, domain.To));
        domain = Domain.Of(new("x") { From = 200 }, [1, 100]);
        Assert.Equal((200, 300), (domain.From, domain.To));
        domain = Domain.Of(new("x") { To = -4 }, [1, 100]);
        Assert.Equal((-6, -4), (domain.From, domain.To));
        domain = Domain.Of(new("x") { From = 0 }, [1, 100]);
        Assert.Equal((0, 103), (domain.From, domain.To));
    }

    [Theory]
    [InlineData(1.0, 1.0, false)]
    [InlineData(2.0, 1.0, false)]
    [InlineData(double.NaN, null, false)]
    [InlineData(null, double.PositiveInfinity, false)]
    [InlineData(0.0, 1.0, true)]
    [InlineData(null, -1.0, true)]
    public void EndsThatAnAxisCannotHaveAreRefused(double? from, double? to, bool log)
    {
        var axis = new Axis("loss")
        {
            From = from,
            To = to,
            Scale = log ? Scale.Log : Scale.Linear,
        };
        Assert.StartsWith(
            "[Axis loss] got From ",
            Assert.Throws<ArgumentException>(() => Domain.Of(axis, [1])).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void SymmetricLogIsLinearWithinItsThresholdAndMeetsItself()
    {
        var domain = new Domain(Scale.SymmetricLog(0.01), -1, 1); // two decades and the linear part on each side
        Assert.Equal(
            [0, 0.5 - 1 / 6.0, 0.5, 0.5 + 0.5 / 6, 0.5 + 2 / 6.0],
            new[] { -1, -0.01, 0, 0.005, 0.1 }.Select(value => Math.Round(domain.Place(value), 14)),
            (a, b) => Math.Abs(a - b) < 1e-12
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => Scale.SymmetricLog(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scale.SymmetricLog(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scale.SymmetricLog(double.PositiveInfinity));
    }
}
