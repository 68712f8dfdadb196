namespace AutoDiff.Optimization;

public static partial class Training
{
    /// <summary>Trains: steps over batches with a history, and, where asked for, early stopping, checkpoints, progress.</summary>
    /// <param name="step">A step that measures, as of <c>CompileMeasured</c>.</param>
    /// <param name="initial">The state before the first step, as of <see cref="Init{P, S}(Optimizer{P, S}, P)"/>.</param>
    /// <param name="batches">The batch of each step, by the number of steps before it: a pure function, so that a resumed run begins where it was.</param>
    /// <param name="steps">How many steps to take at most, those before a resumption included; at least 0.</param>
    /// <param name="options">What to do besides.</param>
    /// <remarks>
    /// The same inputs give the same bits, in one run or in several that resume one another: state, history, best state and the step at which it ends. Between records a step
    /// allocates nothing. What a step measures is of the parameters before it. When it begins it takes the first step once more, to see what is measured.
    /// Why it ended is a value; an exception of the step's, the batches' or the options' own functions is passed on, and the last checkpoint stays. Nothing here can be differentiated through: use <c>Fold</c>.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// A number is out of range, a metric has no name of its own, the column watched does not exist, or the checkpoints' folder holds some and <see cref="CheckpointOptions.Resume"/> is not set.
    /// </exception>
    /// <exception cref="Files.InvalidFileException">There are checkpoints, and none is whole and of this run's structure: it says for each what is wrong.</exception>
    /// <exception cref="IOException">A checkpoint cannot be read or written, or another run uses the folder.</exception>
    public static TrainingRun<P, S> Run<P, S, B, M>(
        Compiled<State<P, S>, B, Pair<State<P, S>, StepMetrics<M>>> step,
        State<P, S> initial,
        Func<int, B> batches,
        int steps,
        TrainingOptions<P>? options = null
    )
        where P : ITensorTree<P>
        where S : ITensorTree<S>
        where B : ITensorTree<B>
        where M : ITensorTree<M>
    {
        Require.NotNull(batches, nameof(Run));
        return Trained(step, initial, begin => From(batches, begin), steps, options);
    }

    /// <summary>Trains over batches of a sequence.</summary>
    /// <param name="step">A step that measures, as of <c>CompileMeasured</c>.</param>
    /// <param name="initial">The state before the first step.</param>
    /// <param name="batches">The batches, the same ones whenever they are enumerated: a resumed run passes over those taken.</param>
    /// <param name="steps">How many steps to take at most, those before a resumption included; at least 0.</param>
    /// <param name="options">What to do besides.</param>
    /// <remarks>As over a function of the step. The sequence is enumerated a second time, for its first batch.</remarks>
    /// <exception cref="ArgumentException">As over a function of the step.</exception>
    /// <exception cref="Files.InvalidFileException">There are checkpoints, and none is whole and of this run's structure.</exception>
    /// <exception cref="IOException">A checkpoint cannot be read or written, or another run uses the folder.</exception>
    public static TrainingRun<P, S> Run<P, S, B, M>(
        Compiled<State<P, S>, B, Pair<State<P, S>, StepMetrics<M>>> step,
        State<P, S> initial,
        IEnumerable<B> batches,
        int steps,
        TrainingOptions<P>? options = null
    )
        where P : ITensorTree<P>
        where S : ITensorTree<S>
        where B : ITensorTree<B>
        where M : ITensorTree<M>
    {
        Require.NotNull(batches, nameof(Run));
        return Trained(step, initial, begin => batches.Skip(begin), steps, options);
    }

    private static TrainingRun<P, S> Trained<P, S, B, M>(
        Compiled<State<P, S>, B, Pair<State<P, S>, StepMetrics<M>>> step,
        State<P, S> initial,
        Func<int, IEnumerable<B>> from,
        int steps,
        TrainingOptions<P>? options
    )
        where P : ITensorTree<P>
        where S : ITensorTree<S>
        where B : ITensorTree<B>
        where M : ITensorTree<M>
    {
        Require.NotNull(step, nameof(Run));
        Require.NotNull(initial, nameof(Run));
        Require.That(steps >= 0, $"[Run] got {steps} steps; expected at least 0");
        options ??= new();
        if (options.EarlyStopping is { } stopping)
        {
            var watched = new (string Name, bool IsSet)[]
            {
                ("a metric", stopping.Metric is not null),
                ("several metrics", stopping.Metrics is not null),
                ("a column", stopping.Column is not null && stopping.Metrics is null),
            };
            var set = watched.Where(one => one.IsSet).Select(one => one.Name).ToList();
            Require.That(
                set.Count == 1,
                $"[EarlyStopping] got {(set.Count == 0 ? "nothing to watch" : string.Join(" and ", set))}; expected a metric, several metrics or a column"
            );
        }
        var state = Transforms.Evaluate(initial);
        using var first = from(0).GetEnumerator();
        Require.That(first.MoveNext(), $"[Run] got no batches; expected at least one");
        var columns = Columns.Of(step.Invoke(state, first.Current).Second);
        using var folder = options.Checkpoints is { } checkpoints ? new CheckpointFolder<P, S>(checkpoints, options.Time) : null;
        var run = new Runner<P, S, B, M>(step, state, columns, steps, options, folder);
        return run.Over(from(run.Taken));
    }

    private static IEnumerable<B> From<B>(Func<int, B> batches, int begin)
    {
        for (var i = begin; ; i++)
            yield return batches(i);
    }
}
