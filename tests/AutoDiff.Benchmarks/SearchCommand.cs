using System.CommandLine;
using System.Diagnostics;
using AutoDiff.Curvature;
using AutoDiff.Tests.Problems;

namespace AutoDiff.Benchmarks;

/// <summary>How many kinds of critical points of a linear autoencoder, of which all are known, a search finds in a time.</summary>
internal static class SearchCommand
{
    private const int Starts = 256;

    private static readonly string[] Columns =
    [
        "seconds",
        "searches",
        "failed",
        "kinds",
        "of 135",
        "rank 0",
        "rank 1",
        "rank 2",
        "rank 3",
        "rank 4",
        "misnamed",
    ];

    public static Command Create()
    {
        var seconds = Options.Count("--seconds", 300, "How long to search.");
        var threads = Options.Count("--threads", Environment.ProcessorCount, "How many threads share the starts.");
        var command = new Command("search", "Search the linear autoencoder 16→4→16 for its critical points.") { seconds, threads };
        command.SetAction(parse => Run(parse.GetValue(seconds), parse.GetValue(threads)));
        return command;
    }

    private static void Run(int seconds, int threads)
    {
        var (objective, clock) = (AutoencoderSearch.NewObjective(), Stopwatch.StartNew());
        var (kinds, lines) = (new HashSet<AutoencoderSearch.Kind>(), new List<string[]>());
        var (searches, failed, misnamed) = (0, 0, 0);
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        for (var round = 0UL; !end.IsCancellationRequested; round++)
        {
            CriticalPoints<AutoencoderSearch.Weights> found;
            try
            {
                found = AutoencoderSearch.Find(objective, Key.Of(1).FoldIn(round), Starts, threads, end.Token);
            }
            catch (IterationCanceledException<CriticalPoints<AutoencoderSearch.Weights>> cancelled)
            {
                found = cancelled.Solution;
            }
            (searches, failed) = (searches + found.Iterations, failed + found.Failures.Length);
            foreach (var one in found.Points)
            {
                if (AutoencoderSearch.IsKnown(one.Point))
                    kinds.Add(AutoencoderSearch.Of(one.Point));
                else
                    misnamed++;
            }
            if ((round & (round + 1)) == 0 || end.IsCancellationRequested)
                lines.Add(Line());
        }
        Terminal.Write(0, Columns, lines);

        string[] Line() =>
            [
                Terminal.Number(clock.Elapsed.TotalSeconds),
                Terminal.Number(searches),
                Terminal.Number(failed),
                Terminal.Number(kinds.Count),
                Terminal.Number((double)kinds.Count / AutoencoderSearch.Known.Count),
                .. Enumerable.Range(0, 5).Select(rank => Terminal.Number(kinds.Count(kind => kind.Rank == rank))),
                Terminal.Number(misnamed),
            ];
    }
}
