using AutoDiff.Examples.Experiments;

namespace AutoDiff.Tests.Examples;

/// <summary>A check says in readable numbers what it judges, and judges that.</summary>
public sealed class CheckTests
{
    [Theory]
    [InlineData(-146.6995, -146.69952, 5e-5, "-146.6995 ± 5e-5", "-146.69952", true)]
    [InlineData(1001.601, 1001.6016, 5e-4, "1001.601 ± 0.0005", "1001.6016", false)]
    [InlineData(78, 78.0000000001, 1e-9, "78 ± 1e-9", "78", true)]
    [InlineData(0.399, 0.399361, 5e-4, "0.399 ± 0.0005", "0.399361", true)]
    [InlineData(4, 5, 2, "4 ± 2", "5", true)]
    [InlineData(4, 1.9, 2, "4 ± 2", "1.9", false)]
    [InlineData(0, 2.145e-5, 0.05, "0 ± 0.05", "2.15e-5", true)]
    [InlineData(1, double.NaN, 2, "1 ± 2", "NaN", false)]
    public void A_number_is_shown_to_the_digits_that_its_distance_takes(
        double expected,
        double measured,
        double within,
        string text,
        string shown,
        bool holds
    ) => Assert.Equal(new Check("x", text, shown, holds), Check.Near("x", expected, measured, within));

    [Theory]
    [InlineData(8.88178e-16, "8.88e-16")]
    [InlineData(-1e-12, "-1e-12")]
    [InlineData(0, "0")]
    [InlineData(0.00012345678, "0.000123457")]
    [InlineData(123456.7, "123457")]
    [InlineData(1234567, "1.23457e6")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void Powers_of_ten_are_short(double value, string text) => Assert.Equal(text, Check.Text(value));

    [Fact]
    public void Bounds_are_judged_strictly_and_named()
    {
        Assert.Equal(new Check("x", "above 1", "1", false), Check.Above("x", 1, 1));
        Assert.Equal(new Check("x", "above 1, the first's", "1.5", true), Check.Above("x", 1, 1.5, "the first's"));
        Assert.Equal(new Check("x", "below 1", "1", false), Check.Below("x", 1, 1));
        Assert.Equal(new Check("x", "below 1, the first's", "0.5", true), Check.Below("x", 1, 0.5, "the first's"));
        Assert.Equal(new Check("x", "at most 1e-9", "1e-9", true), Check.AtMost("x", 1e-9, 1e-9));
        Assert.False(Check.AtMost("x", 1e-9, 2e-9).Holds);
        Assert.False(Check.AtMost("x", 1e-9, double.NaN).Holds);
        Assert.False(Check.Below("x", 1, double.NaN).Holds);
        Assert.False(Check.Above("x", 1, double.NaN).Holds);
    }

    [Fact]
    public void What_is_said_of_all_is_counted_and_of_none_is_not_true()
    {
        Assert.Equal(new Check("x", "all 3", "2 of 3", false), Check.All("x", [1, 2, 3], i => i < 3));
        Assert.Equal(new Check("x", "all 3", "3 of 3", true), Check.All("x", [1, 2, 3], i => i < 4));
        Assert.False(Check.All("x", Array.Empty<int>(), _ => true).Holds);
        Assert.Equal(new Check("x", "1 or more", "1", true), Check.Some("x", 1));
        Assert.Equal(new Check("x", "1 or more", "0", false), Check.Some("x", 0));
    }
}
