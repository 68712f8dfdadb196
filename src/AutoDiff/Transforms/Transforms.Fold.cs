namespace AutoDiff;

public static partial class Transforms
{
    /// <summary>The state after a compiled step over each batch in turn.</summary>
    /// <param name="step">(state, batch) → next state.</param>
    /// <param name="initial">The state before the first batch.</param>
    /// <param name="batches">The batches, read one at a time.</param>
    /// <param name="progress">Told the state after every <paramref name="every"/> steps.</param>
    /// <param name="every">How many steps lie between two reports, at least 1.</param>
    /// <param name="cancellation">Stops the run between two steps.</param>
    /// <remarks>
    /// Pure: the same inputs give the same bits. Two sets of buffers hold the state in turn, so a step allocates nothing; what is handed out is a copy.
    /// Where the state, a batch or what the step uses is being differentiated, the steps become graph instead, and derivatives go through them.
    /// </remarks>
    /// <exception cref="FoldCanceledException{S}">The run was cancelled; the exception holds the state it had reached.</exception>
    /// <exception cref="ArgumentException">The step does not return a state of the shapes it was given.</exception>
    public static S Fold<S, B>(
        Compiled<S, B, S> step,
        S initial,
        IEnumerable<B> batches,
        IProgress<FoldProgress<S>>? progress = null,
        int every = 1,
        CancellationToken cancellation = default
    )
        where S : ITensorTree<S>
        where B : ITensorTree<B>
    {
        Require.NotNull(step, nameof(Fold));
        Require.NotNull(initial, nameof(Fold));
        Require.NotNull(batches, nameof(Fold));
        Require.That(every > 0, $"[Fold] got a report every {every} steps; expected at least 1");
        var run = new FoldRun<S, B>(step, initial);
        foreach (var batch in batches)
        {
            if (cancellation.IsCancellationRequested)
                throw new FoldCanceledException<S>(run.Steps, run.State, cancellation);
            run.Step(batch);
            if (progress is not null && run.Steps % every == 0)
                progress.Report(new(run.Steps, run.State));
        }
        return run.State;
    }
}
