using System.Collections.Immutable;

namespace AutoDiff.Optimization;

/// <summary>Early stopping while it watches.</summary>
internal sealed class Watcher<P, S>
    where P : ITensorTree<P>
    where S : ITensorTree<S>
{
    private readonly EarlyStopping<P> _options;
    private readonly ImmutableArray<string> _names;
    private readonly int _watched;
    private readonly List<double[]> _values = [];
    private State<P, S> _best;
    private double _value;
    private int _step;
    private int _waited;

    public Watcher(EarlyStopping<P> options, State<P, S> initial)
    {
        (_options, _best, _value) = (options, initial, options.Worst);
        _names = options.Metrics is { } metrics ? metrics(initial.Parameters).Names : [options.Column ?? "Metric"];
        _watched = options.Column is { } column ? _names.IndexOf(column, 0, StringComparer.Ordinal) : 0;
        Require.That(
            _watched >= 0 && !_names.IsEmpty,
            $"[EarlyStopping] got column \"{options.Column}\"; expected one of the metrics {string.Join(", ", _names)}"
        );
    }

    /// <summary>The best state; null where no value was better than the worst.</summary>
    public BestState<P, S>? Best => _step == 0 ? null : new(_best, _step, _value);

    /// <summary>Why the run is to end, if it is.</summary>
    public TrainingEnd? End =>
        _step > 0 && _options.IsEnough(_value) ? TrainingEnd.TargetReached
        : _waited >= _options.Patience ? TrainingEnd.EarlyStopped
        : null;

    /// <summary>What it counts and keeps, as a tree.</summary>
    public Watch<P, S> Watch =>
        new(_best, _value, _step, _waited, Tensor.Of([.. _values.SelectMany(values => values)], _values.Count, _names.Length));

    /// <summary>The value of each evaluation.</summary>
    public History Evaluations =>
        new(
            _names,
            [.. Enumerable.Range(1, _values.Count).Select(i => i * _options.Every)],
            [.. _names.Select((_, i) => _values.Select(values => values[i]).ToImmutableArray())]
        );

    /// <summary>A tree of the same structure after a number of steps.</summary>
    public Watch<P, S> Like(int steps) => new(_best, _value, _step, _waited, Tensor.Zeros(steps / _options.Every, _names.Length));

    /// <summary>Goes on with what a checkpoint holds.</summary>
    public void Restore(Watch<P, S> watch)
    {
        (_best, _value, _step, _waited) = (watch.Best, watch.Value.Item(), (int)watch.Step.Item(), (int)watch.Waited.Item());
        _values.AddRange(watch.Values.ToArray().Chunk(_names.Length));
    }

    /// <summary>Looks at the state after a step.</summary>
    /// <param name="step">How many steps were taken.</param>
    /// <param name="recorded">The value of the column that is watched, if it is one.</param>
    /// <param name="state">A copy of the state, made where it is needed.</param>
    public void Look(int step, double? recorded, Func<State<P, S>> state)
    {
        if (step % _options.Every != 0)
            return;
        var copy = recorded is null ? state() : null;
        double[] values = recorded is { } number ? [number] : Measured(copy!.Parameters);
        var value = values[_watched];
        _values.Add(values);
        if (_options.IsBetter(value, _value) || _options.IsEnough(value))
            (_best, _value, _step, _waited) = (copy ?? state(), value, step, 0);
        else
            _waited++;
    }

    private double[] Measured(P parameters)
    {
        if (_options.Metrics is not { } metrics)
            return [Scalar(_options.Metric!(parameters))];
        var measured = Transforms.Evaluate(metrics(parameters));
        Require.That(
            measured.Names.AsSpan().SequenceEqual(_names.AsSpan()),
            $"[EarlyStopping] the metrics are {string.Join(", ", measured.Names)}; expected {string.Join(", ", _names)}, as before the first step"
        );
        return [.. measured.Tensors.Select(Scalar)];
    }

    private static double Scalar(Tensor value)
    {
        Require.That(value.Rank == 0, $"[EarlyStopping] the metric has shape {value.Shape}; expected a scalar []");
        return value.Item();
    }
}
