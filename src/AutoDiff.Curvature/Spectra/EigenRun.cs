using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>A run of block Lanczos with thick restarts.</summary>
internal sealed class EigenRun
{
    private static readonly (int Closed, double Worst) Nothing = (int.MaxValue, 0);

    private const double NearEnd = 1e4;

    private readonly LinearOperator _a;
    private readonly EigenEnds _ends;
    private readonly EigenOptions _options;
    private readonly RitzSpace _space;
    private readonly int _count;
    private readonly int _block;
    private RunOptions _part;
    private RitzResiduals? _found;
    private MissedCheck? _check;
    private int _iterations;
    private ulong _drawn;
    private int _next;
    private int _unexcluded;
    private bool _reached;

    // Whether the basis holds pairs found before, whose residuals it does not.
    private bool _dropped;
    private (int Closed, double Worst) _seen = Nothing;
    private double _verified = double.PositiveInfinity;

    public EigenRun(string operation, LinearOperator a, EigenEnds ends, EigenOptions options)
    {
        (_a, _ends, _options, _part, _count) = (a, ends, options, options.Part, ends.Count(a.Size));
        _block = Math.Min(options.BlockSize, a.Size);
        _space = new(
            a,
            EigenMemory.Capacity(operation, a.Size, _count, Math.Max(_block, options.Start.Length / a.Size), options.BasisBytes)
        );
        _next = _count;
    }

    public EigenPairs Run()
    {
        try
        {
            return Iterate();
        }
        catch (OperationCanceledException) when (_options.Cancellation.IsCancellationRequested)
        {
            _part = _part with { Cancellation = default };
            throw new IterationCanceledException<EigenPairs>("Lanczos", _iterations, End(Outcome.Cancelled), _options.Cancellation);
        }
    }

    private EigenPairs Iterate()
    {
        var limit = _options.MaxIterations ?? (int)Math.Min(1000 + (10L * _a.Size), int.MaxValue);
        if (_options.Start.Length > 0 && limit > 0 && _options.MaxProducts != 0)
        {
            for (var i = 0; i < _options.Start.Length; i += _a.Size)
                _space.Extend(_options.Start.AsSpan().Slice(i, _a.Size).ToArray());
            if (_space.Open > 0)
            {
                Multiply();
                _reached = true;
                if (Settled(complete: _space.Closed == _a.Size) is { } early)
                    return End(early);
            }
        }
        while (true)
        {
            if (_space.Open == 0)
                Draw(_block);
            if (_iterations >= limit || _space.Products >= _options.MaxProducts)
                return End(_check is null ? Outcome.MaxIterations : Outcome.Converged);
            _part.Cancellation.ThrowIfCancellationRequested();
            if (!_space.Expand(_part))
                return End(Outcome.NotFinite);
            (_iterations, _reached) = (_iterations + 1, true);
            if ((_check is null ? Look() : LookForMissed()) is { } outcome)
                return End(outcome);
        }
    }

    /// <summary>Looks at the Ritz values where that is due, and folds the basis where it is full; an outcome where the run is over.</summary>
    private Outcome? Look()
    {
        if (_space.Closed < _next && _space.HasRoom && _space.Open > 0)
            return null;
        var complete = _space.Closed == _a.Size;
        // Where nothing is to be folded the vectors wanted do.
        var ritz = _space.Solve(places: _space.HasRoom && _space.Open > 0 ? _ends.Places(_space.Closed) : null);
        if (ritz.Values.Length >= _count)
        {
            var places = _ends.Places(ritz.Values, _count);
            var worst = places.Max(i => ritz.Residuals[i] / Goal(ritz.Values[i]));
            Report(places.Max(i => ritz.Residuals[i]));
            if (worst <= 1 || complete)
            {
                Take(ritz, places);
                return Settled(complete);
            }
            Schedule(worst);
        }
        Fold(ritz);
        return null;
    }

    /// <summary>The residual to go for: what is asked for, or what rounding allows.</summary>
    private double Goal(double value) => Math.Max(Asked(value), 0.1 * _space.Rounding) + double.Epsilon;

    private double Asked(double value) => _options.Tolerance * (_options.RelativeToEigenvalue ? Math.Abs(value) : _space.Norm);

    /// <summary>When the pairs may have converged, if their residuals go on falling as fast.</summary>
    private void Schedule(double worst)
    {
        var closed = _space.Closed;
        // Near the end residuals fall faster than before, and steps too many cost more than a look.
        var most = Math.Max(_block, worst < NearEnd ? closed / 12 : closed / 4);
        var rate = closed > _seen.Closed ? (Math.Log(_seen.Worst) - Math.Log(worst)) / (closed - _seen.Closed) : 0;
        var step = rate > 0 ? Math.Log(worst) / rate : most;
        _seen = (closed, worst);
        _next = closed + (int)Math.Clamp(Math.Ceiling(step), Math.Min(2, _block), most);
    }

