namespace AutoDiff.Curvature;

/// <summary>A search for a zero of a gradient by steps that lower its norm.</summary>
internal abstract class GradientSearch<T>(Objective<T> objective, FindOptions<T> options, double[] start)
    where T : ITensorTree<T>
{
    /// <summary>Stationary to this, the norm of the gradient counts as at its least.</summary>
    protected const double Stationary = 1e-10;

    private const double SufficientDecrease = 1e-4; // ρ of Roosta, Liu, Xu, Mahoney 2018
    private const int Halvings = 50;

    private double _firstLoss;

    protected Objective<T> Objective => objective;

    protected FindOptions<T> Options => options;

    /// <summary>Products with Hessians so far.</summary>
    protected int Products { get; set; }

    /// <summary>‖Hg‖ ⁄ (‖H‖‖g‖) where it was last seen.</summary>
    protected double Flatness { get; set; } = double.NaN;

    /// <summary>How many steps the method allows.</summary>
    protected virtual int MostIterations => 200;

    /// <summary>Does the search from the start.</summary>
    public SearchEnd Run() => From(SearchPoint.At(objective, start), options.MaxIterations ?? MostIterations);

    /// <summary>Goes on from a point.</summary>
    public virtual SearchEnd From(SearchPoint at, int limit)
    {
        _firstLoss = at.Value;
        if (!at.IsFinite)
            return End(at, Outcome.NotFinite, 0);
        var iteration = 0;
        while (true)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            if (at.Norm == 0)
                return End(at, Outcome.Converged, iteration);
            if (iteration == limit)
                return End(at, Outcome.MaxIterations, iteration);
            var (next, end) = Step(at);
            iteration += next is null ? 0 : 1;
            at = next ?? at;
            if (end is { } outcome)
                return End(at, outcome, iteration);
        }
    }

    /// <summary>The next point, if there is one, and why the search ends with it, if it does.</summary>
    protected abstract (SearchPoint? Next, Outcome? End) Step(SearchPoint at);

    protected SearchEnd End(SearchPoint at, Outcome outcome, int iterations) =>
        new(at, outcome, iterations, Products, Flatness, Scale(at), _firstLoss);

    /// <summary>Hg ⁄ ‖g‖ [n], so that no product of the loss's units with themselves leaves the range.</summary>
    protected double[] Pull(SearchPoint at, HessianOperator hessian)
    {
        var unit = Array.ConvertAll(at.Gradient, g => g / at.Norm);
        Products++;
        return hessian.Apply(unit).ToArray();
    }

    /// <summary>The first point along a step, of length 1 or less by halves, where ‖g‖² is lower by Armijo's condition; why there is none otherwise.</summary>
    /// <param name="at">Where the step begins.</param>
    /// <param name="step">The step [n].</param>
    /// <param name="reference">The norm of the gradient that the next is compared with.</param>
    /// <param name="slope">That of ½‖g‖² along the step, relative to the reference's square.</param>
    /// <param name="most">How many lengths are tried.</param>
    protected (SearchPoint? Next, Outcome? End) Along(SearchPoint at, double[] step, double reference, double slope, int most = Halvings)
    {
        var (finite, length) = (false, 1.0);
        for (var i = 0; i < most; i++, length /= 2)
        {
            var x = at.Moved(length, step);
            if (x.AsSpan().SequenceEqual(at.X))
                break;
            var next = SearchPoint.At(objective, x);
            finite |= next.IsFinite;
            // In units of ‖g‖, whose square may overflow.
            var ratio = next.Norm / reference;
            if (next.IsFinite && ratio < 1 && ratio * ratio <= 1 + (2 * SufficientDecrease * length * slope))
                return (next, null);
        }
        return (null, finite ? Outcome.SmallStep : Outcome.NotFinite);
    }

    /// <summary>Whether a step is nothing beside the point.</summary>
    protected bool IsShort(double[] step, SearchPoint at) => VectorLoops.Norm(step) <= options.Tolerance * Scale(at);

    /// <summary>Whether the gradient is no more than what the rounding of the parameters makes of it, ε·‖H‖·‖x‖.</summary>
    protected bool IsRounding(SearchPoint at, double norm) => at.Norm <= Roundoff.Epsilon * norm * Scale(at);

    private double Scale(SearchPoint at) => Math.Max(VectorLoops.Norm(at.X), VectorLoops.Norm(start));
}
