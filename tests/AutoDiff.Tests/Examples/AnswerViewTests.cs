using AutoDiff.Examples;
using AutoDiff.Examples.Experiments;
using AutoDiff.Plots;
using Spectre.Console;

namespace AutoDiff.Tests.Examples;

/// <summary>What a terminal shows of an answer, and while it is worked out.</summary>
public sealed class AnswerViewTests
{
    private const string Green = "\u001b[32m";
    private const string Red = "\u001b[91m";

    [Fact]
    public void VerdictsHaveColours()
    {
        var (console, output) = Terminal();
        AnswerView.Write(
            console,
            new()
            {
                Listings =
                [
                    new(
                        "[table]",
                        ["name", "value"],
                        [
                            ["a [b]", "1.5"],
                            ["c", "-10"],
                        ]
                    ),
                ],
                Figures = [new("caption", [new("panel", new("x"), new("y"), [new Mark.Line([0, 1], [0, 1])])])],
                Checks = [Check.Equal("right", 1, 1), Check.Equal("wrong", 1, 2) with { Reason = "it is [known]" }],
            }
        );
        var text = output.ToString();
        Assert.Contains(Green + "yes", text, StringComparison.Ordinal);
        Assert.Contains(Red + "NO", text, StringComparison.Ordinal);
        Assert.Contains(" wrong: it is [known]", text, StringComparison.Ordinal);
        Assert.Contains("[table]", text, StringComparison.Ordinal);
        Assert.Contains("caption\n\npanel\ny\n", text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        // Numbers stand to the right, words to the left.
        Assert.Contains("│ a [b] │   1.5 │", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NotesStandAboveABarWithTheTimeThatHasGoneAndThatIsLeft()
    {
        var (console, output) = Terminal();
        var result = await AnswerView.WithBar(
            console,
            "name [1]",
            async progress =>
            {
                progress.Report(0.5);
                progress.Report(0.25);
                console.WriteLine("a note");
                await Task.Delay(300, TestContext.Current.CancellationToken);
                return 3;
            }
        );
        Assert.Equal(3, result);
        Assert.Contains("a note", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("name [1]", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("50%", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("25%", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("00:00:00", output.ToString(), StringComparison.Ordinal);
    }

    private static (IAnsiConsole Console, StringWriter Output) Terminal()
    {
        var output = new StringWriter();
        var console = AnsiConsole.Create(
            new()
            {
                Ansi = AnsiSupport.Yes,
                ColorSystem = ColorSystemSupport.Standard,
                Interactive = InteractionSupport.Yes,
                Out = new AnsiConsoleOutput(output),
            }
        );
        console.Profile.Width = 100;
        return (console, output);
    }
}
