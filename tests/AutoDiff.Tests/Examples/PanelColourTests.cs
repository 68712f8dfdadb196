using AutoDiff.Examples;
using AutoDiff.Examples.Experiments;
using AutoDiff.Examples.Pages;
using AutoDiff.Plots;

namespace AutoDiff.Tests.Examples;

/// <summary>Panels that are drawn one by one have their figure's colours.</summary>
public sealed class PanelColourTests
{
    private static readonly Figure Two = new("f", [Panel("sgd", "adam"), Panel("adam")]);

    [Fact]
    public void OnThePage()
    {
        var panels = Drawing.Of(new Answer { Figures = [Two] }, 1, default, false).Figures[0].Panels;
        Assert.Contains("class=\"p1\"", panels[1].Svg, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"p0\"", panels[1].Svg, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InFiles()
    {
        var folder = Directory.CreateTempSubdirectory("figures");
        try
        {
            await FigureFiles.In(folder.FullName).WriteAsync("two", [Two], TestContext.Current.CancellationToken);
            var svg = await File.ReadAllTextAsync(
                System.IO.Path.Combine(folder.FullName, "two-1-2.svg"),
                TestContext.Current.CancellationToken
            );
            Assert.Contains("class=\"p1\"", svg, StringComparison.Ordinal);
            Assert.DoesNotContain("class=\"p0\"", svg, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Panel Panel(params string[] names) =>
        new("p", new("x"), new("y"), [.. names.Select(name => new Mark.Line([0, 1], [0, 1]) { Name = name })]);
}
