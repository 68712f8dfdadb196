namespace AutoDiff.Curvature;

/// <summary>What may be said of any work that takes long: who shares it, who is told of it, who may stop it.</summary>
public record RunOptions
{
    /// <summary>How many threads may work; the results do not depend on it. All processors by default.</summary>
    /// <remarks>
    /// They share what has parts of its own: the vectors of a block, matrix products, factorizations, repeated evaluations. One evaluation of a loss, its gradient or
    /// a product with one vector runs on the thread that asks for it. Unlike <see cref="CompileOptions.Threads"/>, which is for calls made by the thousand, it is all by
    /// default: the work takes seconds and is asked for once. In loops that run in parallel themselves say 1, for the sake of memory: each thread has arrays of its own.
    /// </remarks>
    /// <exception cref="ArgumentException">There is not at least one.</exception>
    public int Threads
    {
        get;
        init
        {
            Require.Positive("RunOptions", "a number of threads of", value);
            field = value;
        }
    } = Environment.ProcessorCount;

    /// <summary>Told how far the work has come, on whichever thread does it.</summary>
    public IProgress<RunProgress>? Progress { get; init; }

    /// <summary>Stops the work with an <see cref="OperationCanceledException"/>; of an iteration it is an <see cref="IterationCanceledException{TSolution}"/> with what was reached.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>The same threads and cancellation for a part of the work, of which nobody is told.</summary>
    internal RunOptions Part => new() { Threads = Threads, Cancellation = Cancellation };
}
