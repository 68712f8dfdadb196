using System.Collections.Immutable;
using AutoDiff.Examples.Experiments;
using AutoDiff.Examples.Pages;

namespace AutoDiff.Tests.Examples;

public sealed class ReportRunnerTests : IDisposable
{
    private static readonly ReportSettings Settings = new(1, false, null);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("autodiff");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task EveryEndingIsSaidAndTheRestGoesOn()
    {
        var entries = await RunAsync(ReportCases.Ending);
        Assert.Equal(
            [
                new Verdict(Glance.CameOut, "came out"),
                new(Glance.Explained, "1 of 2 came out", "not as stated: the answer"),
                new(Glance.Failed, "1 of 2 came out", "not as stated: the answer"),
                new(Glance.Failed, "failed", "InvalidOperationException: it broke"),
                new(Glance.NotRun, "not run", "no data: name the folder that holds mnist with --data FOLDER"),
            ],
            entries.Select(entry => Verdict.Of(entry.Ending))
        );
    }

    [Fact]
    public async Task WhatIsDoneIsKeptWhenCancelled()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var cache = ResultCache.In(_folder.FullName);
        var steps = new List<ReportStep>();
        var entries = await new ReportRunner(Settings, ReportCases.Here, cache, new ReportClock()).RunAsync(
            [ReportCases.Passing, ReportCases.Endless, ReportCases.WithReason],
            new Heard(step =>
            {
                lock (steps)
                    steps.Add(step);
                if (step is { Number: 2, Fraction: > 0.1 })
                    cancel.Cancel();
            }),
            null,
            cancel.Token
        );
        Assert.IsType<Ending.Finished>(entries[0].Ending);
        Assert.Equal(["half a result"], Assert.IsType<Ending.NotRun>(entries[1].Ending).Notes);
        Assert.All(entries[1..], entry => Assert.Equal(new(Glance.NotRun, "not run", "cancelled"), Verdict.Of(entry.Ending)));
        Assert.Equal([1, 2, 3], steps.Select(step => step.Number).Distinct());
        Assert.All(steps, step => Assert.Equal(3, step.Of));
        Assert.True(IsCached(Assert.Single(await RunAsync([ReportCases.Passing], cache: cache))));
    }

    [Fact]
    public async Task AnExperimentThatEndsItselfAsCancelledFails()
    {
        var odd = ReportCases.Of("odd", "1", _ => throw new OperationCanceledException("by itself"));
        Assert.Equal("OperationCanceledException: by itself", Verdict.Of(Assert.Single(await RunAsync([odd])).Ending).Why);
    }

    [Fact]
    public async Task ASecondReportTakesFinishedRunsFromTheCache()
    {
        var cache = ResultCache.In(_folder.FullName);
        var first = await RunAsync(ReportCases.Ending, cache: cache);
        var second = await RunAsync(ReportCases.Ending, cache: cache);
        Assert.All(first, entry => Assert.False(IsCached(entry)));
        Assert.Equal([true, true, true, false, false], second.Select(IsCached));
        Assert.Equal(
            Assert.IsType<Ending.Finished>(first[0].Ending).Result.Seconds,
            Assert.IsType<Ending.Finished>(second[0].Ending).Result.Seconds
        );
    }

    [Fact]
    public async Task WhatElseARunDependsOnRunsItAnew()
    {
        var cache = ResultCache.In(_folder.CreateSubdirectory("cache").FullName);
        var here = ReportCases.Here;
        await RunAsync([ReportCases.Passing], Settings, here, cache);
        Assert.True(IsCached((await RunAsync([ReportCases.Passing], Settings, here, cache))[0]));
        foreach (
            var (settings, surroundings) in (ImmutableArray<(ReportSettings, Surroundings)>)
                [
                    (Settings with { Seed = 2 }, here),
                    (Settings with { IsWhole = true }, here),
                    (Settings, here with { Runtime = "another" }),
                    (Settings, here with { Processor = "another" }),
                    (Settings, here with { Modules = [Guid.NewGuid()] }),
                ]
        )
            Assert.False(IsCached((await RunAsync([ReportCases.Passing], settings, surroundings, cache))[0]));
        Assert.True(IsCached((await RunAsync([ReportCases.Passing], Settings with { Data = _folder.FullName }, here, cache))[0]));
    }

    [Fact]
    public async Task AChangeOfTheDataRunsAnewWhatAsksForThem()
    {
        var cache = ResultCache.In(_folder.CreateSubdirectory("cache").FullName);
        var data = _folder.CreateSubdirectory("data");
        var file = System.IO.Path.Combine(data.CreateSubdirectory("mnist").FullName, "train");
        await File.WriteAllTextAsync(file, "1", Cancel);
        var settings = Settings with { Data = data.FullName };
        ImmutableArray<Experiment> both = [ReportCases.OnData, ReportCases.Passing];
        Assert.Equal([false, false], await Cached());
        Assert.Equal([true, true], await Cached());
        var time = File.GetLastWriteTimeUtc(file);
        await File.WriteAllTextAsync(file, "12", Cancel);
        File.SetLastWriteTimeUtc(file, time); // its length alone tells
        Assert.Equal([false, true], await Cached());
        File.SetLastWriteTimeUtc(file, ReportCases.Noon.UtcDateTime);
        Assert.Equal([false, true], await Cached());
        File.Move(file, file + "2");
        Assert.Equal([false, true], await Cached());
        Assert.Equal([true, true], await Cached());

        async Task<IEnumerable<bool>> Cached() => (await RunAsync(both, settings, cache: cache)).Select(IsCached);
    }

    [Fact]
    public async Task WhereNothingCanBeKeptItSaysSo()
    {
        var folder = _folder.CreateSubdirectory("cache");
        var runner = new ReportRunner(Settings, ReportCases.Here, ResultCache.In(folder.FullName), new ReportClock());
        folder.Delete();
        Assert.False(IsCached(Assert.Single(await runner.RunAsync([ReportCases.Passing], null, null, Cancel))));
        Assert.NotNull(runner.CacheProblem);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static bool IsCached(Entry entry) => entry.Ending is Ending.Finished { FromCache: true };

    private static Task<ImmutableArray<Entry>> RunAsync(
        ImmutableArray<Experiment> experiments,
        ReportSettings? settings = null,
        Surroundings? surroundings = null,
        ResultCache? cache = null
    ) =>
        new ReportRunner(settings ?? Settings, surroundings ?? ReportCases.Here, cache, new ReportClock()).RunAsync(
            experiments,
            null,
            null,
            Cancel
        );

    private sealed class Heard(Action<ReportStep> step) : IProgress<ReportStep>
    {
        public void Report(ReportStep value) => step(value);
    }
}
