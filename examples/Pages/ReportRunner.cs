using System.Collections.Concurrent;
using System.Collections.Immutable;
using AutoDiff.Examples.Experiments;

namespace AutoDiff.Examples.Pages;

/// <summary>How far a report is.</summary>
/// <param name="Number">The experiment that is under way, from 1.</param>
/// <param name="Of">How many there are.</param>
/// <param name="Name">Its name.</param>
/// <param name="Fraction">How much of it is done, from 0 to 1.</param>
/// <param name="SecondsLeft">How long all will still take; null where nothing tells.</param>
internal readonly record struct ReportStep(int Number, int Of, string Name, double Fraction, double? SecondsLeft);

/// <summary>Runs experiments one after the other, and never ends for one of them.</summary>
/// <param name="settings">What they are told.</param>
/// <param name="surroundings">What they run on.</param>
/// <param name="cache">Results of earlier runs; null to run all anew.</param>
/// <param name="time">The clock.</param>
internal sealed class ReportRunner(ReportSettings settings, Surroundings surroundings, ResultCache? cache, TimeProvider time)
{
    private readonly Lazy<string> _data = new(() => RunKey.Fingerprint(settings.Data));

    /// <summary>Why results could not be kept; null where they were.</summary>
    public string? CacheProblem { get; private set; }

    /// <summary>Runs all, or takes them from the cache; once cancelled, the rest is not run.</summary>
    /// <param name="experiments">The experiments, in order.</param>
    /// <param name="steps">Hears how far it is, on the threads that do the work.</param>
    /// <param name="ended">Hears of each experiment that ended.</param>
    /// <param name="cancellation">Ends it early.</param>
    public async Task<ImmutableArray<Entry>> RunAsync(
        ImmutableArray<Experiment> experiments,
        IProgress<ReportStep>? steps,
        Action<Entry>? ended,
        CancellationToken cancellation
    )
    {
        Result?[] kept = [.. experiments.Select(Kept)];
        var left = new TimeLeft(
            experiments.Select((experiment, i) => kept[i] is null ? cache?.LastSeconds(experiment.Name, settings.IsWhole) : 0)
        );
        var entries = ImmutableArray.CreateBuilder<Entry>(experiments.Length);
        for (var i = 0; i < experiments.Length; i++)
        {
            var (index, experiment, begun) = (i, experiments[i], time.GetTimestamp());
            var progress = new Steps(fraction =>
                steps?.Report(
                    new(
                        index + 1,
                        experiments.Length,
                        experiment.Name,
                        fraction,
                        left.Seconds(index, time.GetElapsedTime(begun).TotalSeconds, fraction)
                    )
                )
            );
            progress.Report(0);
            Ending ending = kept[i] is { } result
                ? new Ending.Finished(result, FromCache: true)
                : await RunAsync(experiment, progress, cancellation).ConfigureAwait(false);
            left.Ended(i, time.GetElapsedTime(begun).TotalSeconds);
            progress.Report(1);
            entries.Add(new(experiment, ending));
            ended?.Invoke(entries[^1]);
        }
        return entries.MoveToImmutable();
    }

    private Result? Kept(Experiment experiment) =>
        cache is null ? null
        : cache.Find(experiment.Name, Key(experiment, usesData: false)) is { } result ? result
        : cache.Find(experiment.Name, Key(experiment, usesData: true));

    private string Key(Experiment experiment, bool usesData) =>
        RunKey.Of(experiment, settings, surroundings, usesData ? _data.Value : null);

    private async Task<Ending> RunAsync(Experiment experiment, IProgress<double> progress, CancellationToken cancellation)
    {
        var notes = new ConcurrentQueue<string>();
        var usesData = false;
        var run = new ExperimentRun(settings.Seed, settings.IsWhole, settings.Data, cancellation)
        {
            Progress = progress,
            Notes = notes.Enqueue,
            DataAsked = () => usesData = true,
        };
        var begun = time.GetTimestamp();
        try
        {
            var result = await Interruptible
                .Run(
                    () =>
                    {
                        var answer = experiment.Run(run);
                        cancellation.ThrowIfCancellationRequested();
                        var seconds = time.GetElapsedTime(begun).TotalSeconds;
                        return Drawing.Of(answer, seconds, time.GetUtcNow(), usesData);
                    },
                    cancellation
                )
                .ConfigureAwait(false);
            Keep(experiment, result);
            return new Ending.Finished(result, FromCache: false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new Ending.NotRun("cancelled", [.. notes]);
        }
        catch (RefusedException problem)
        {
            return new Ending.NotRun(problem.Message, [.. notes]);
        }
        catch (Exception problem)
        {
            return new Ending.Crashed($"{problem.GetType().Name}: {problem.Message}", time.GetElapsedTime(begun).TotalSeconds, [.. notes]);
        }
    }

    private void Keep(Experiment experiment, Result result)
    {
        try
        {
            cache?.Keep(experiment.Name, Key(experiment, result.UsesData), settings.IsWhole, result);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            CacheProblem = problem.Message;
        }
    }

    /// <summary>Passes fractions on at once, on the thread that reports.</summary>
    private sealed class Steps(Action<double> step) : IProgress<double>
    {
        public void Report(double value) => step(value);
    }
}
