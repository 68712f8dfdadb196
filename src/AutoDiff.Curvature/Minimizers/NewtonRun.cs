namespace AutoDiff.Curvature;

/// <summary>One minimization under way.</summary>
internal sealed class NewtonRun<T>(Objective<T> objective, NewtonOptions options)
    where T : ITensorTree<T>
{
    private const double SufficientDecrease = 1e-4; // Nocedal, Wright 2006, section 3.1
    private const double SlopeLeft = 0.9; // σ of Hager, Zhang 2005
    private const double Rounding = 64 * Roundoff.Epsilon; // of a loss of some hundred terms, relative
    private const int Halvings = 60;
    private const int MostStalls = 5;
    private const int MostIterations = 100;

    private NewtonIterate? _at;
    private int _iterations;
    private double[] _start = [];
    private double _largest;
    private double _firstNorm;
    private int _products;

    public NewtonResult<T> From(double[] x)
    {
        try
        {
            return Run(x);
        }
        catch (OperationCanceledException) when (options.Cancellation.IsCancellationRequested && _at is not null)
        {
            throw new IterationCanceledException<NewtonResult<T>>(
                "Newton.Minimize",
                _iterations,
                End(_at, _iterations, Outcome.Cancelled),
                options.Cancellation
            );
        }
    }

    private NewtonResult<T> Run(double[] x)
    {
        _start = x;
        var at = _at = Look(x);
        if (at.IsFinite)
        {
            _firstNorm = at.GradientNorm;
            at = Aim(at, Forcing(at));
        }
        var (stalls, least) = (0, double.PositiveInfinity);
        for (var iteration = 0; ; iteration++)
        {
            (_at, _iterations) = (at, iteration);
            options.Progress?.Report(new("Newton", double.NaN, iteration, at.Value, at.GradientNorm));
            if (!at.Step.IsFinite)
                return End(at, iteration, Outcome.NotFinite);
            _largest = Math.Max(_largest, Math.Abs(at.Value));
            if (Seems(at))
                at = Sharpen(at);
            if (Seems(at) && IsCertain(at))
                return End(at, iteration, Arrived(at));
            if (stalls == MostStalls)
                return Stop(at, iteration, Outcome.Stagnated);
            if (iteration == (options.MaxIterations ?? MostIterations) || _products >= options.MaxProducts)
                return End(at, iteration, Outcome.MaxIterations);
            options.Cancellation.ThrowIfCancellationRequested();
            var (next, failure) = Advance(at);
            if (next is null)
                return Stop(at, iteration, failure);
            var falls = at.Value - next.Value > Noise(at) || !(next.Step.Decrement > 0.5 * least);
            (stalls, least) = falls ? (0, next.Step.Decrement) : (stalls + 1, least);
            at = next;
        }
    }

    private NewtonResult<T> End(NewtonIterate at, int iterations, Outcome outcome) =>
        new()
        {
            Value = objective.Unravel(at.X),
            Outcome = outcome,
            Iterations = iterations,
            Products = _products,
            Measure = at.GradientNorm,
            Loss = at.Value,
            Decrement = at.Step.Decrement,
        };

    /// <summary>Loss and gradient at a point.</summary>
    private NewtonIterate Look(double[] x)
    {
        var gradient = new double[x.Length];
        return new(x, objective.ValueAndGradient(x, gradient), gradient, NewtonStep.NotFinite(0));
    }

    /// <summary>The same point with its step.</summary>
    private NewtonIterate Aim(NewtonIterate at, double forcing)
    {
        var step = NewtonStep.At(objective.Hessian(at.X), at.X, _start, at.Gradient, forcing, options);
        _products += step.Products;
        return at with { Step = step };
    }

    /// <summary>The same point with a step that measures what is left to go, where one can be found.</summary>
    private NewtonIterate Sharpen(NewtonIterate at)
    {
        if (at.Step.Exact)
            return at;
        var sharp = Aim(at, options.Tolerance);
        return sharp.Step.IsFinite ? sharp : at;
    }

    private double Forcing(NewtonIterate at) => _firstNorm == 0 ? 0.5 : Math.Min(0.5, Math.Sqrt(at.GradientNorm / _firstNorm));

    private double Scale(NewtonIterate at) => Math.Max(Math.Abs(at.Value), options.Tolerance * options.Tolerance * _largest);

    private double Noise(NewtonIterate at) => Rounding * Scale(at);

    private bool Seems(NewtonIterate at) =>
        at.Step.IsFinite
        && ((at.PromisesLess(options.Tolerance, Scale(at)) && at.Step.Reach <= Near) || at.GoesLess(options.Tolerance))
        && IsLevel(at);

    private double Near => Math.Sqrt(options.Tolerance);

    private bool IsLevel(NewtonIterate at) => !(at.GradientNorm > options.GradientTolerance);

    private static bool IsCertain(NewtonIterate at) => at.Step is { Exact: true, Positive: true, Negative: false };

    /// <summary>What a point is that no step leaves: converged, unless a random vector's Krylov space shows negative curvature that the gradient does not.</summary>
    private Outcome Arrived(NewtonIterate at)
    {
        // Where there is no slope, the step is from such a space already.
        if (at.Step.IsDense || at.GradientNorm == 0)
            return Outcome.Converged;
        var range = options.Range(objective.Hessian(at.X));
        _products += range.Products;
        return !double.IsFinite(range.Lowest) ? Outcome.NotFinite
            : range.Lowest < -options.Flat(objective.Size, range.Norm) ? Outcome.NegativeCurvature
            : Outcome.Converged;
    }

    /// <summary>Ends where no step helps: at a saddle, at what rounding allows, or for the reason given.</summary>
    private NewtonResult<T> Stop(NewtonIterate at, int iterations, Outcome reason)
    {
        at = Sharpen(at);
        if (reason == Outcome.NotFinite)
            return End(at, iterations, reason);
        var rounded = at.Step.Definite && at.Step.Decrement * at.Step.Decrement / 2 <= Noise(at) && at.GoesLess(Near);
        var arrived = at.Step.Negative ? Outcome.NegativeCurvature : Arrived(at);
        var converged = rounded && IsCertain(at) && IsLevel(at);
        return End(at, iterations, arrived == Outcome.Converged && !converged ? reason : arrived);
    }

    /// <summary>The next point along the step, which is shortened as needed, or why there is none.</summary>
    private (NewtonIterate? Next, Outcome Failure) Advance(NewtonIterate at)
    {
        var slope = VectorLoops.Dot(at.Gradient, at.Step.Values);
        var (outside, inside) = (false, false);
        var length = 1.0;
        for (var i = 0; i < Halvings; i++, length /= 2)
        {
            var x = (double[])at.X.Clone();
            VectorLoops.AddScaled(length, at.Step.Values, x);
            if (x.AsSpan().SequenceEqual(at.X))
                break;
            var next = Look(x);
            if (double.IsNegativeInfinity(next.Value))
                return (null, Outcome.NotFinite);
            if (next.IsFinite && IsLower(at, next, length, slope))
            {
                next = Aim(next, Forcing(next));
                if (next.Step.IsFinite)
                    return (next, default);
                outside = true;
            }
            else if (next.IsFinite)
                inside = true;
            else
                outside = true;
        }
        return (null, outside && !inside ? Outcome.NotFinite : Outcome.SmallStep);
    }

    private bool IsLower(NewtonIterate at, NewtonIterate next, double length, double slope) =>
        (next.Value < at.Value && next.Value <= at.Value + (SufficientDecrease * length * slope))
        || (next.Value <= at.Value + Noise(at) && Math.Abs(VectorLoops.Dot(next.Gradient, at.Step.Values)) <= SlopeLeft * Math.Abs(slope));
}
