namespace AutoDiff.Optimization;

/// <summary>A metric that is watched: the best state by it is kept, and the run ends when it improves no longer or is good enough.</summary>
/// <remarks>
/// A value is better than the best before it where it is smaller by more than <see cref="MinimumImprovement"/> (larger, by <see cref="LargerIsBetter"/>); NaN is never
/// better, nor is the worst infinity. What counts towards patience is part of a checkpoint, so that a resumed run ends at the same step. Counted as
/// Keras' EarlyStopping does; Prechelt (1998), "Early stopping – but when?", compares it with others.
/// </remarks>
/// <typeparam name="P">The tree of parameters.</typeparam>
public sealed record EarlyStopping<P>
{
    /// <summary>The metric, a scalar of the parameters after a step, as the loss on validation data; a compiled function is faster. Either this, <see cref="Metrics"/> or <see cref="Column"/>.</summary>
    public Func<P, Tensor>? Metric { get; init; }

    /// <summary>Several metrics by their names, scalars of the parameters after a step: all are evaluations, and <see cref="Column"/>, or the first where that is null, is watched.</summary>
    public Func<P, TensorMap>? Metrics { get; init; }

    /// <summary>
    /// The name of the metric that is watched: of <see cref="Metrics"/> where they are given, else of what each step measures, as in <see cref="History.Names"/>, which is of the parameters before
    /// the step, while the state kept is the one after it.
    /// </summary>
    public string? Column { get; init; }

    /// <summary>How many steps lie between two evaluations, at least 1; 1 unless set.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public int Every
    {
        get;
        init
        {
            Require.Positive("EarlyStopping", "a number of steps between evaluations of", value);
            field = value;
        }
    } = 1;

    /// <summary>After how many evaluations in a row without improvement the run ends, at least 1; null, unless set, for never: the best state is kept nevertheless.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public int? Patience
    {
        get;
        init
        {
            Require.Positive("EarlyStopping", "a patience of", value ?? 1);
            field = value;
        }
    }

    /// <summary>By how much more than this a value must be better to count as better; 0 unless set, as in Keras and Lightning.</summary>
    /// <exception cref="ArgumentException">It is negative or not finite.</exception>
    public double MinimumImprovement
    {
        get;
        init
        {
            Require.NonNegative("EarlyStopping", "a minimum improvement of", value);
            field = value;
        }
    }

    /// <summary>Whether larger is better, as for an accuracy.</summary>
    public bool LargerIsBetter { get; init; }

    /// <summary>The value at which, or beyond which, the run ends; null, unless set, for none. A value there is the best, however small the improvement.</summary>
    /// <exception cref="ArgumentException">It is NaN.</exception>
    public double? Target
    {
        get;
        init
        {
            Require.That(value is null || !double.IsNaN(value.Value), $"[EarlyStopping] got NaN for a target; expected a number");
            field = value;
        }
    }

    /// <summary>Whether a value is better than another by more than the minimum improvement.</summary>
    internal bool IsBetter(double value, double best) =>
        LargerIsBetter ? value > best + MinimumImprovement : value < best - MinimumImprovement;

    /// <summary>Whether a value is good enough to end the run.</summary>
    internal bool IsEnough(double value) => Target is { } target && (LargerIsBetter ? value >= target : value <= target);

    /// <summary>The value that every other is better than.</summary>
    internal double Worst => LargerIsBetter ? double.NegativeInfinity : double.PositiveInfinity;
}
