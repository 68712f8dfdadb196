namespace AutoDiff.Curvature;

/// <summary>A search along the negative eigenvectors of a saddle under way.</summary>
internal sealed class EscapeSearch<T>
    where T : ITensorTree<T>
{
    private readonly Objective<T> _objective;
    private readonly CriticalPoint<T> _point;
    private readonly RunOptions _options;
    private readonly double[] _x;
    private readonly double[][] _vectors;
    private double[] _taken; // coefficients of the lowest line's direction
    private LineSearchEnd _end;
    private int _evaluations;

    public EscapeSearch(Objective<T> objective, CriticalPoint<T> point, int directions, RunOptions options)
    {
        (_objective, _point, _options, _x) = (objective, point, options, objective.Ravel("Saddle.Escape", point.Point));
        var negative = point.LowestPairs.TakeWhile(pair => pair.Value < -point.Threshold).Take(directions);
        _vectors = [.. negative.Select(pair => objective.Ravel("Saddle.Escape", pair.Vector))];
        _taken = Unit(0);
        _end = new(0, point.Loss, Outcome.Breakdown, 0);
    }

    public Escape<T> Run()
    {
        var steps = new double[_vectors.Length];
        for (var i = 0; i < steps.Length; i++)
            steps[i] = Search(Unit(i), Scale(_point.LowestPairs[i].Value)).Step;
        var length = VectorLoops.Norm(steps);
        if (steps.Count(step => step != 0) > 1 && double.IsFinite(length))
            Search([.. steps.Select(step => step / length)], length);
        return End();
    }

    /// <summary>Along an eigenvector the quadratic model has the scale √(|f| ⁄ |λ|); without a loss to compare with, 1.</summary>
    private double Scale(double eigenvalue) => Math.Clamp(Math.Sqrt(Math.Abs(_point.Loss / eigenvalue)), 1e-3, 1e3);

    private double[] Unit(int index)
    {
        var unit = new double[_vectors.Length];
        if (index < unit.Length)
            unit[index] = 1;
        return unit;
    }

    private double[] Direction(double[] coefficients)
    {
        if (coefficients.Length == 0)
            return _objective.Ravel("Saddle.Escape", _point.Lowest.Vector);
        if (Array.IndexOf(coefficients, 1) is >= 0 and var only)
            return _vectors[only];
        var direction = new double[_x.Length];
        for (var i = 0; i < coefficients.Length; i++)
            VectorLoops.AddScaled(coefficients[i], _vectors[i], direction);
        return direction;
    }

    private LineSearchEnd Search(double[] coefficients, double scale)
    {
        var line = _objective.Along(_x, Direction(coefficients));
        var end = LineSearch.BothWays(line.Value, _point.Loss, scale, _options);
        _evaluations += end.Evaluations;
        var says = _end.Step == 0 && _end.Outcome == Outcome.Breakdown;
        if (end.Loss < _end.Loss || (end.Loss == _end.Loss && says))
            (_end, _taken) = (end, coefficients);
        return end.Outcome == Outcome.Cancelled
            ? throw new IterationCanceledException<Escape<T>>(
                "Saddle.Escape",
                _evaluations,
                End() with
                {
                    Outcome = Outcome.Cancelled,
                },
                _options.Cancellation
            )
            : end;
    }

    private Escape<T> End()
    {
        var direction = Direction(_taken);
        var line = _objective.Along(_x, direction);
        return new()
        {
            Value = _end.Step == 0 ? _point.Point : _objective.Unravel(line.Point(_end.Step)),
            Outcome = _end.Outcome,
            Iterations = _evaluations,
            Products = 0,
            Measure = _evaluations == 0 ? double.NaN : Math.Abs(line.ValueAndSlope(_end.Step).Slope),
            Loss = _end.Loss,
            Decrease = _point.Loss - _end.Loss,
            Step = _end.Step,
            Direction = _objective.Unravel(direction),
            Coefficients = [.. _taken],
        };
    }
}