    private void Fold(RitzValues ritz)
    {
        if (_space.HasRoom)
            return;
        var kept = Math.Min(_count + ((_space.Capacity - _count) / 2), _space.Capacity - (2 * _space.Open)) - ritz.From;
        _space.Restart(ritz, _ends.Places(ritz.Values, kept), _part);
        (_seen, _next) = (Nothing, _space.Closed + _block);
    }

    /// <summary>Makes Ritz vectors of all V the pairs found; their residuals follow from the products with V, unless one more product does not agree.</summary>
    /// <remarks>A product with a random combination of the vectors tells that of them all (Freivalds 1979).</remarks>
    private void Take(RitzValues ritz, int[] places)
    {
        if (_dropped)
        {
            _space.Keep(ritz, places, _part);
            Multiply();
            return;
        }
        var weights = _options.Key.FoldIn(_drawn++).Normal([places.Length]).ToArray();
        VectorLoops.Scale(1 / VectorLoops.Norm(weights), weights);
        var difference = _space.Discrepancy(ritz, places, weights);
        if (difference > _space.Rounding)
        {
            _space.Keep(ritz, places, _part);
            Multiply();
            return;
        }
        _space.Restart(ritz, places, _part);
        _space.Close();
        if (!double.IsNaN(difference))
            _found = new(
                [.. places.Select(i => ritz.Values[i])],
                [.. places.Select(i => VectorLoops.Norm([ritz.Residuals[i], difference]))],
                []
            );
    }

    /// <summary>Multiplies the vectors that are left, all open, and makes Ritz vectors of them the pairs found.</summary>
    private void Multiply() => _found = _space.Settle(values => _ends.Places(values, _count), _part);

    /// <summary>Looks at the pairs found, and goes on from their residuals where those are too large.</summary>
    private Outcome? Settled(bool complete)
    {
        if (_found is not { } found)
            return Outcome.NotFinite;
        if (found.Values.Length == _count)
        {
            var worst = Enumerable.Range(0, _count).Max(i => found.Norms[i] / (Asked(found.Values[i]) + double.Epsilon));
            Report(found.Norms.Max());
            if (worst <= 1)
                return Exclude(complete);
            if (complete || found.Rest.Length == 0 || worst > 0.5 * _verified)
                return Outcome.Breakdown;
            _verified = worst;
        }
        for (var i = 0; i < found.Values.Length; i++)
        {
            if (found.Norms[i] > Asked(found.Values[i]))
                _space.Extend(found.Rest[i]);
        }
        Draw(_block - _space.Open);
        (_found, _dropped, _next, _seen) = (null, true, Math.Max(_count, _space.Closed), Nothing);
        return null;
    }

    /// <summary>The pairs are good; whether all copies are among them is another question.</summary>
    private Outcome? Exclude(bool complete)
    {
        _unexcluded = 0;
        if (complete)
            return Outcome.Converged;
        var check = MissedCheck.Of(_ends, _found!.Values, _options.Start.Length > 0 ? 0 : _block, 10 * Goal(_space.Norm), _iterations);
        _unexcluded = check.Unexcluded;
        if (_unexcluded == 0 || !_options.ExcludeMissed)
            return Outcome.Converged;
        _check = check;
        return null;
    }

    private Outcome? LookForMissed()
    {
        var fresh = _space.Closed - _count;
        if (_space.Closed < _next && _space.HasRoom && _space.Open > 0)
            return null;
        _next = _space.Closed + Math.Max(_block, fresh / 8);
        var ritz = _space.Solve(_count);
        switch (_check!.Judge(ritz, _a.Size, _iterations, Goal(_space.Norm), _space.Open == 0))
        {
            case null:
                if (!_space.HasRoom)
                    _check = _check with { Since = int.MaxValue };
                Fold(ritz);
                return null;
            case true:
                _unexcluded = 0;
                return Outcome.Converged;
            default:
                (_check, _found, _dropped) = (null, null, true);
                (_next, _seen, _verified) = (_space.Closed, Nothing, double.PositiveInfinity);
                return Look();
        }
    }

    private void Draw(int count)
    {
        for (var i = 0; i < count; i++)
            _space.Extend(_options.Key.FoldIn(_drawn++).Normal([_a.Size]).ToArray());
    }

    private void Report(double worst) => _options.Progress?.Report(new("eigenpairs", double.NaN, _iterations, Measure: worst));

    private EigenPairs End(Outcome outcome)
    {
        if (_found is null && _reached && outcome != Outcome.NotFinite)
        {
            if (_space.Closed == 0)
                Multiply();
            else if (_space.Solve() is var ritz)
                Take(ritz, _ends.Places(ritz.Values, _count));
        }
        var found = _found ?? new RitzResiduals([], [], []);
        var pairs = found.Values.Select(
            (value, i) => new RitzPair(value, [.. _space[i]], found.Norms[i], found.Norms[i] + (10 * _space.Rounding))
        );
        return new()
        {
            Value = [.. pairs],
            Outcome = outcome,
            Iterations = _iterations,
            Products = _space.Products,
            Measure = found.Norms.Length == 0 ? double.NaN : found.Norms.Max(),
            Norm = _space.Norm,
            Unexcluded = outcome == Outcome.Converged ? _unexcluded : found.Values.Length,
        };
    }
}
