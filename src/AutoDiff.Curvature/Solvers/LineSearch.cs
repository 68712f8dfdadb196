namespace AutoDiff.Curvature;

/// <summary>A search along a line for a lowest point, from one that is not: halving, doubling, golden section.</summary>
/// <param name="loss">The loss at a signed distance from the start.</param>
/// <param name="start">The loss at the start, which is finite.</param>
/// <param name="options">Progress and cancellation.</param>
internal sealed class LineSearch(Func<double, double> loss, double start, RunOptions options)
{
    private const int Doublings = 60;
    private const int Halvings = 60;
    private const double Golden = 0.6180339887498949;
    private const double Width = 1e-6;

    private (double Step, double Loss) _best = (0, start);
    private bool _falls; // the loss was −∞ somewhere
    private int _evaluations;

    /// <summary>The lower of the searches from a step forward and from one backward; where it is cancelled, the lowest point met.</summary>
    public static LineSearchEnd BothWays(Func<double, double> loss, double start, double step, RunOptions options)
    {
        LineSearch forward = new(loss, start, options),
            backward = new(loss, start, options);
        var outcomes = (Forward: Outcome.Cancelled, Backward: Outcome.Cancelled);
        try
        {
            outcomes = (forward.From(step), outcomes.Backward);
            outcomes = (outcomes.Forward, backward.From(-step));
        }
        catch (OperationCanceledException) when (options.Cancellation.IsCancellationRequested)
        {
            outcomes = (Outcome.Cancelled, Outcome.Cancelled);
        }
        var (ahead, back) = (forward._best, backward._best);
        // A side that leads nowhere has the start's loss; of two, the one that says more.
        var takesForward = ahead.Loss < back.Loss || (ahead.Loss == back.Loss && outcomes.Forward != Outcome.Breakdown);
        var (best, outcome) = takesForward ? (ahead, outcomes.Forward) : (back, outcomes.Backward);
        return new(best.Step, best.Loss, outcome, forward._evaluations + backward._evaluations);
    }

    /// <summary>Finds the lowest point, which is none where none is lower than the start; gives how the search ended.</summary>
    private Outcome From(double step)
    {
        var finite = false;
        var value = At(step);
        for (var i = 0; !(value < start) || _falls; i++)
        {
            finite |= double.IsFinite(value);
            if (i == Halvings || _falls)
                return finite && !_falls ? Outcome.Breakdown : Outcome.NotFinite;
            step /= 2;
            value = At(step);
        }
        var beyond = At(2 * step);
        for (var i = 0; beyond < value; i++)
        {
            if (_falls)
                return Outcome.NotFinite;
            if (i == Doublings)
                return Outcome.MaxIterations;
            (step, value) = (2 * step, beyond);
            beyond = At(2 * step);
        }
        return Narrow(2 * step, beyond);
    }

    /// <summary>Golden section between the start and a place where the loss is higher than somewhere between, or not a number.</summary>
    private Outcome Narrow(double high, double atHigh)
    {
        var low = 0.0;
        var width = Width * Math.Abs(high) / 2;
        var (left, right) = (high - (Golden * (high - low)), low + (Golden * (high - low)));
        var (atLeft, atRight) = (At(left), At(right));
        while (Math.Abs(high - low) > width && !_falls)
        {
            // A NaN counts as a higher loss: the lowest point is on the start's side of it.
            if (!(atRight <= atLeft))
            {
                (high, atHigh, right, atRight) = (right, atRight, left, atLeft);
                atLeft = At(left = high - (Golden * (high - low)));
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                atRight = At(right = low + (Golden * (high - low)));
            }
        }
        return _falls || !double.IsFinite(atHigh) ? Outcome.NotFinite : Outcome.Converged;
    }

    private double At(double step)
    {
        options.Cancellation.ThrowIfCancellationRequested();
        var value = loss(step);
        _evaluations++;
        _falls |= double.IsNegativeInfinity(value);
        if (value < _best.Loss && double.IsFinite(value))
            _best = (step, value);
        options.Progress?.Report(new("line search", double.NaN, _evaluations, _best.Loss));
        return value;
    }
}
