namespace AutoDiff.Optimization;

/// <summary>Runs of an optimizer: the state before the first step, one step, and a fold over batches.</summary>
public static class Training
{
    /// <summary>The state before the first step.</summary>
    public static State<P, S> Init<P, S>(Transition<P, S> optimizer, P parameters)
        where P : ITensorTree<P>
        where S : ITensorTree<S>
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        return new(parameters, optimizer.Init(parameters), double.NaN);
    }

    /// <summary>The state after one step: gradient, update and loss, as one graph.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="state">The state before.</param>
    /// <param name="loss">The loss of parameters, a scalar.</param>
    public static State<P, S> Step<P, S>(Transition<P, S> optimizer, State<P, S> state, Func<P, Tensor> loss)
        where P : ITensorTree<P>
        where S : ITensorTree<S>
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(state);
        var (value, gradient) = Transforms.ValueAndGrad(nameof(Step), loss, state.Parameters);
        var (update, next) = optimizer.Step(gradient, state.Optimizer, state.Parameters);
        return new(TreeMath.Add(state.Parameters, update), next, value);
    }

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
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(batches);
        Check.That(every > 0, $"[Fold] got a report every {every} steps; expected at least 1");
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
