using System.Collections.Concurrent;

namespace AutoDiff.Data;

/// <summary>Sequences whose elements are made ahead, on a thread of their own.</summary>
public static class Prefetching
{
    /// <summary>The same elements in the same order, made on another thread before they are asked for: for batches that are read from files or picked from more data than memory holds.</summary>
    /// <param name="source">What makes the elements: enumerated and disposed on that thread alone.</param>
    /// <param name="ahead">How many elements at most are made, or being made, that were not asked for yet, at least 1.</param>
    /// <param name="cancellation">Ends both the waiting and the making.</param>
    /// <remarks>
    /// Each enumeration has a thread, which begins with it. What the source throws is thrown where its element would be. Who ends an enumeration early waits for the element under way, after which
    /// the source is disposed and its thread gone; what it throws then is lost, as nobody asked for it.
    /// </remarks>
    /// <exception cref="ArgumentException">The number is not positive.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, thrown where the next element would be.</exception>
    public static IEnumerable<B> Prefetch<B>(this IEnumerable<B> source, int ahead = 2, CancellationToken cancellation = default)
    {
        Require.NotNull(source, nameof(Prefetch));
        Require.Positive(nameof(Prefetch), "a number of elements ahead of", ahead);
        return Fetched(source, ahead, cancellation);
    }

    private static IEnumerable<B> Fetched<B>(IEnumerable<B> source, int ahead, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var places = new SemaphoreSlim(ahead);
        using var made = new BlockingCollection<B>();
        var making = Task.Factory.StartNew(
            () => Make(source, places, made, stop.Token),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        try
        {
            foreach (var element in made.GetConsumingEnumerable(cancellation))
            {
                places.Release();
                yield return element;
            }
            making.GetAwaiter().GetResult();
        }
        finally
        {
            stop.Cancel();
            Task.WaitAny([making], CancellationToken.None); // which throws nothing of the task's
        }
    }

    private static void Make<B>(IEnumerable<B> source, SemaphoreSlim places, BlockingCollection<B> made, CancellationToken stop)
    {
        try
        {
            using var elements = source.GetEnumerator();
            places.Wait(stop);
            while (elements.MoveNext())
            {
                made.Add(elements.Current, stop);
                places.Wait(stop);
            }
        }
        finally
        {
            made.CompleteAdding();
        }
    }
}
