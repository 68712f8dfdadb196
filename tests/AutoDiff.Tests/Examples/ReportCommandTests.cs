using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using AutoDiff.Examples;
using AutoDiff.Examples.Experiments;
using AutoDiff.Examples.Pages;

namespace AutoDiff.Tests.Examples;

public sealed partial class ReportCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("autodiff");

    private string Page => In("report.html");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("passing", 0)]
    [InlineData("with-reason", 0)]
    [InlineData("on-data", 0)]
    [InlineData("without-reason", 1)]
    [InlineData("throwing", 1)]
    [InlineData("passing,throwing", 1)]
    public async Task TheExitCodeSaysWhetherAllCameOut(string only, int expected)
    {
        var (code, output, error) = await RunAsync(ReportCases.Ending, "--no-cache", "--only", only);
        Assert.Equal((expected, ""), (code, error));
        Assert.True(File.Exists(Page));
        Assert.EndsWith($"{Page}\n", output, StringComparison.Ordinal);
        Assert.All(output, letter => Assert.True(char.IsAscii(letter)));
    }

    [Fact]
    public async Task EachEndIsALineAndAllAreATable()
    {
        var (_, output, _) = await RunAsync(ReportCases.Ending, "--no-cache", "--json", In("report.json"));
        var lines = output.Split('\n');
        Assert.Matches("^passing +ok, 0\\.\\d s$", lines[0]);
        Assert.Matches("^with-reason +1 of 2, 0\\.\\d s$", lines[1]);
        Assert.Matches("^throwing +failed: InvalidOperationException: it broke, 0\\.\\d s$", lines[3]);
        Assert.Equal("on-data                  not run: no data: name the folder that holds mnist with --data FOLDER", lines[4]);
        Assert.Equal("row  experiment      checks   seconds", lines[6]);
        Assert.Matches("^1    passing         2 of 2 +0\\.\\d$", lines[7]);
        Assert.Equal("A    on-data         not run", lines[11]);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(In("report.json"), Cancel));
        var experiments = json.RootElement.GetProperty("experiments");
        Assert.Equal(
            ["finished", "finished", "finished", "failed", "notRun"],
            experiments.EnumerateArray().Select(one => one.GetProperty("outcome").GetString())
        );
        Assert.Equal("41", experiments[2].GetProperty("checks")[1].GetProperty("measured").GetString());
        Assert.StartsWith("layer,mark", experiments[0].GetProperty("figures")[0].GetProperty("panels")[0].GetProperty("csv").GetString());
        Assert.True(json.RootElement.GetProperty("whole").GetBoolean());
    }

    [Theory]
    [InlineData("18", "without-reason")]
    [InlineData("a", "on-data")]
    [InlineData("22, passing,1", "passing throwing")]
    [InlineData(null, "passing with-reason without-reason throwing on-data")]
    public void OnlyTakesRowsAndNames(string? only, string expected) =>
        Assert.Equal(expected, string.Join(' ', Only.Of(ReportCases.Ending, only).Select(experiment => experiment.Name)));

    [Theory]
    [InlineData("--only", "3", "--only 3: got \"3\"; expected rows or names, with commas between them: 1 2 18 22 A or passing with-reason")]
    [InlineData("--only", "1,,2", "--only 1,,2: got an empty name")]
    [InlineData("--only", "Passing", "got \"Passing\"")]
    [InlineData("--output", "missing/report.html", "--output missing/report.html: there is no folder")]
    [InlineData("--output", "", "--output: got no path")]
    [InlineData("--json", "/dev/null/x", "--json /dev/null/x")]
    [InlineData("--cache", "/dev/null/x", "--cache /dev/null/x: cannot be written")]
    [InlineData("--data", "missing", "--data missing: there is no such folder")]
    [InlineData("--seed", "-1", "--seed -1: expected a whole number")]
    [InlineData("--colour", "red", "--colour")]
    public async Task WhatIsWrongIsRefusedBeforeAnythingRuns(string option, string value, string expected)
    {
        var trap = ReportCases.Of("trap", "1", _ => throw new InvalidOperationException("it ran"));
        var (code, output, error) = await RunAsync([trap, .. ReportCases.Ending], option, value);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(expected.Replace("or passing", "or trap passing", StringComparison.Ordinal), error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACacheAndNoneAtOnceIsRefused()
    {
        var (code, _, error) = await RunAsync([ReportCases.Passing], "--cache", In("cache"), "--no-cache");
        Assert.Equal(2, code);
        Assert.Contains("--no-cache", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(In("cache")));
    }

    [Fact]
    public async Task WhatCameFromTheCacheIsSaid()
    {
        await RunAsync([ReportCases.Passing], "--cache", In("cache"));
        Assert.DoesNotContain("From the cache", await File.ReadAllTextAsync(Page, Cancel), StringComparison.Ordinal);
        var (_, output, _) = await RunAsync([ReportCases.Passing], "--cache", In("cache"));
        Assert.StartsWith("passing                  ok, cached\n", output, StringComparison.Ordinal);
        Assert.Contains("From the cache: run on 20", await File.ReadAllTextAsync(Page, Cancel), StringComparison.Ordinal);
        await RunAsync([ReportCases.Passing], "--cache", In("cache"), "--quick");
        Assert.DoesNotContain("From the cache", await File.ReadAllTextAsync(Page, Cancel), StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(In("cache")).Length);
    }

    [Fact]
    public async Task ACancelledReportHoldsWhatIsDone()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var stopper = ReportCases.Of(
            "stopper",
            "3",
            run =>
            {
                run.Note("half a result");
                cancel.Cancel();
                run.Done(0.5);
                return new();
            }
        );
        var (code, output, error) = await RunAsync(
            [ReportCases.Passing, stopper, ReportCases.Throwing],
            cancel.Token,
            "--cache",
            In("cache")
        );
        Assert.Equal((130, "cancelled\n"), (code, error));
        Assert.Contains("throwing                 not run: cancelled\n", output, StringComparison.Ordinal);
        var page = await File.ReadAllTextAsync(Page, Cancel);
        Assert.Contains("half a result", page, StringComparison.Ordinal);
        Assert.Contains("1 came out; 2 not run", page, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(In("cache")));
        Assert.All(Linked(page), path => Assert.True(File.Exists(path), path));
        Assert.Equal(Linked(page).Order(StringComparer.Ordinal), Directory.GetFiles(In("report-figures")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ThePageLinksToItsFiguresFiles()
    {
        var page = In("50% of a #1.html");
        await RunAsync([ReportCases.Passing], "--no-cache", "--output", page);
        var linked = Linked(await File.ReadAllTextAsync(page, Cancel)).ToArray();
        var panels = MarkGallery.Figures.SelectMany(figure => figure.Coloured().Panels).ToArray();
        Assert.Equal(3 * panels.Length, linked.Length);
        for (var i = 0; i < panels.Length; i++)
        {
            Assert.Equal(AutoDiff.Plots.Values.Of(panels[i]), await File.ReadAllTextAsync(linked[3 * i], Cancel));
            Assert.Equal(AutoDiff.Plots.VegaLite.Of(panels[i]) + "\n", await File.ReadAllTextAsync(linked[(3 * i) + 1], Cancel));
            Assert.Equal(AutoDiff.Plots.Svg.Of(panels[i]), await File.ReadAllTextAsync(linked[(3 * i) + 2], Cancel));
        }
        Assert.Equal(linked.Order(StringComparer.Ordinal), Directory.GetFiles(In("50% of a #1-figures")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task FilesOfAnEarlierPageGoAndOthersStay()
    {
        var (kept, gone) = (
            System.IO.Path.Combine(In("report-figures"), "notes-1.csv"),
            System.IO.Path.Combine(In("report-figures"), "old-1-1.csv")
        );
        await RunAsync([ReportCases.Passing], "--no-cache");
        var first = System.IO.Path.Combine(In("report-figures"), "passing-1-1");
        foreach (var path in (string[])[kept, gone])
            await File.WriteAllTextAsync(path, "1", Cancel);
        foreach (var kind in (string[])["csv", "svg"])
            File.SetLastWriteTimeUtc($"{first}.{kind}", ReportCases.Noon.UtcDateTime);
        var svg = await File.ReadAllTextAsync($"{first}.svg", Cancel);
        await File.WriteAllTextAsync($"{first}.svg", svg.Replace('0', '1'), Cancel);
        await RunAsync([ReportCases.Passing], "--no-cache");
        Assert.Equal((true, false), (File.Exists(kept), File.Exists(gone)));
        Assert.Equal(ReportCases.Noon.UtcDateTime, File.GetLastWriteTimeUtc($"{first}.csv")); // which was the same already
        Assert.Equal(svg, await File.ReadAllTextAsync($"{first}.svg", Cancel));
        await RunAsync([ReportCases.WithReason], "--no-cache");
        Assert.Equal([kept], Directory.GetFiles(In("report-figures")));
    }

    [Fact]
    public void WhatCannotBeTakenAwayEndsNothing()
    {
        var files = FigureFiles.In(In("gone"));
        Directory.Delete(In("gone"));
        Assert.Null(Record.Exception(() => files.Keep(new HashSet<string>())));
    }

    [Fact]
    public async Task APageThatIsNoFileLinksToNothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no /dev/null");
        var (code, _, error) = await RunAsync([ReportCases.Passing], "--no-cache", "--output", "/dev/null");
        Assert.Equal((0, "", false), (code, error, Directory.Exists("/dev/null-figures")));
    }

    [Fact]
    public async Task APlaceForFiguresThatIsTakenIsRefused()
    {
        await File.WriteAllTextAsync(In("report-figures"), "", Cancel);
        var (code, output, error) = await RunAsync([ReportCases.Passing], "--no-cache");
        Assert.Equal((2, "", false), (code, output, File.Exists(Page)));
        Assert.StartsWith($"--output {In("report-figures")}: cannot be made: ", error, StringComparison.Ordinal);
    }

    /// <summary>What took long is not lost for that.</summary>
    [Fact]
    public async Task WhereFiguresCannotBeWrittenThePageIs()
    {
        var blocking = ReportCases.Passing with
        {
            Run = run =>
            {
                Directory.Delete(In("report-figures"));
                File.WriteAllText(In("report-figures"), "");
                return ReportCases.Passing.Run(run);
            },
        };
        var (code, _, error) = await RunAsync([blocking], "--no-cache");
        Assert.Equal(2, code);
        Assert.StartsWith($"--output {System.IO.Path.Combine(In("report-figures"), "passing-1-1.csv")}: ", error, StringComparison.Ordinal);
        var page = await File.ReadAllTextAsync(Page, Cancel);
        Assert.Contains("<figcaption>", page, StringComparison.Ordinal);
        Assert.Empty(Linked(page));
    }

    [Fact]
    public async Task ASeedReachesTheExperiments()
    {
        var seeds = new List<(ulong, bool)>();
        var asking = ReportCases.Of(
            "asking",
            "1",
            run =>
            {
                seeds.Add((run.Seed, run.IsWhole));
                return new();
            }
        );
        await RunAsync([asking], "--no-cache", "--seed", "7");
        await RunAsync([asking], "--no-cache", "--quick");
        Assert.Equal([(7, true), (1, false)], seeds);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The files that a page links to, in order.</summary>
    private IEnumerable<string> Linked(string page) =>
        Hrefs().Matches(page).Select(match => System.IO.Path.Combine(_folder.FullName, Uri.UnescapeDataString(match.Groups[1].Value)));

    [GeneratedRegex("<a href=\"([^#\"]+)\"")]
    private static partial Regex Hrefs();

    private string In(string name) => System.IO.Path.Combine(_folder.FullName, name);

    private Task<(int Code, string Output, string Error)> RunAsync(ImmutableArray<Experiment> experiments, params string[] arguments) =>
        RunAsync(experiments, Cancel, arguments);

    /// <summary>Where no page is named, it is in the test's own folder.</summary>
    private async Task<(int Code, string Output, string Error)> RunAsync(
        ImmutableArray<Experiment> experiments,
        CancellationToken cancellation,
        params string[] arguments
    )
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        string[] all = [.. arguments, .. arguments.Contains("--output") ? Array.Empty<string>() : ["--output", Page]];
        var code = await CommandLine.RunAsync(ReportCommand.Create(experiments), all, output, error, cancellation);
        return (code, output.ToString(), error.ToString());
    }
}
