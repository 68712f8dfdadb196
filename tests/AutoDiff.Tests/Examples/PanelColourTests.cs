using AutoDiff.Examples.Experiments;
using AutoDiff.Examples.Pages;
using AutoDiff.Plots;

namespace AutoDiff.Tests.Examples;

/// <summary>Panels that are drawn one by one have their figure's colours.</summary>
public sealed class PanelColourTests
{
    private static readonly Figure Two = new("f", [Panel("sgd", "adam"), Panel("adam")]);

    [Fact]
    public void OnThePageAndInFiles()
    {
        var panels = Drawing.Of(new Answer { Figures = [Two] }, 1, default, false).Figures[0].Panels;
        Assert.Contains("class=\"p1\"", panels[1].Svg, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"p0\"", panels[1].Svg, StringComparison.Ordinal);
    }

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

    private static Panel Panel(params string[] names) =>
        new("p", new("x"), new("y"), [.. names.Select(name => new Mark.Line([0, 1], [0, 1]) { Name = name })]);
}
