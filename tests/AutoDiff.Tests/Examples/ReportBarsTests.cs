using AutoDiff.Examples.Pages;
using Spectre.Console;

namespace AutoDiff.Tests.Examples;

/// <summary>What a terminal shows while a report is made.</summary>
public class ReportBarsTests
{
    [Theory]
    [InlineData(null, "all ")]
    [InlineData(11.6, "all, 12 s left ")]
    [InlineData(0.0, "all, 1 s left ")] // never that nothing is left while something is
    [InlineData(124.2, "all, 2 min 5 s left ")]
    public async Task OneBarIsOfTheExperimentAndOneOfAll(double? left, string expected)
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(
            new()
            {
                Ansi = AnsiSupport.Yes,
                ColorSystem = ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.Yes,
                Out = new AnsiConsoleOutput(output),
            }
        );
        console.Profile.Width = 100;
        var result = await ReportBars.Around(
            console,
            async bars =>
            {
                bars.Report(new(2, 6, "name [1]", 0.5, left));
                await Task.Delay(300, TestContext.Current.CancellationToken);
                return 3;
            }
        );
        Assert.Equal(3, result);
        var lines = output.ToString().Split('\n');
        Assert.Contains(
            lines,
            line => line.Contains(expected, StringComparison.Ordinal) && line.Contains(" 25%", StringComparison.Ordinal)
        ); // 1.5 of 6
        Assert.Contains(
            lines,
            line => line.Contains("2 of 6: name [1]", StringComparison.Ordinal) && line.Contains(" 50%", StringComparison.Ordinal)
        );
    }
}
