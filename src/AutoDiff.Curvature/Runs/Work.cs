using System.Runtime.ExceptionServices;

namespace AutoDiff.Curvature;

/// <summary>Work in parts that threads share.</summary>
/// <remarks>What a part throws is thrown as it is, on one thread and on many; cancellation is seen between two parts.</remarks>
internal static class Work
{
    /// <summary>Does the parts 0 … count − 1.</summary>
    public static void Share(int count, Action<int> part, RunOptions options)
    {
        Action<int>? same = part;
        Share(count, ref same, () => part, (i, run) => run(i), options);
    }

    /// <summary>Does the parts 0 … count − 1, each on arrays that no other uses meanwhile.</summary>
    /// <param name="count">How many parts.</param>
    /// <param name="spare">Arrays that rest between runs on one thread; null while they are in use.</param>
    /// <param name="make">New arrays.</param>
    /// <param name="part">Does a part.</param>
    /// <param name="options">Threads and cancellation.</param>
    public static void Share<TArrays>(int count, ref TArrays? spare, Func<TArrays> make, Action<int, TArrays> part, RunOptions options)
        where TArrays : class
    {
        if (options.Threads > 1 && count > 1)
        {
            InParallel(count, make, part, options);
            return;
        }
        var arrays = Interlocked.Exchange(ref spare, null) ?? make();
        for (var i = 0; i < count; i++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            part(i, arrays);
        }
        Volatile.Write(ref spare, arrays);
    }

    private static void InParallel<TArrays>(int count, Func<TArrays> make, Action<int, TArrays> part, RunOptions options)
    {
        try
        {
            Parallel.For(
                0,
                count,
                new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = options.Cancellation },
                make,
                (i, _, arrays) =>
                {
                    part(i, arrays);
                    return arrays;
                },
                _ => { }
            );
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }
}
