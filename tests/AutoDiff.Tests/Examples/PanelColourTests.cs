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

    private static Panel Panel(params string[] names) =>
        new("p", new("x"), new("y"), [.. names.Select(name => new Mark.Line([0, 1], [0, 1]) { Name = name })]);
}
