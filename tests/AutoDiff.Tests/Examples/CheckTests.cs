using AutoDiff.Examples.Experiments;
using AutoDiff.Plots;

namespace AutoDiff.Tests.Examples;

/// <summary>Checks hold where they say, and say it in numbers that can be read.</summary>
public sealed class CheckTests
{
    [Theory]
    [InlineData(1, false, false, true)]
    [InlineData(0.5, false, true, true)]
    [InlineData(2, true, false, false)]
    [InlineData(double.NaN, false, false, false)]
    public void ABoundIsOpenButForAtMost(double measured, bool above, bool below, bool atMost)
    {
        Assert.Equal(above, Check.Above("x", 1, measured).Holds);
        Assert.Equal(below, Check.Below("x", 1, measured).Holds);
        Assert.Equal(atMost, Check.AtMost("x", 1, measured).Holds);
        Assert.Equal(("above 1", "below 1"), (Check.Above("x", 1, measured).Expected, Check.Below("x", 1, measured).Expected));
        Assert.Equal("at most 1", Check.AtMost("x", 1, measured).Expected);
    }

    [Fact]
    public void AllOfSomeHoldsAndAllOfNoneDoesNot()
    {
        var some = Check.All<int>("x", [1, 2, 3], x => x < 3);
        Assert.Equal(("all 3", "2 of 3", false), (some.Expected, some.Measured, some.Holds));
        Assert.True(Check.All<int>("x", [1, 2, 3], x => x < 4).Holds);
        Assert.False(Check.All<int>("x", [], _ => true).Holds);
    }

    [Theory]
    [InlineData(8.88178E-16, "8.88e-16")]
    [InlineData(-1e-12, "-1e-12")]
    [InlineData(1e-4, "0.0001")]
    [InlineData(0, "0")]
    [InlineData(123456.78, "123457")]
    [InlineData(1e7, "1e7")]
    [InlineData(double.NaN, "NaN")]
    public void NumbersAreShort(double value, string text) => Assert.Equal(text, Check.Text(value));

    /// <summary>A method is drawn in one colour in all panels of a figure.</summary>
    [Theory]
    [InlineData("valley")]
    [InlineData("plateau")]
    [InlineData("braking")]
    [InlineData("two-losses")]
    public void AMethodHasOneColour(string experiment)
    {
        var answer = Catalogue.All.Single(one => one.Name == experiment).Run(new(1, false, null, TestContext.Current.CancellationToken));
        var names = answer
            .Figures.SelectMany(figure => figure.Panels)
            .SelectMany(panel => panel.Marks)
            .Where(mark => mark is Mark.Series && mark.Name is not (null or "minimum"))
            .GroupBy(mark => mark.Name);
        Assert.All(names, marks => Assert.Single(marks.Select(mark => mark.Colour).Distinct()));
    }
}
