using System.Text.Json;
using AutoDiff.Examples;
using Spectre.Console;
using Xunit;

namespace AutoDiff.Tests.Examples;

public sealed class ReportTests
{
    private static readonly PointReport Point = new(
        "degenerate",
        0.5,
        0.75,
        1e-17,
        3,
        "all",
        1,
        1,
        1e-12,
        new(1, 1, 1, 0, false),
        new(-2, 1e-16, 1e-15),
        new(2, 1e-16, 1e-15),
        -2.1,
        2.1,
        1.0 / 3,
        double.PositiveInfinity,
        0,
        [-2, 0, 2],
        [1e-15, 1e-15, 1e-15]
    );

    private static readonly Report Sample = new(
        new("[a].csv", 4, [0, 1], "as they are", [1, 1], "tanh", 0.001, 7, "float32", 3),
        Point,
        new(null, null, "none: a reason"),
        null,
        new(0.1, 0.6, 2000, 0.5, 3, 40, "Converged"),
        Point
    );

    [Fact]
    public void TheTextSaysWhatMatters()
    {
        var text = Written(output => ReportText.Write(output, Sample));
        Assert.StartsWith("Where does this net sit?", text, StringComparison.Ordinal);
        Assert.Contains("index                1 of 3 eigenvalues negative", text, StringComparison.Ordinal);
        Assert.Contains("1 negative, 1 near zero, 1 positive, 0 uncertain: DOES NOT CONFIRM the index", text, StringComparison.Ordinal);
        Assert.Contains("condition number     Infinity", text, StringComparison.Ordinal);
        Assert.Contains("float64, Adam in float32; seed 7", text, StringComparison.Ordinal);
        Assert.Contains("closed form          none: a reason", text, StringComparison.Ordinal);
        Assert.Contains("escape               none", text, StringComparison.Ordinal);
        Assert.Equal(6, text.Split('\n').Count(line => line.EndsWith('#')));
    }

    [Fact]
    public void TheJsonKeepsEveryBit()
    {
        var report = JsonSerializer.Deserialize(ReportJson.Of(Sample), ReportJson.Default.Report)!;
        Assert.Equal(Sample.Start.Eigenvalues, report.Start.Eigenvalues);
        Assert.Equal(Sample.Start.MinimumRatio, report.Start.MinimumRatio);
        Assert.Equal(double.PositiveInfinity, report.End.ConditionNumber);
        Assert.Equal(Sample.Training, report.Training);
        Assert.Null(report.Escape);
    }

    [Fact]
    public void TheTerminalShowsTheSameWords()
    {
        var text = Written(output =>
        {
            var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
            console.Profile.Width = 120;
            TerminalView.Write(console, Sample);
        });
        Assert.Contains("[a].csv", text, StringComparison.Ordinal);
        Assert.Contains("DOES NOT CONFIRM", text, StringComparison.Ordinal);
        Assert.Contains('█', text);
    }

    private static string Written(Action<TextWriter> write)
    {
        using var output = new StringWriter();
        write(output);
        return output.ToString();
    }
}
