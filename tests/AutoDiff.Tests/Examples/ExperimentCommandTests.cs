using System.Text.Json;
using AutoDiff.Examples;
using AutoDiff.Examples.Experiments;
using AutoDiff.Plots;
using Path = System.IO.Path;

namespace AutoDiff.Tests.Examples;

/// <summary>An experiment by its name: what it prints and writes, how it ends, and what is refused before it runs.</summary>
public sealed class ExperimentCommandTests : IDisposable
{
    private static readonly Check Right = Check.Near("sum", 4, 4.25, 0.5);
    private static readonly Check Wrong = Check.Between("product of all that was measured", 1, 2, 3);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("autodiff");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("softmax")]
    [InlineData("descent-1d")]
    [InlineData("first-steps")]
    public async Task OneOfTheCatalogueRunsByItsName(string name)
    {
        var (first, second, error) = (new StringWriter(), new StringWriter(), new StringWriter());
        Assert.Equal(0, await CommandLine.RunAsync([name], first, error, Cancel));
        Assert.Equal(0, await CommandLine.RunAsync([name, "--seed", "1"], second, error, Cancel));
        Assert.Equal(first.ToString(), second.ToString());
        Assert.NotEqual("", first.ToString());
        Assert.All(first.ToString(), character => Assert.True(char.IsAscii(character)));
        Assert.Equal("", error.ToString());
    }

    [Fact]
    public async Task AllAreListedWithTheirQuestions()
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        Assert.Equal(0, await CommandLine.RunAsync(["list"], output, error, Cancel));
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Catalogue.All.Select(experiment => experiment.Name), lines.Select(line => line.Split(' ')[0]));
        Assert.All(Catalogue.All.Zip(lines), row => Assert.EndsWith(row.First.Question, row.Second.TrimEnd(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnUnknownNameIsRefused()
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        Assert.Equal(CommandLine.Refused, await CommandLine.RunAsync(["nonsense"], output, error, Cancel));
        Assert.Contains("nonsense", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("", output.ToString());
    }

    [Fact]
    public async Task TablesAndChecksArePlainText()
    {
        var answer = new Answer
        {
            Listings =
            [
                new(
                    "halves ± none",
                    ["n", "n/2"],
                    [
                        ["1", "0.5"],
                        ["10⁻¹²", "5·10⁻¹³"],
                    ]
                ),
            ],
            Checks = [Right, Wrong with { Reason = "the factors are λ₁ and Hölder's" }],
        };
        var (code, output, error) = await RunAsync(_ => answer);
        Assert.Equal((CommandLine.Done, ""), (code, error));
        Assert.Equal(
            """
            halves +/- none
            n       n/2
            1       0.5
            10^-12  5*10^-13

            expected and measured
                 what                              expected   measured
            yes  sum                               4 +/- 0.5  4.25
            NO   product of all that was measured  1 to 2     3

            NO product of all that was measured: the factors are lambda1 and Holder's

            """.ReplaceLineEndings("\n"),
            output
        );
    }

    [Fact]
    public async Task WideTablesAreBrokenBetweenWords()
    {
        var words = string.Join(' ', Enumerable.Range(0, 60).Select(i => $"w{i}"));
        var (_, output, _) = await RunAsync(_ =>
            new()
            {
                Listings =
                [
                    new(
                        words,
                        ["name", words],
                        [
                            ["short", "1"],
                            [words, words],
                        ]
                    ),
                ],
                Checks = [Wrong with { What = words, Reason = words }],
            }
        );
        Assert.All(output.Split('\n'), line => Assert.InRange(line.Length, 0, AnswerText.Width));
        Assert.Equal(6, output.Split([' ', '\n']).Count(word => word == "w59"));
    }

    [Theory]
    [InlineData(false, false, CommandLine.Done)]
    [InlineData(true, false, CommandLine.Unexpected)]
    [InlineData(true, true, CommandLine.Done)]
    public async Task WhatIsUnexpectedShowsInTheExitCodeUnlessItsReasonIsKnown(bool wrong, bool known, int expected)
    {
        var check = Wrong with { Reason = known ? "known" : null };
        var (code, output, _) = await RunAsync(_ => new() { Checks = wrong ? [Right, check] : [Right] });
        Assert.Equal(expected, code);
        Assert.Equal(wrong, output.Contains("NO ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TheOptionsReachTheExperiment()
    {
        ExperimentRun? seen = null;
        var (code, _, _) = await RunAsync(Run, "--seed", "18446744073709551615", "--whole", "--data", _folder.FullName);
        Assert.Equal(0, code);
        Assert.Equal((ulong.MaxValue, true, _folder.FullName), (seen!.Seed, seen.IsWhole, seen.Data));
        (code, _, _) = await RunAsync(Run);
        Assert.Equal((0, 1UL, false, null), (code, seen.Seed, seen.IsWhole, seen.Data));

        Answer Run(ExperimentRun run)
        {
            seen = run;
            return new();
        }
    }

    [Fact]
    public async Task TheFileForMachinesHoldsEverything()
    {
        var file = Path.Combine(_folder.FullName, "answer.json");
        var panel = new Panel(
            "curve",
            new("step"),
            new("loss"),
            [new Mark.Line([0, 1, 2], [0.1, double.NaN, double.PositiveInfinity]) { Name = "descent" }, new Mark.Bar(["a", "b"], [1, 2])]
        );
        var (code, _, _) = await RunAsync(
            _ =>
                new()
                {
                    Checks = [Right, Wrong],
                    Listings =
                    [
                        new(
                            "table",
                            ["n"],
                            [
                                ["1"],
                                ["2"],
                            ]
                        ),
                    ],
                    Figures = [new("caption", [panel])],
                },
            "--seed",
            "7",
            "--json",
            file
        );
        Assert.Equal(CommandLine.Unexpected, code);
        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(file, Cancel));
        var root = json.RootElement;
        Assert.Equal("made", root.GetProperty("experiment").GetString());
        Assert.Equal("where it is from", root.GetProperty("source").GetString());
        Assert.Equal(
            (7UL, false),
            (root.GetProperty("settings").GetProperty("seed").GetUInt64(), root.GetProperty("settings").GetProperty("whole").GetBoolean())
        );
        Assert.True(root.GetProperty("seconds").GetDouble() > 0);
        Assert.StartsWith("0.", root.GetProperty("versions").GetProperty("autoDiff").GetString(), StringComparison.Ordinal);
        Assert.Equal([true, false], root.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("holds").GetBoolean()));
        Assert.Equal("4.25", root.GetProperty("checks")[0].GetProperty("measured").GetString());
        Assert.Equal("2", root.GetProperty("listings")[0].GetProperty("rows")[1][0].GetString());
        var marks = root.GetProperty("figures")[0].GetProperty("panels")[0].GetProperty("marks");
        Assert.Equal(("line", "descent"), (marks[0].GetProperty("mark").GetString(), marks[0].GetProperty("name").GetString()));
        Assert.Equal("""[0.1,"NaN","Infinity"]""", Squeezed(marks[0].GetProperty("columns").GetProperty("y")));
        Assert.Equal("""["a","b"]""", Squeezed(marks[1].GetProperty("words").GetProperty("category")));
        Assert.Equal("[1,2]", Squeezed(marks[1].GetProperty("columns").GetProperty("height")));
    }

    [Fact]
    public async Task FiguresGoToAFolderAndInCharactersWhereAskedFor()
    {
        var panel = new Panel("curve", new("step"), new("loss"), [new Mark.Line([0, 1, 2], [1, 0.5, 0.25])]);
        Answer Run(ExperimentRun run) =>
            new() { Figures = [new("first", [panel]), new("second", [panel, panel with { Title = "other" }])] };
        var folder = Path.Combine(_folder.FullName, "made", "here");
        var (code, output, error) = await RunAsync(Run, "--figures", folder);
        Assert.Equal((0, "", ""), (code, output, error));
        Assert.Equal(
            (from place in (string[])["1-1", "2-1", "2-2"] from kind in (string[])["csv", "svg", "vl.json"] select $"made-{place}.{kind}"),
            new DirectoryInfo(folder).GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal)
        );
        Assert.Equal(Svg.Of(panel with { Title = "other" }), await File.ReadAllTextAsync(Path.Combine(folder, "made-2-2.svg"), Cancel));
        Assert.Equal(VegaLite.Of(panel) + "\n", await File.ReadAllTextAsync(Path.Combine(folder, "made-1-1.vl.json"), Cancel));
        Assert.Equal(Values.Of(panel), await File.ReadAllTextAsync(Path.Combine(folder, "made-2-1.csv"), Cancel));
        (_, output, _) = await RunAsync(Run, "--plot");
        Assert.StartsWith("first\n\n" + Terminal.Of(panel, AnswerText.Width, 22) + "\n", output, StringComparison.Ordinal);
        Assert.Contains("\nother\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--figures", "/dev/null/x", "--figures /dev/null/x: cannot be made")]
    [InlineData("--seed", "-1", "--seed -1: expected a whole number from 0 to 18446744073709551615")]
    [InlineData("--seed", "much", "--seed much: expected a whole number")]
    [InlineData("--json", "/dev/null/x/y.json", "--json /dev/null/x/y.json")]
    [InlineData("--data", "/dev/null/x", "--data /dev/null/x: there is no such folder")]
    [InlineData("--rows", "2", "--rows")]
    [InlineData("--whole", "2", "2")]
    public async Task WhatCannotBeIsRefusedBeforeItRuns(string option, string value, string expected)
    {
        var ran = false;
        var (code, output, error) = await RunAsync(Run, option, value);
        Assert.Equal((CommandLine.Refused, "", false), (code, output, ran));
        Assert.Contains(expected, error, StringComparison.Ordinal);

        Answer Run(ExperimentRun run)
        {
            ran = true;
            return new();
        }
    }

    [Fact]
    public async Task OneThatNeedsFilesNamesTheOption()
    {
        var (code, _, error) = await RunAsync(run => new() { Listings = [new(run.RequiredData("mnist"), ["n"], [])] });
        Assert.Equal((CommandLine.Refused, "no data: name the folder that holds mnist with --data FOLDER\n"), (code, error));
        (code, var output, _) = await RunAsync(
            run => new() { Listings = [new(run.RequiredData("mnist"), ["n"], [])] },
            "--data",
            _folder.FullName
        );
        Assert.Equal(0, code);
        Assert.StartsWith(Path.Combine(_folder.FullName, "mnist"), output, StringComparison.Ordinal);
    }

    /// <summary>It need not even look at its token: it is left behind, and what it says then is not heard.</summary>
    [Fact]
    public async Task CtrlCKeepsTheNotesAndWaitsForNothing()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var release = new ManualResetEventSlim();
        using var ended = new ManualResetEventSlim();
        var file = Path.Combine(_folder.FullName, "answer.json");
        var (code, output, error) = await RunAsync(Run, cancel.Token, "--json", file);
        release.Set();
        ended.Wait(Cancel);
        Assert.Equal((CommandLine.Cancelled, "run 1: 0.5 +/- 0.1\n", "cancelled\n"), (code, output, error));
        Assert.Empty(_folder.GetFiles());

        Answer Run(ExperimentRun run)
        {
            run.Note("run 1: 0.5 ± 0.1");
            _ = cancel.CancelAsync(); // not here: what waits for it would go on within this call
            release.Wait();
            run.Note("too late");
            ended.Set();
            return new() { Checks = [Right] };
        }
    }

    [Fact]
    public async Task HelpTellsTheQuestionTheOptionsAndTheExitCodes()
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        Assert.Equal(0, await CommandLine.RunAsync(["softmax", "--help"], output, error, Cancel));
        foreach (
            var text in (string[])["softmax make of 3", "--whole", "--data", "--seed", "--json", "1: something came out", "130: cancelled"]
        )
            Assert.Contains(text, string.Join(' ', output.ToString().Split()), StringComparison.Ordinal);
    }

    private static string Squeezed(JsonElement element) => string.Concat(element.GetRawText().Where(c => !char.IsWhiteSpace(c)));

    private static Task<(int Code, string Output, string Error)> RunAsync(Func<ExperimentRun, Answer> run, params string[] arguments) =>
        RunAsync(run, Cancel, arguments);

    private static async Task<(int Code, string Output, string Error)> RunAsync(
        Func<ExperimentRun, Answer> run,
        CancellationToken cancellation,
        params string[] arguments
    )
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var command = ExperimentCommand.Create(new("made", ["ours"], "Does it run?", "where it is from", run));
        var code = await CommandLine.RunAsync(command, arguments, output, error, cancellation);
        return (code, output.ToString(), error.ToString());
    }
}
