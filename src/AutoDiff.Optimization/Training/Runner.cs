namespace AutoDiff.Optimization;

/// <summary>A training run under way: what it has reached besides the state, which the fold holds.</summary>
internal sealed class Runner<P, S, B, M>
    where P : ITensorTree<P>
    where S : ITensorTree<S>
    where B : ITensorTree<B>
    where M : ITensorTree<M>
{
    private readonly Compiled<State<P, S>, B, Pair<State<P, S>, StepMetrics<M>>> _step;
    private readonly TrainingOptions<P> _options;
    private readonly int _total;
    private readonly Columns _columns;
    private readonly Recorder _recorder;
    private readonly Watcher<P, S>? _watcher;
    private readonly int? _watched;
    private readonly CheckpointFolder<P, S>? _folder;
    private readonly Resumption? _resumption;
    private readonly Pace _pace;
    private readonly double[] _measured;
    private readonly Func<State<P, S>> _copy;
    private FoldStep<State<P, S>, StepMetrics<M>>? _fold; // while it is told of a step
    private State<P, S> _state;
    private int _steps;
    private TrainingEnd? _end;

    public Runner(
        Compiled<State<P, S>, B, Pair<State<P, S>, StepMetrics<M>>> step,
        State<P, S> initial,
        Columns columns,
        int total,
        TrainingOptions<P> options,
        CheckpointFolder<P, S>? folder
    )
    {
        (_step, _state, _columns, _total, _options, _folder) = (step, initial, columns, total, options, folder);
        _measured = new double[columns.Size];
        _copy = () => _fold!.State; // once: a step allocates nothing
        _recorder = new(columns, options.RecordEvery);
        if (options.EarlyStopping is { } stopping)
        {
            _watcher = new(stopping, initial);
            _watched = stopping is { Metrics: null, Column: { } column } ? columns.Position(column) : null;
        }
        if (folder?.Newest(Like) is var (checkpoint, from))
        {
            (_state, _steps, _resumption) = (checkpoint.State, from.Step, from);
            _recorder.Restore(checkpoint.Records);
            _watcher?.Restore(checkpoint.Watch!);
            _end = _watcher?.End;
        }
        _pace = new(options.Time, _steps);
    }

    /// <summary>How many steps, and batches, were taken before.</summary>
    public int Taken => _steps;

    /// <summary>Steps over batches from the one behind those taken.</summary>
    public TrainingRun<P, S> Over(IEnumerable<B> batches)
    {
        _state = Transforms.Fold(_step, _state, Until(batches), After);
        Save(() => _state);
        return new(_state, _steps, _end!.Value, _recorder.From(0), _watcher?.Evaluations, _watcher?.Best, _resumption);
    }

    private IEnumerable<B> Until(IEnumerable<B> batches)
    {
        if (_end is not null)
            yield break;
        using var next = batches.GetEnumerator();
        while (true)
        {
            _end =
                _steps >= _total ? TrainingEnd.MaxSteps
                : _options.Cancellation.IsCancellationRequested ? TrainingEnd.Cancelled
                : !next.MoveNext() ? TrainingEnd.DataEnded
                : null;
            if (_end is not null)
                yield break;
            yield return next.Current;
        }
    }

    private bool After(FoldStep<State<P, S>, StepMetrics<M>> fold)
    {
        Require.That(
            fold.AuxiliarySize == _measured.Length,
            $"[Run] step {_steps + 1} measures {fold.AuxiliarySize} numbers; expected {_measured.Length}, as on the first batch"
        );
        fold.CopyAuxiliary(_measured);
        _fold = fold;
        if (_columns.Finite is { } finite && _measured[finite] == 0)
        {
            _end = TrainingEnd.NonFinite;
            return false;
        }
        _steps++;
        if (_recorder.Record(_steps, _measured) && _options.Progress is { } progress)
            progress.Report(new(_steps, _total, _recorder.From(_recorder.Count - 1), _pace.Elapsed, _pace.Left(_steps, _total)));
        _watcher?.Look(_steps, _watched is { } position ? _measured[position] : null, _copy);
        _end = _watcher?.End;
        if (_folder?.IsDue(_steps) == true)
            Save(_copy);
        return _end is null;
    }

    private void Save(Func<State<P, S>> state) => _folder?.Save(_steps, () => new(state(), _steps, _recorder.Records, _watcher?.Watch));

    private Checkpoint<P, S> Like(int steps) => new(_state, steps, _recorder.Like(steps), _watcher?.Like(steps));
}
