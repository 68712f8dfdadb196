using System.Collections.Immutable;
using System.Text.Json;
using AutoDiff.Examples;
using AutoDiff.Examples.Experiments;
using AutoDiff.Examples.Pages;

namespace AutoDiff.Tests.Examples;

public sealed class ReportCommandTests : IDisposable
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
        Assert.Equal("on-data              not run: no data: name the folder that holds mnist with --data FOLDER", lines[4]);
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
        Assert.StartsWith("passing              ok, cached\n", output, StringComparison.Ordinal);
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
        Assert.Contains("throwing             not run: cancelled\n", output, StringComparison.Ordinal);
        var page = await File.ReadAllTextAsync(Page, Cancel);
        Assert.Contains("half a result", page, StringComparison.Ordinal);
        Assert.Contains("1 came out; 2 not run", page, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(In("cache")));
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
