using System.Runtime.ExceptionServices;

namespace AutoDiff.Examples.Experiments;

/// <summary>Runs that do not depend on each other, side by side.</summary>
internal static class Together
{
    /// <summary>What comes out of each, in their order; as many run at once as there are processors.</summary>
    /// <param name="run">Hears how many have ended, and may end all.</param>
    /// <param name="items">What differs between the runs.</param>
    /// <param name="of">A run.</param>
    /// <param name="note">What is said of one that has ended.</param>
    /// <remarks>What one throws ends all, and is thrown as it is.</remarks>
    public static R[] Each<T, R>(ExperimentRun run, IReadOnlyList<T> items, Func<T, R> of, Func<T, R, string>? note = null)
    {
        var (results, ended, gate) = (new R[items.Count], 0, new Lock());
        try
        {
            Parallel.For(
                0,
                items.Count,
                new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = run.Cancellation },
                One
            );
        }
        catch (AggregateException problem)
        {
            ExceptionDispatchInfo.Throw(problem.InnerExceptions[0]);
        }
        return results;

        void One(int i)
        {
            results[i] = of(items[i]);
            lock (gate)
            {
                if (note is not null)
                    run.Note(note(items[i], results[i]));
                run.Done(++ended / (double)items.Count);
            }
        }
    }
}
