namespace AutoDiff.Curvature;

/// <summary>A search along a line for a lowest point, from one that is not: halving, doubling, golden section.</summary>
/// <param name="loss">The loss at a signed distance from the start.</param>
/// <param name="start">The loss at the start, which is finite.</param>
/// <param name="cancellation">Stops the search.</param>
internal sealed class LineSearch(Func<double, double> loss, double start, CancellationToken cancellation)
{
    private const int Doublings = 60;
    private const int Halvings = 60;
    private const double Golden = 0.6180339887498949;
    private const double Width = 1e-6;

    private (double Step, double Loss) _best = (0, start);
    private bool _falls; // the loss was −∞ somewhere

    /// <summary>The lowest point met, (0, start) where none was lower, and how the search ended.</summary>
    public (double Step, double Loss, Outcome Outcome) From(double step)
    {
        var finite = false;
        var value = At(step);
        for (var i = 0; !(value < start) || _falls; i++)
        {
            finite |= double.IsFinite(value);
            if (i == Halvings || _falls)
                return End(finite && !_falls ? Outcome.Breakdown : Outcome.NotFinite);
            step /= 2;
            value = At(step);
        }
        var beyond = At(2 * step);
        for (var i = 0; beyond < value; i++)
        {
            if (_falls)
                return End(Outcome.NotFinite);
            if (i == Doublings)
                return End(Outcome.MaxIterations);
            (step, value) = (2 * step, beyond);
            beyond = At(2 * step);
        }
        return Narrow(2 * step, beyond);
    }

    /// <summary>Golden section between the start and a place where the loss is higher than somewhere between, or not a number.</summary>
    private (double Step, double Loss, Outcome Outcome) Narrow(double high, double atHigh)
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
        return End(_falls || !double.IsFinite(atHigh) ? Outcome.NotFinite : Outcome.Converged);
    }

    private (double Step, double Loss, Outcome Outcome) End(Outcome outcome) => (_best.Step, _best.Loss, outcome);

    private double At(double step)
    {
        cancellation.ThrowIfCancellationRequested();
        var value = loss(step);
        _falls |= double.IsNegativeInfinity(value);
        if (value < _best.Loss && double.IsFinite(value))
            _best = (step, value);
        return value;
    }
}
